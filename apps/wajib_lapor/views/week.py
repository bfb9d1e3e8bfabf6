"""The agenda of a week."""

from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.lists import Column, Listing, Taken
from apps.dasar.pages import page
from apps.dasar.tables import asked
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien import tasks_today as guidance
from apps.wajib_lapor import tasks_today as schedules
from apps.wajib_lapor.agenda import LATE_SHOWN, Agenda


def _plan(klien):
    """The planned hour, mode and place while the appointment is valid."""
    return klien.jadwal if klien.jadwal.janji_berlaku else None


COLUMNS = (
    Column("Tanggal", "jadwal.berikutnya"),
    Column("Jam", lambda klien: f"{_plan(klien).jam:%H.%M}" if _plan(klien) and _plan(klien).jam else ""),
    Column("Kode", "kode"),
    Column("Nama", "nama"),
    Column("Cara bertemu", lambda klien: _plan(klien).get_cara_display() if _plan(klien) else ""),
    Column("Tempat", lambda klien: _plan(klien).tempat if _plan(klien) else ""),
    Column("PK", "pk_pembimbing.nama"),
    Column("Tidak hadir berturut-turut", "jadwal.absen_beruntun"),
)


@requires("jadwal.lihat")
@require_safe
def agenda(request):
    """A PK's own clients, for others those of the office; overdue ones appear above this week."""
    user, week = request.user, Agenda(request.user, request.GET)
    waiting = week.is_this_week and not week.only_day
    context = {
        "agenda": week,
        "hari": week.days(),
        "terlewat": week.late(LATE_SHOWN + 1) if waiting else [],
        "belum": week.unscheduled(LATE_SHOWN + 1) if waiting else [],
        "batas": LATE_SHOWN,
        "selesai": [*guidance.done(user), *schedules.done(user)],
        "dicetak": timezone.now(),
        "boleh_catat": may(user, "bimbingan.catat"),
        "boleh_atur": may(user, "jadwal.atur"),
        "jalur": [("Beranda", "/")],
    }
    return page(request, "wajib_lapor/agenda.html", context)


@requires("jadwal.lihat")
@require_safe
def export(request):
    """The week as a file; the download is written into the trail."""
    kind, week = asked(request), Agenda(request.user, request.GET)
    listed = Listing(request.GET, COLUMNS, week.rows())

    def note(taken: Taken) -> None:
        words = f"{kind}, {week.title}, {taken.rows} baris"
        record_access(
            request, Akses.Verba.EKSPOR, "jadwal", bapas_id=request.user.penugasan.bapas_id, rincian=words
        )  # fmt: skip

    return listed.file(kind, f"jadwal_{week.monday:%G-W%V}", "Jadwal", frozen=4, note=note)
