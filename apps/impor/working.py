"""What the worker does: check and store an import, and clear up after it.

The row of `Impor` holds the state; Celery carries only ids.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta

from django.db import IntegrityError, connection
from django.db.models import Q
from django.utils import timezone
from psycopg2.errors import UniqueViolation

from apps.akun.models import Penugasan
from apps.dasar.again import once_more
from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.impor import files
from apps.impor.checking import Tally, check
from apps.impor.headings import headings
from apps.impor.kinds import KINDS, Kind
from apps.impor.models import BarisImpor, Impor
from apps.impor.parsing import Row, rows
from apps.impor.states import NEXT, Status, delete_files, delete_rows, move
from apps.impor.storing import store
from apps.impor.workbooks import of_mistakes
from apps.jejak.jobs import GIVEN_UP, SHELF_FULL, STALLED, alive
from apps.wilayah.days import today_at
from apps.wilayah.scope import Scope, database_scope, nation_scope, office_scope

WORKBOOK_LIFE = timedelta(days=7)
CHANGED = "Data kantor berubah sejak berkas ini diperiksa, jadi tidak ada yang disimpan. Periksa lagi berkas ini."
ENDED = "Penugasan peminta sudah berakhir. Impor lagi dengan akun yang bertugas."
STOPPED = "Pekerjaan terhenti di server. Coba lagi, atau hubungi petugas bantuan."


class Stopped(Exception):
    """Somebody cancelled the import while the worker had it, or another worker has it now."""


def work(bapas_id: int, impor_id: int) -> None:
    """Check or store, as the status says. Safe to call twice."""
    impor = _claim(bapas_id, impor_id)
    if impor is None:
        return
    try:
        with alive(lambda: _sign(impor)):
            _refuse_ended(impor)
            _check(impor) if impor.status == Status.PERIKSA else once_more(lambda: _store(impor))
    except Stopped:
        return
    except FileNotFoundError:
        _fail(impor, files.GONE)
    except OSError:
        _fail(impor, SHELF_FULL)
        raise
    except Refused as refusal:
        _fail(impor, str(refusal))
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        _fail(impor, CHANGED)


def reap_stalled() -> list[tuple[int, int]]:
    """(office, id) of waiting and stalled imports, for the caller to send to a worker again.

    An import that was requested over half an hour ago and that a worker has had fails instead, with a sentence.
    """
    now, again = timezone.now(), []
    with database_scope(nation_scope()):
        stalled = Impor.objects.filter(status__in=Impor.RUNNING, denyut_pada__lt=now - STALLED)
        for impor in stalled.select_related("dibuat_oleh"):
            if impor.mulai_pada and impor.diminta_pada and impor.diminta_pada < now - GIVEN_UP:
                _fail(impor, STOPPED)
            else:
                again.append((impor.bapas_id, impor.pk))
        stalled.filter(mulai_pada=None, pk__in=[pk for _, pk in again]).update(denyut_pada=now)
    return again


def purge() -> int:
    """Delete rows that no longer wait, and everything but the counts of imports that are a week old."""
    with database_scope(nation_scope()):
        over = Impor.objects.filter(status__in=[Status.SELESAI, Status.GAGAL, Status.BATAL])
        BarisImpor.objects.filter(impor__in=over.values("pk")).delete()
        old = Impor.objects.filter(dibuat_pada__lt=timezone.now() - WORKBOOK_LIFE).exclude(berkas="", berkas_salah="")
        found = list(old.exclude(status__in=Impor.RUNNING).select_related("dibuat_oleh"))
        for impor in found:
            if Status.BATAL in NEXT[Status(impor.status)]:
                with database_scope(_scope(impor)):
                    impor = move(impor, Status.BATAL, by=impor.dibuat_oleh, selesai_pada=timezone.now())
            delete_rows(impor)
    return len(found)


def _refuse_ended(impor: Impor) -> None:
    """`Refused` when the account or the duty of the requester has ended."""
    duties = Penugasan.objects.current().that_may("klien.impor").filter(bapas=impor.bapas_id)
    if not duties.filter(pengguna=impor.dibuat_oleh_id, pengguna__is_active=True).exists():
        raise Refused(ENDED)


def _check(impor: Impor) -> None:
    """Check all rows: good ones become waiting rows, the others a workbook. Store counts and the new status."""
    scope, body = _scope(impor), files.fetch(impor.berkas)
    lines = body.count(b"\n") if impor.bentuk == "csv" else 0

    def beat(done: int) -> None:
        share = min(5 + 85 * done // lines, 90) if lines else 50
        _beat(impor, f"{done:,} baris diperiksa".replace(",", "."), share)

    with database_scope(scope):
        kind = _kind(impor)
        impor.susunan = kind.layout()
        impor.save(update_fields=["susunan"])
        _beat(impor, "Membaca berkas", 5)
    tally = check(impor, scope, lambda: _table(impor, body), beat, kind)
    if tally.refused:
        _beat(impor, "Menyusun daftar perbaikan", 95)
    with database_scope(scope):
        impor = _held(impor)
        mistakes = files.store(impor.kode, of_mistakes(impor, tally.refused), "-perbaikan") if tally.refused else ""
        move(
            impor, Status.SIAP, by=impor.dibuat_oleh, langkah="", persen=100, galat="", berkas_salah=mistakes,
            **_counts(tally),
        )  # fmt: skip


def _store(impor: Impor) -> None:
    """Store all rows and the new status in one transaction."""
    _beat(impor, "Menyimpan baris", 50)
    with database_scope(_scope(impor)), connection.cursor() as cursor:
        impor = _held(impor)
        kind = KINDS[impor.jenis]
        if not kind.before(cursor, impor):
            raise Refused(CHANGED)
        stored = store(kind.targets, cursor, impor)
        if stored != impor.jumlah_baru and (impor.cara == Impor.Cara.SEMUA or _waiting(impor) != impor.jumlah_baru):
            raise Refused(CHANGED)
        kind.after(cursor, impor)
        impor = move(
            impor, Status.SELESAI, by=impor.dibuat_oleh, langkah="", persen=100, jumlah_disimpan=stored,
            selesai_pada=timezone.now(),
        )  # fmt: skip
        if not impor.berkas_salah:
            delete_files(impor)


def _waiting(impor: Impor) -> int:
    """Number of rows that wait to be stored. After a crash of the server it is smaller than the count."""
    return BarisImpor.objects.filter(bapas=impor.bapas_id, impor=impor, status=BarisImpor.Status.BARU).count()


def _table(impor: Impor, body: bytes) -> Iterator[Row]:
    """The rows below the headings."""
    found = rows(body, impor.bentuk, headings(KINDS[impor.jenis].columns))
    return (row for row in found if row[0] > impor.baris_judul)


def _kind(impor: Impor) -> Kind:
    return KINDS[impor.jenis](impor.bapas, impor.dibuat_oleh, today_at(impor.bapas))


def _counts(tally: Tally) -> dict[str, int]:
    found = asdict(tally)
    return {
        "jumlah_baris": found["rows"], "jumlah_baru": found["fresh"], "jumlah_ada": found["known"],
        "jumlah_ganda": found["twice"], "jumlah_salah": found["wrong"],
    }  # fmt: skip


def _claim(bapas_id: int, impor_id: int) -> Impor | None:
    """Take the work, unless it is done or cancelled, or another worker is alive on it."""
    now = timezone.now()
    free = Q(mulai_pada=None) | Q(denyut_pada__lt=now - STALLED)
    with database_scope(office_scope(bapas_id)):
        wanted = Impor.objects.filter(free, pk=impor_id, bapas=bapas_id, status__in=Impor.RUNNING)
        if not wanted.update(mulai_pada=now, denyut_pada=now):
            return None
        return Impor.objects.select_related("bapas", "dibuat_oleh").get(pk=impor_id, bapas=bapas_id)


def _sign(impor: Impor, **progress) -> int:
    """A sign of life, with the progress if it is told. 0 when this worker no longer has the import."""
    mine = {"status": impor.status, "mulai_pada": impor.mulai_pada}
    with database_scope(_scope(impor)):
        running = Impor.objects.filter(pk=impor.pk, bapas=impor.bapas_id, **mine)
        return running.update(denyut_pada=timezone.now(), **progress)


def _beat(impor: Impor, step: str, percent: int) -> None:
    """Store the progress; Stopped if the import was cancelled. Last in a transaction, or alone, so that it shows."""
    if not _sign(impor, langkah=step, persen=percent):
        raise Stopped


def _held(impor: Impor) -> Impor:
    """The row as it is now, held until the transaction ends; nobody gives it up from here on."""
    current = lock(impor, "bapas", "dibuat_oleh")
    if (current.status, current.mulai_pada) != (impor.status, impor.mulai_pada):
        raise Stopped
    return current


def _fail(impor: Impor, sentence: str) -> None:
    with database_scope(_scope(impor)):
        move(impor, Status.GAGAL, by=impor.dibuat_oleh, galat=sentence[:300], langkah="")


def _scope(impor: Impor) -> Scope:
    return office_scope(impor.bapas_id, actor=impor.dibuat_oleh_id)
