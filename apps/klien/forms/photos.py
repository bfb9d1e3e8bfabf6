"""One photo for a guidance record."""

from django import forms
from django.core.exceptions import ValidationError

from apps.klien.photos import Photo, Unusable, shrink
from pemasyarakatan.forms import PortalForm


class PhotoForm(PortalForm):
    foto = forms.FileField(
        label="Foto", help_text="Hindari wajah klien. JPEG, PNG, atau WebP, paling besar 10 MB.",
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": "Berkas ini kosong. Pilih foto lain."},
    )  # fmt: skip

    def clean_foto(self) -> Photo:
        try:
            return shrink(self.cleaned_data["foto"])
        except Unusable as problem:
            raise ValidationError(str(problem)) from problem
