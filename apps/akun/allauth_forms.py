"""allauth's forms of the own account, with our words and a single password box that can show its text."""

from allauth.account import forms as account
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from apps.akun import mailing
from apps.dasar.forms import PortalFormMixin

STRENGTH = "Paling sedikit 12 karakter. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak."


class PasswordBox(forms.PasswordInput):
    """A password box that allows pasting and password managers, and can show its text."""

    template_name = "akun/sandi.html"

    def __init__(self, autocomplete: str):
        super().__init__({"autocomplete": autocomplete, "spellcheck": "false", "autocapitalize": "none"})


class Words:
    """Puts our labels and hints on a form of allauth. Drops the repeated password: the first box can show its text."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, (label, hint) in self.words.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        for field in self.fields.values():
            attrs = field.widget.attrs
            attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.PasswordInput):
                field.widget = PasswordBox(attrs.get("autocomplete", "current-password"))


class MasukForm(PortalFormMixin, Words, account.LoginForm):
    words = {"login": ("Surel", ""), "password": ("Kata sandi", "")}


class LupaSandiForm(PortalFormMixin, Words, account.ResetPasswordForm):
    words = {"email": ("Surel", "Surel yang Anda pakai untuk masuk.")}

    def save(self, request, **kwargs) -> str:
        """Known or not, the address costs the same here: one row and one message to a worker, which does the rest."""
        mailing.post(mailing.NEW_PASSWORD, self.users[0] if self.users else None)
        return self.cleaned_data["email"]


class SandiBaruForm(PortalFormMixin, Words, account.ResetPasswordKeyForm):
    words = {"password1": ("Kata sandi baru", STRENGTH)}


class BuatSandiForm(PortalFormMixin, Words, account.SetPasswordForm):
    words = {"password1": ("Kata sandi baru", STRENGTH)}


class GantiSandiForm(PortalFormMixin, Words, account.ChangePasswordForm):
    words = {"oldpassword": ("Kata sandi saat ini", ""), "password1": ("Kata sandi baru", STRENGTH)}


class KonfirmasiSandiForm(PortalFormMixin, Words, account.ReauthenticateForm):
    words = {"password": ("Kata sandi", "")}


class CodeBox:
    """A box for six digits of an app or one recovery code: a number pad on the phone, wide enough for both."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(
            {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}
        )


class FewGuesses(second_factor.BaseAuthenticateForm):
    """Counts wrong codes per account: six digits are guessed sooner than a password. A right one forgets them."""

    def clean_code(self) -> str:
        guesses = {"action": "second_factor", "key": f"kode-{self.user.pk}"}
        if not ratelimit.consume(context.request, **guesses):
            raise get_adapter().validation_error("too_many_codes")
        code = super().clean_code()
        ratelimit.clear(context.request, **guesses)
        return code


class KodeForm(PortalFormMixin, CodeBox, Words, FewGuesses, second_factor.AuthenticateForm):
    words = {"code": ("Kode", "Enam angka dari aplikasi autentikator, atau satu kode pemulihan.")}


class KonfirmasiKodeForm(PortalFormMixin, CodeBox, Words, FewGuesses, second_factor.ReauthenticateForm):
    words = KodeForm.words


class AktifkanAplikasiForm(PortalFormMixin, CodeBox, Words, ActivateTOTPForm):
    words = {"code": ("Kode dari aplikasi", "Enam angka yang sekarang tampil di aplikasi.")}


class TambahKunciForm(PortalFormMixin, Words, AddWebAuthnForm):
    words = {"name": ("Nama kunci", "Agar Anda mengenalinya, misalnya “Kunci USB kantor”.")}


class UbahKunciForm(PortalFormMixin, Words, EditWebAuthnForm):
    words = {"name": ("Nama kunci", "")}
