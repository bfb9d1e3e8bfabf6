"""One photo for a guidance record: a field of the field form, and a form of its own for later."""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError

from apps.dasar.forms import PortalForm
from apps.klien.photos import Photo, Unusable, shrink


class PhotoField(forms.FileField):
    """A picture from camera or gallery. The cleaned value is a `Photo` or None."""

    widget = forms.FileInput({"accept": "image/jpeg,image/png,image/webp"})
    default_error_messages: ClassVar = {"empty": "Berkas ini kosong. Pilih foto lain."}

    def __init__(self, **options):
        hint = "Hindari wajah klien. Foto dikecilkan dan data lokasinya dihapus."
        super().__init__(**{"label": "Foto", "help_text": hint, **options})

    def clean(self, data, initial=None) -> Photo | None:
        file = super().clean(data, initial)
        try:
            return shrink(file) if file else None
        except Unusable as problem:
            raise ValidationError(str(problem)) from problem


class PhotoForm(PortalForm):
    foto = PhotoField()
