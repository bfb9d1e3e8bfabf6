"""The worker's part: the list is asked for anew, under the scope and the permissions that its reader has now."""

import tempfile
from contextlib import closing

from django.db import connection
from django.utils import timezone
from structlog.contextvars import bound_contextvars

from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.dasar.reading import CHUNK
from apps.jejak.jobs import Cancelled, finish, take, told
from apps.unduhan import files
from apps.unduhan.asking import list_at
from apps.unduhan.models import Unduhan
from apps.wilayah.scope import database_scope, scope_of

REQUESTED = Unduhan.objects.select_related("pengguna", "penugasan__bapas", "penugasan__kanwil")
STOPPED = "Berkas terhenti dibuat di server. Coba lagi, atau hubungi petugas bantuan."


def run(unduhan_id: int) -> None:
    """Make the file, or begin it again. Safe to call twice: each attempt has its own file, a ready job is not taken."""
    job = take(REQUESTED, unduhan_id)
    if job is None:
        return
    name = files.new_name(job.kode)
    with told(job):
        try:
            _make(job, _reader(job), name)
        except (Cancelled, Refused, OSError):
            files.delete(name)
            raise


def _make(job: Unduhan, reader: Pengguna, name: str) -> None:
    """Rows, file, line in the trail and the new status: one transaction, or nothing. A duty that ended meanwhile gets
    no file."""
    zone, request_id = job.penugasan.zona_waktu, job.kode
    with timezone.override(zone), bound_contextvars(request_id=request_id), database_scope(scope_of(reader)):
        listed = list_at(str(job.alamat), reader)
        count = listed.listing.count()
        with closing(_Progress(job, count)) as progress, tempfile.TemporaryFile() as plain:
            taken = listed.write_to(plain, progress)
            size = plain.tell()
            plain.seek(0)
            stored = files.store(name, plain)
        facts = {"berkas": stored, "nama_berkas": f"{listed.name}.{listed.kind}", "ukuran": size}
        current = REQUESTED.filter(pk=job.pk).first()
        if current is None:
            raise Cancelled
        _reader(current)
        if not finish(job, baris=taken.rows, baris_jadi=taken.rows, **facts):
            raise Cancelled


def _reader(job: Unduhan) -> Pengguna:
    """The requester under the duty of the request; `Refused` when account or duty have ended."""
    reader = job.pengguna
    reader.penugasan_aktif = job.penugasan
    if not reader.is_active or reader.penugasan is None:
        raise Refused("Penugasan Anda sudah berakhir, jadi berkas ini tidak dibuat.")
    return reader


class _Progress:
    """Tells how many rows are written. The rows come in a transaction whose own changes nobody sees yet, so the row of
    the job is changed beside it, over a second connection."""

    def __init__(self, job: Unduhan, count: int):
        self._job, self._count, self._beside = job, count, connection.copy()

    def __call__(self, done: int) -> None:
        if done % CHUNK:
            return
        sql = (
            "UPDATE unduhan_unduhan SET baris = %s, baris_jadi = %s, persen = %s, denyut_pada = now() "
            "WHERE id = %s AND status = %s AND mulai_pada = %s"
        )
        share = min(99, 100 * done // max(self._count, done))
        with self._beside.cursor() as cursor:
            mine = self._job.pk, Unduhan.Status.BERJALAN, self._job.mulai_pada
            cursor.execute(sql, [max(self._count, done), done, share, *mine])
            if not cursor.rowcount:
                raise Cancelled

    def close(self) -> None:
        self._beside.close()
