"""Forms for the other parts of a client's file: case, periods of guidance, guarantors."""

from django import forms
from django.core.exceptions import ValidationError

from apps.dasar.forms import PortalForm
from apps.dasar.wording import tanggal
from apps.jejak.compare import VersionedForm
from apps.klien.forms.clients import CASE, HALF, PERIOD, checked_telephone
from apps.klien.forms.fields import programmes
from apps.klien.models import Klien, MasaBimbingan, Penjamin, Perkara
from apps.klien.services.clients import programme_fits
from apps.wilayah.days import today


class CaseForm(VersionedForm):
    """The case behind the registration."""

    class Meta:
        model = Perkara
        fields = (*CASE, "golongan")
        widgets = {"putusan_nomor": forms.TextInput(HALF)}


class GuarantorForm(VersionedForm):
    """The guarantor of the client, and the letter of guarantee."""

    class Meta:
        model = Penjamin
        fields = (
            "nama", "hubungan", "telepon", "alamat", "surat_nomor", "surat_tanggal", "diketahui_oleh", "mulai",
        )  # fmt: skip
        widgets = {
            "telepon": forms.TextInput({**HALF, "inputmode": "tel", "autocomplete": "off"}),
            "surat_nomor": forms.TextInput(HALF),
        }
        help_texts = {
            "alamat": "Disimpan tersandi.",
            "telepon": "Disimpan tersandi.",
            "diketahui_oleh": "Nama lurah atau kepala desa yang mengetahui surat jaminan.",
        }

    def clean_telepon(self):
        return checked_telephone(self.cleaned_data["telepon"])


class GuarantorEndForm(PortalForm):
    """Since when and why a guarantor no longer vouches."""

    selesai = forms.DateField(label="Hari terakhir menjamin")
    alasan = forms.CharField(label="Alasan", min_length=5, max_length=200)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.hari_ini = today(user)
        self.initial["selesai"] = self.hari_ini

    def clean_selesai(self):
        return _not_later(self.cleaned_data["selesai"], self.hari_ini)


class PeriodForm(VersionedForm):
    """One period of guidance."""

    class Meta:
        model = MasaBimbingan
        fields = PERIOD
        widgets = {"sk_nomor": forms.TextInput(HALF)}

    def __init__(self, *args, klien: Klien, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.klien, self.hari_ini = klien, today(user)
        self.fields["jenis_program"].choices = programmes

    def clean_jenis_program(self):
        programme = self.cleaned_data["jenis_program"]
        if not programme_fits(programme, self.klien.kategori_usia):
            group = self.klien.get_kategori_usia_display().lower()
            raise ValidationError(f"Program ini tidak berlaku untuk klien {group}.")
        return programme

    def clean_sk_tanggal(self):
        return _not_later(self.cleaned_data["sk_tanggal"], self.hari_ini)

    def clean(self):
        data = super().clean()
        if data.get("mulai") and data.get("selesai") and data["selesai"] < data["mulai"]:
            self.add_error("selesai", "Habis masa bimbingan tidak boleh sebelum mulai bimbingan.")
        return data


class PeriodCorrectionForm(PeriodForm):
    """The period with the right values, and the reason for the correction."""

    alasan = forms.CharField(
        label="Mengapa diperbaiki?", min_length=5, max_length=200, error_messages={"required": "Isi alasan perbaikan."}
    )

    @property
    def compared(self) -> list[str]:
        return list(PERIOD)


def _not_later(value, today):
    if value > today:
        raise ValidationError(f"Tanggal tidak boleh setelah hari ini, {tanggal(today)}.")
    return value
