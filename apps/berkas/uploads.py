"""The door for papers, as the scanner sees it."""

from apps.berkas.models import Dokumen, DokumenQuerySet
from apps.klien.scans import Door, delete_later, held, read_upload

Pindai = Dokumen.Pindai


def _waiting() -> DokumenQuerySet:
    return Dokumen.objects.not_struck().filter(pindai=Pindai.BELUM)


def _passed(paper: Dokumen) -> None:
    if current := held(_waiting(), paper):
        delete_later(current.mentah)
        current.pindai, current.mentah = Pindai.BERSIH, ""
        current.save(update_fields=["pindai", "mentah"])


def _refused(paper: Dokumen) -> None:
    """The files go, the row stays and says why, until somebody strikes it."""
    if current := held(_waiting(), paper):
        delete_later(current.mentah, str(current.berkas.name))
        current.pindai, current.mentah, current.berkas = Pindai.TOLAK, "", ""
        current.save(update_fields=["pindai", "mentah", "berkas"])


DOOR = Door(_waiting, lambda paper: read_upload(paper.mentah, str(paper.berkas.name)), _passed, _refused)
