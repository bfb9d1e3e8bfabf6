"""The door for photos of guidance, as the scanner sees it."""

from django.db.models import QuerySet

from apps.klien.models import FotoBimbingan
from apps.klien.scans import Door, delete_later, held, read_upload

Pindai = FotoBimbingan.Pindai


def _waiting() -> QuerySet[FotoBimbingan]:
    return FotoBimbingan.objects.filter(pindai=Pindai.BELUM)


def _passed(photo: FotoBimbingan) -> None:
    if current := held(_waiting(), photo):
        delete_later(current.mentah)
        current.pindai, current.mentah = Pindai.BERSIH, ""
        current.save(update_fields=["pindai", "mentah"])


def _refused(photo: FotoBimbingan) -> None:
    """The files go, the row stays and says why, until its owner removes it."""
    if current := held(_waiting(), photo):
        delete_later(current.mentah, current.berkas)
        current.pindai, current.mentah = Pindai.TOLAK, ""
        current.save(update_fields=["pindai", "mentah"])


DOOR = Door(_waiting, lambda photo: read_upload(photo.mentah, photo.berkas), _passed, _refused)
