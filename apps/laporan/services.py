"""Requesting, cancelling and finding a report. A worker makes it (`making.py`)."""

import re
from datetime import date

from celery import Task
from django.db.models import Q
from django.utils import timezone

from apps.akun.models import Pengguna, Penugasan
from apps.dasar import queue
from apps.dasar.errors import Refused
from apps.dasar.once import stored_once
from apps.dasar.wording import tanggal
from apps.jejak import jobs
from apps.jejak.jobs import NEXT, Status
from apps.jejak.moves import move_all
from apps.laporan import tasks
from apps.laporan.codes import new_code
from apps.laporan.models import Cetakan, Laporan, Pengesahan
from apps.laporan.rules import may_request
from apps.program.models import ProgramTahunan
from apps.wilayah.days import today_at
from apps.wilayah.models import Bapas, Kanwil
from apps.wilayah.scope import database_scope, reports_scope

TASKS: dict[type[Cetakan], Task] = {Laporan: tasks.make_report, Pengesahan: tasks.make_edition}


# ── Requesting ───────────────────────────────────────────────────────────────────────────────────────────────


def request_report(
    *, by: Pengguna, tahun: int, bapas: Bapas | None = None, kanwil: Kanwil | None = None, final: bool = False
) -> Laporan:
    """A new report, or the one already running for the same request."""
    wanted = {
        "jenis": Laporan.Jenis.PROGRAM,
        "tingkat": "bapas" if bapas else "kanwil" if kanwil else "nasional",
        "bapas": bapas,
        "kanwil": kanwil,
        "tahun": tahun,
        "final": final,
    }
    duty = _check(by, wanted)

    def store() -> Laporan:
        return Laporan.objects.create(
            **wanted, diminta_oleh=by, penugasan=duty, kode=new_code(), langkah="Menunggu giliran"
        )

    laporan, new = stored_once(store, Laporan.objects.filter(**wanted).order_by("-pk").first)
    if new:
        enqueue(laporan)
    return laporan


def cancel(laporan: Laporan) -> None:
    """Cancel a report that is not ready yet; the worker stops at its next step."""
    one = Laporan.objects.filter(pk=laporan.pk)
    if not move_all(one, Status.BATAL, NEXT, langkah="", selesai_pada=timezone.now()):
        raise Refused("Laporan ini sudah tidak berjalan, jadi tidak dapat dibatalkan.")


def retry(laporan: Laporan, *, by: Pengguna) -> Laporan:
    """Request a failed or cancelled report again, with new figures; for an approved report, request its edition."""
    if laporan.disahkan:
        _try_edition_again(laporan.disahkan)
        return laporan
    if laporan.status not in (Laporan.Status.GAGAL, Laporan.Status.BATAL):
        raise Refused("Hanya laporan yang belum jadi atau dibatalkan yang dapat dibuat ulang.")
    return request_report(by=by, tahun=laporan.tahun, bapas=laporan.bapas, kanwil=laporan.kanwil, final=laporan.final)


def _try_edition_again(edition: Pengesahan) -> None:
    if not jobs.again(edition):
        raise Refused("Edisi pengesahan laporan ini sudah ada atau sedang dibuat.")
    enqueue(edition)


def _check(by: Pengguna, wanted: dict) -> Penugasan:
    """The assignment under which `by` may request this report; `Refused` without one."""
    duty = by.penugasan
    if duty is None or not may_request(by, bapas=wanted["bapas"], kanwil=wanted["kanwil"]):
        raise Refused("Unit ini di luar wilayah Anda.")
    if wanted["final"] and wanted["bapas"]:
        _refuse_without_budget(wanted["bapas"], wanted["tahun"])
    return duty


def _refuse_without_budget(bapas: Bapas, tahun: int) -> None:
    """Raise `Refused` when no budget is in force today, or on the last day of a past year: a final prints it."""
    last = min(date(tahun, 12, 31), today_at(bapas))
    programmes = ProgramTahunan.objects.filter(bapas=bapas)
    if programmes.in_force(tahun, on=last).exists():
        return
    if programmes.in_force(tahun).exists():
        raise Refused(f"Program {tahun} baru disetujui setelah {tanggal(last)}, hari terakhir laporan ini. Pilih draf.")
    raise Refused(f"Program {tahun} belum disetujui Kepala Bapas. Pilih draf, atau minta persetujuan lebih dulu.")


def enqueue(job: Cetakan) -> None:
    queue.enqueue(TASKS[type(job)], job.pk)


# ── Verifying ─────────────────────────────────────────────────────────────────────────────────────────────


@database_scope(reports_scope())
def find_by_code(text: str) -> Laporan | None:
    """The finished report with this code, typed in any case, with or without hyphens."""
    kode = "".join(letter for letter in text.upper() if letter.isalnum())
    return Laporan.objects.ready().filter(kode=kode).first()


@database_scope(reports_scope())
def find_by_hash(digest: str) -> Laporan | None:
    """The finished report whose file or approved edition has this hash: 64 hex digits, else there is none."""
    digest = digest.lower()
    if not re.fullmatch("[0-9a-f]{64}", digest):
        return None
    return Laporan.objects.ready().filter(Q(sha256=digest) | Q(pengesahan__sha256=digest)).first()


def newer_version(laporan: Laporan) -> Laporan | None:
    """The version that replaces it: any later one replaces a draft, a later final replaces a final, and only a later
    approved final replaces an approved one."""
    later = Laporan.objects.ready().same_subject(laporan).filter(versi__gt=laporan.versi)
    if laporan.final:
        later = later.filter(final=True)
    if laporan.disahkan:
        later = later.exclude(pengesahan=None)
    return later.order_by("-versi").first()


@database_scope(reports_scope())
def newer_version_for_anyone(laporan: Laporan) -> Laporan | None:
    """`newer_version` on the public page, whose reader has no unit."""
    return newer_version(laporan)
