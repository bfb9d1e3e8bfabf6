"""Uploading a file, deciding about its columns and rows, and the two jobs behind it: checking and storing.

The row of `Impor` is the truth; Celery only carries ids. Every function of a person is keyword-only and atomic.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from itertools import islice

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from psycopg2.errors import UniqueViolation

from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.impor import files, tasks
from apps.impor.checking import Tally, check
from apps.impor.gate import inspect
from apps.impor.headings import LOOKED_AT, guess, heading_row
from apps.impor.kinds import KINDS, Kind
from apps.impor.models import BarisImpor, Impor, PetaKolom, TemuanImpor
from apps.impor.reading import Row, rows
from apps.impor.storing import store
from apps.impor.values import key_of, text
from apps.impor.workbooks import of_mistakes
from apps.jejak.moves import move
from apps.klien.calendar import today_at
from apps.wilayah.models import Bapas
from apps.wilayah.scope import Scope, database_scope, office_scope

Status = Impor.Status
NEXT = {
    Status.UNGGAH: {Status.PERIKSA, Status.BATAL},
    Status.PERIKSA: {Status.SIAP, Status.GAGAL, Status.BATAL},
    Status.SIAP: {Status.PERIKSA, Status.SIMPAN, Status.BATAL},
    Status.SIMPAN: {Status.SELESAI, Status.GAGAL},
    Status.GAGAL: {Status.PERIKSA, Status.BATAL},
    Status.SELESAI: set(),
    Status.BATAL: set(),
}
SAMPLES = 5
KEPT = timedelta(days=7)
STALLED, GIVEN_UP = timedelta(minutes=5), timedelta(minutes=30)
NO_HEADINGS = "Judul kolom tidak ditemukan. Baris pertama tabel harus berisi nama kolom, misalnya Nama dan NIK."
FILE_GONE = "Berkas ini sudah dihapus dari server. Unggah lagi."
CHANGED = "Data kantor berubah sejak berkas ini diperiksa, jadi tidak ada yang disimpan. Periksa lagi berkas ini."
STOPPED = "Pekerjaan terhenti di server. Coba lagi, atau hubungi petugas bantuan."


class Stopped(Exception):
    """Somebody gave the import up while it was being worked on."""


# ── What people do ───────────────────────────────────────────────────────────────────────────────────────


def upload(*, by: Pengguna, bapas: Bapas, jenis: str, name: str, body: bytes) -> tuple[Impor, bool]:
    """The import of this file and True; the earlier one and False when the same file was uploaded before."""
    digest = hashlib.sha256(body).hexdigest()
    earlier = Impor.objects.filter(bapas=bapas, jenis=jenis, sha256=digest).exclude(status__in=["gagal", "batal"])
    if first := earlier.first():
        return first, False
    impor = Impor(
        bapas=bapas, jenis=jenis, sha256=digest, kode=secrets.token_hex(16), nama_berkas=name[-150:], ukuran=len(body),
        bentuk=inspect(body), dibuat_oleh=by,
    )  # fmt: skip
    _look_at_head(impor, body)
    try:
        with transaction.atomic():
            impor.save()
            impor.berkas = files.keep(impor.kode, body)
            impor.save(update_fields=["berkas"])
    except IntegrityError:
        return earlier.get(), False
    return impor, True


@transaction.atomic
def choose_columns(*, impor: Impor, names: list[str], by: Pengguna) -> Impor:
    """Check the file with this meaning of its columns, and remember it for the office."""
    impor = _move(impor, Status.PERIKSA, by=by, peta=names, **_asked())
    PetaKolom.objects.bulk_create(
        {
            key: PetaKolom(bapas_id=impor.bapas_id, jenis=impor.jenis, judul=key, isian=name)
            for title, name in zip(impor.judul, names, strict=True)
            if (key := key_of(title)[:80])
        }.values(),
        update_conflicts=True, unique_fields=["bapas", "jenis", "judul"], update_fields=["isian"],
    )  # fmt: skip
    _enqueue(impor)
    return impor


@transaction.atomic
def confirm(*, impor: Impor, cara: str, by: Pengguna) -> Impor:
    """Store the rows that are new. A second click on the same button finds the work under way."""
    current = Impor.objects.select_for_update(of=("self",)).get(pk=impor.pk, bapas=impor.bapas_id)
    if current.status in (Status.SIMPAN, Status.SELESAI):
        return current
    if not current.jumlah_baru:
        raise Refused("Tidak ada baris baru yang dapat disimpan.")
    if cara == Impor.Cara.SEMUA and current.jumlah_salah:
        raise Refused(
            f"{current.jumlah_salah} baris perlu diperbaiki, jadi tidak ada yang disimpan. "
            "Perbaiki berkas lalu unggah lagi, atau simpan baris yang benar saja."
        )
    impor = _move(current, Status.SIMPAN, by=by, cara=cara, **_asked())
    _enqueue(impor)
    return impor


@transaction.atomic
def retry(*, impor: Impor, by: Pengguna) -> Impor:
    """Check a file again whose work failed or whose rows have to be looked at anew."""
    if not impor.berkas:
        raise Refused(FILE_GONE)
    same = Impor.objects.filter(bapas=impor.bapas_id, jenis=impor.jenis, sha256=impor.sha256)
    if same.exclude(pk=impor.pk).exclude(status__in=["gagal", "batal"]).exists():
        raise Refused("Berkas yang sama sudah diunggah lagi. Buka impor itu dari daftar.")
    impor = _move(impor, Status.PERIKSA, by=by, **_asked())
    _enqueue(impor)
    return impor


@transaction.atomic
def cancel(*, impor: Impor, by: Pengguna) -> Impor:
    """Give the import up; its file and its rows go at once."""
    impor = _move(impor, Status.BATAL, by=by, langkah="", selesai_pada=timezone.now())
    _forget(impor)
    return impor


# ── What the worker does ─────────────────────────────────────────────────────────────────────────────────


def work(bapas_id: int, impor_id: int) -> None:
    """Check or store, whatever is wanted now. Safe to call twice."""
    impor = _claim(bapas_id, impor_id)
    if impor is None:
        return
    try:
        _check(impor) if impor.status == Status.PERIKSA else _store(impor)
    except Stopped:
        return
    except FileNotFoundError:
        _fail(impor, FILE_GONE)
    except Refused as refusal:
        _fail(impor, str(refusal))
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        _fail(impor, CHANGED)


def reap_stalled() -> int:
    """Send waiting and stalled imports to a worker again; after half an hour say that they failed."""
    now, again = timezone.now(), []
    with database_scope(_whole_nation()):
        stalled = Impor.objects.filter(status__in=Impor.RUNNING, denyut_pada__lt=now - STALLED)
        for impor in stalled.select_related("dibuat_oleh"):
            if impor.diminta_pada and impor.diminta_pada < now - GIVEN_UP:
                _move(impor, Status.GAGAL, by=impor.dibuat_oleh, galat=STOPPED, langkah="")
            else:
                again.append((impor.bapas_id, impor.pk))
    for ids in again:
        tasks.work.delay(*ids)
    return len(again)


def purge() -> int:
    """Take away rows that no longer wait, and everything but the counts of imports that are a week old."""
    with database_scope(_whole_nation()):
        over = Impor.objects.filter(status__in=[Status.SELESAI, Status.GAGAL, Status.BATAL])
        BarisImpor.objects.filter(impor__in=over.values("pk")).delete()
        old = Impor.objects.filter(dibuat_pada__lt=timezone.now() - KEPT).exclude(berkas="", berkas_salah="")
        found = list(old.exclude(status__in=Impor.RUNNING).select_related("dibuat_oleh"))
        for impor in found:
            if Status.BATAL in NEXT[Status(impor.status)]:
                impor = _move(impor, Status.BATAL, by=impor.dibuat_oleh, selesai_pada=timezone.now())
            _forget(impor)
    return len(found)


def _check(impor: Impor) -> None:
    scope = _scope(impor)
    body = files.fetch(impor.berkas)
    with database_scope(scope):
        kind = _kind(impor)
        impor.susunan = kind.layout()
        impor.save(update_fields=["susunan"])
    lines = body.count(b"\n") if impor.bentuk == "csv" else 0

    def beat(done: int) -> None:
        share = min(5 + 85 * done // lines, 90) if lines else 50
        _beat(impor, f"{done:,} baris diperiksa".replace(",", "."), share)

    with database_scope(scope):
        _beat(impor, "Membaca berkas", 5)
    tally = check(impor, scope, lambda: _table(impor, body), beat, kind)
    mistakes = ""
    if tally.refused:
        with database_scope(scope):
            _beat(impor, "Menyusun daftar perbaikan", 95)
        with database_scope(scope):
            mistakes = files.keep(impor.kode, of_mistakes(impor, tally.refused), "-perbaikan")
    with database_scope(scope):
        _move(
            impor, Status.SIAP, by=impor.dibuat_oleh, langkah="", persen=100, galat="", berkas_salah=mistakes,
            **_counts(tally),
        )  # fmt: skip


def _store(impor: Impor) -> None:
    """All rows in one transaction, with the new status: either both are there or neither."""
    scope = _scope(impor)
    with database_scope(scope):
        _beat(impor, "Menyimpan baris", 50)
    with database_scope(scope), connection.cursor() as cursor:
        impor = Impor.objects.select_for_update(of=("self",)).get(pk=impor.pk, bapas=impor.bapas_id)
        if impor.status != Status.SIMPAN:
            raise Stopped
        kind = KINDS[impor.jenis]
        stored = store(kind.targets, cursor, impor)
        if stored != impor.jumlah_baru and (impor.cara == Impor.Cara.SEMUA or _waiting(impor) != impor.jumlah_baru):
            raise Refused(CHANGED)
        kind.after(cursor, impor)
        impor = _move(
            impor, Status.SELESAI, by=impor.dibuat_oleh, langkah="", persen=100, jumlah_disimpan=stored,
            selesai_pada=timezone.now(),
        )  # fmt: skip
        if not impor.berkas_salah:
            _forget_files(impor)


def _waiting(impor: Impor) -> int:
    """Rows that wait to be stored; fewer than were counted after a crash of the server."""
    return BarisImpor.objects.filter(bapas=impor.bapas_id, impor=impor, status=BarisImpor.Status.BARU).count()


def _look_at_head(impor: Impor, body: bytes) -> None:
    """Headings, a guess at their meaning, and the first rows for people to judge it by."""
    columns = KINDS[impor.jenis].columns
    head = list(islice(rows(body, impor.bentuk), LOOKED_AT + SAMPLES))
    if len(head) < 2:
        raise Refused(NO_HEADINGS)
    place = heading_row(head, columns)
    impor.baris_judul, cells = head[place]
    impor.judul = [text(cell).replace("\n", " ")[:80] for cell in cells]
    while impor.judul and not impor.judul[-1]:
        impor.judul.pop()
    if len(impor.judul) < 2:
        raise Refused(NO_HEADINGS)
    samples = [[text(cell)[:60] for cell in cells] for _, cells in head[place + 1 : place + 1 + SAMPLES]]
    impor.contoh = json.dumps(samples)
    remembered = PetaKolom.objects.filter(bapas=impor.bapas, jenis=impor.jenis).values_list("judul", "isian")
    impor.peta = guess(impor.judul, columns, dict(remembered))


def _table(impor: Impor, body: bytes) -> Iterator[Row]:
    """The rows below the headings."""
    return (row for row in rows(body, impor.bentuk) if row[0] > impor.baris_judul)


def _kind(impor: Impor) -> Kind:
    return KINDS[impor.jenis](impor.bapas, impor.dibuat_oleh, today_at(impor.bapas))


def _counts(tally: Tally) -> dict[str, int]:
    found = asdict(tally)
    return {
        "jumlah_baris": found["rows"], "jumlah_baru": found["fresh"], "jumlah_ada": found["known"],
        "jumlah_ganda": found["twice"], "jumlah_salah": found["wrong"],
    }  # fmt: skip


# ── The row of the job ───────────────────────────────────────────────────────────────────────────────────


def _move(impor: Impor, to: Status, *, by: Pengguna, **facts) -> Impor:
    """The one way a status changes; the caller has a transaction and the scope of the office."""
    return move(impor, to, NEXT, by=by, objek="impor", **facts)


def _asked() -> dict:
    now = timezone.now()
    return {"diminta_pada": now, "denyut_pada": now, "mulai_pada": None, "persen": 0, "langkah": "", "galat": ""}


def _enqueue(impor: Impor) -> None:
    """After commit. A broker that is away does not lose the work: the reaper finds the waiting row."""
    ids = [impor.bapas_id, impor.pk]
    transaction.on_commit(lambda: tasks.work.apply_async(ids, retry=False), robust=True)


def _claim(bapas_id: int, impor_id: int) -> Impor | None:
    """Take the work, unless it is done, given up, or another worker is alive on it."""
    now = timezone.now()
    free = Q(mulai_pada=None) | Q(denyut_pada__lt=now - STALLED)
    with database_scope(office_scope(bapas_id)):
        wanted = Impor.objects.filter(free, pk=impor_id, bapas=bapas_id, status__in=Impor.RUNNING)
        if not wanted.update(mulai_pada=now, denyut_pada=now):
            return None
        return Impor.objects.select_related("bapas", "dibuat_oleh").get(pk=impor_id, bapas=bapas_id)


def _beat(impor: Impor, step: str, percent: int) -> None:
    """Say where we are, last in a transaction so that it shows; stop when somebody gave the import up."""
    running = Impor.objects.filter(pk=impor.pk, bapas=impor.bapas_id, status=impor.status)
    if not running.update(langkah=step, persen=percent, denyut_pada=timezone.now()):
        raise Stopped


def _fail(impor: Impor, sentence: str) -> None:
    with database_scope(_scope(impor)):
        _move(impor, Status.GAGAL, by=impor.dibuat_oleh, galat=sentence[:300], langkah="")


def _forget(impor: Impor) -> None:
    """Nothing of the content stays; what was decided does."""
    for model in (BarisImpor, TemuanImpor):
        model.objects.filter(bapas=impor.bapas_id, impor=impor).delete()
    _forget_files(impor)


def _forget_files(impor: Impor) -> None:
    names = impor.berkas, impor.berkas_salah
    transaction.on_commit(lambda: files.forget(*names))
    impor.berkas = impor.berkas_salah = impor.contoh = ""
    impor.save(update_fields=["berkas", "berkas_salah", "contoh"])


def _scope(impor: Impor) -> Scope:
    return office_scope(impor.bapas_id, actor=impor.dibuat_oleh_id)


def _whole_nation() -> Scope:
    """The named national scope of the two jobs that look after imports of every office."""
    return Scope(frozenset(Bapas.objects.values_list("pk", flat=True)))
