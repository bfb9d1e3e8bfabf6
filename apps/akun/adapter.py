"""How allauth behaves here: no sign-up, Indonesian sentences, links to the configured address of the portal."""

import time

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse

from apps.akun.access import must_have_second_factor

TOO_MANY = "Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi."
WRONG_CODE = "Kode tidak cocok. Lihat kode terbaru di aplikasi, lalu tulis lagi."
TOO_MANY_CODES = "Terlalu banyak kode yang salah. Tunggu 15 menit, lalu tulis kode terbaru dari aplikasi."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Akun ini tidak aktif. Hubungi admin unit Anda.",
        "email_password_mismatch": "Surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.",
        "enter_current_password": "Kata sandi saat ini tidak cocok.",
        "incorrect_password": "Kata sandi tidak cocok.",
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "Tautan ini sudah tidak berlaku.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """A notice about the own account; a worker sends it."""
        from apps.akun import mailing  # noqa: PLC0415 - it is loaded after this module

        facts = {"ip": context["ip"], "user_agent": context["user_agent"]}
        mailing.post_to(email, template_prefix, facts | {"timestamp": context["timestamp"].isoformat()})

    def get_password_change_redirect_url(self, request):
        return reverse("akun:pengaturan")

    def is_reauthentication_required(self, *, app, **kwargs):
        """After a recent log-in the password is not asked for again."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Peran Anda wajib memakai verifikasi dua langkah. Tambahkan cara lain dulu.",
        "cannot_generate_recovery_codes": "Aktifkan verifikasi dua langkah dulu.",
        "incorrect_code": WRONG_CODE,
        "too_many_codes": TOO_MANY_CODES,
    }

    def encrypt(self, text):
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _vault().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator):
        """The last factor stays while the role demands one; recovery codes do not count as a factor."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        spare = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return spare or not must_have_second_factor(authenticator.user)

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Kunci {count + 1}"


def address_of(request) -> str | None:
    """The address that tries to log in: axes locks the one that allauth counts, also behind a proxy. None for a program
    that sends no request."""
    return get_adapter(request).get_client_ip(request) if "REMOTE_ADDR" in request.META else None


def password_link(key: str) -> str:
    """URL of the page where somebody with a one-time key chooses a password."""
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return settings.PORTAL_URL + path.replace("UID-KEY", key)


def _vault() -> MultiFernet:
    """Encrypts secrets of authenticator apps with the keys of personal data; the first key encrypts, all decrypt."""
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
