"""The door for spreadsheets, as the scanner sees it: none is read before its verdict."""

from django.db.models import QuerySet

from apps.dasar.errors import Refused
from apps.impor import files
from apps.impor.models import Impor
from apps.impor.services import look_at_head
from apps.impor.states import Status, delete_files, move
from apps.klien.scans import Door, held
from apps.wilayah.scope import database_scope, office_scope

INFECTED = "Berkas ini ditolak: pemindai menemukan virus di dalamnya. Berkasnya sudah dihapus."
HEAD = "baris_judul", "judul", "contoh", "peta"


def _waiting() -> QuerySet[Impor]:
    return Impor.objects.filter(status=Status.PINDAI).select_related("bapas", "dibuat_oleh")


def _passed(impor: Impor) -> None:
    """Read the head before the row is held: parsing takes its time, and somebody may cancel meanwhile."""
    try:
        look_at_head(impor, files.fetch(impor.berkas))
    except Refused as refusal:
        _end(impor, str(refusal))
        return
    with _in_the_name_of_the_uploader(impor):
        if current := held(_waiting(), impor):
            move(current, Status.UNGGAH, by=impor.dibuat_oleh, **{name: getattr(impor, name) for name in HEAD})


def _refused(impor: Impor) -> None:
    _end(impor, INFECTED)


def _end(impor: Impor, sentence: str) -> None:
    with _in_the_name_of_the_uploader(impor):
        if current := held(_waiting(), impor):
            delete_files(move(current, Status.GAGAL, by=impor.dibuat_oleh, galat=sentence))


def _in_the_name_of_the_uploader(impor: Impor):
    return database_scope(office_scope(impor.bapas_id, actor=impor.dibuat_oleh_id))


DOOR = Door(_waiting, lambda impor: files.fetch(impor.berkas), _passed, _refused)
