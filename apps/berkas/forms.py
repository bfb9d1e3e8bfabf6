"""Forms to upload a paper and to strike one."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from apps.acuan.models import JenisDokumen
from apps.berkas.content import Content, examine
from apps.berkas.models import LARGEST, Dokumen
from apps.dasar.forms import PortalForm, PortalModelForm
from apps.dasar.wording import tanggal
from apps.klien.models import Klien
from apps.wilayah.days import today

ACCEPT = ".pdf,.jpg,.jpeg,.png"


class UploadForm(PortalModelForm):
    """One file with its kind and title. Validation examines the file; the scanner, if there is one, reads it later."""

    kunci = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    unggahan = forms.FileField(
        label="Berkas", widget=forms.FileInput({"accept": ACCEPT}), max_length=255,
        error_messages={"empty": "Berkas kosong. Pilih berkas lain."},
    )  # fmt: skip

    class Meta:
        model = Dokumen
        fields = ("jenis", "judul", "tanggal")
        help_texts = {"judul": "Contoh: SK PB 2026. Jangan tulis nama klien atau NIK."}

    def __init__(self, *args, user, klien: Klien, **kwargs):
        super().__init__(*args, **kwargs)
        self.hari_ini = today(user)
        self.fields["jenis"].queryset = JenisDokumen.objects.filter(aktif=True)
        child = klien.kategori_usia == Klien.Usia.ANAK
        kinds = "PDF" if child else "PDF, JPEG, atau PNG"
        self.fields["unggahan"].help_text = f"{kinds}, paling besar 10 MB. Bukan foto wajah."
        if child:
            self.fields["unggahan"].widget.attrs["accept"] = ".pdf"

    def clean_kunci(self):
        return self.cleaned_data["kunci"] or uuid.uuid4()

    def clean_tanggal(self):
        dated = self.cleaned_data["tanggal"]
        if dated and dated > self.hari_ini:
            raise ValidationError(f"Tanggal dokumen tidak boleh setelah hari ini, {tanggal(self.hari_ini)}.")
        return dated

    def clean_unggahan(self) -> Content:
        upload = self.cleaned_data["unggahan"]
        if upload.size > LARGEST:
            raise ValidationError("Ukuran berkas paling besar 10 MB. Perkecil, lalu unggah lagi.")
        self.upload = upload.read()
        return examine(self.upload)

    def facts(self) -> dict:
        """What `services.keep` stores."""
        self.instance.kunci = self.cleaned_data["kunci"]
        return {"dokumen": self.instance, "content": self.cleaned_data["unggahan"], "upload": self.upload}


class StrikeForm(PortalForm):
    """The reason for striking a paper."""

    alasan = forms.CharField(label="Alasan", min_length=5, max_length=200)
