"""The agenda of a week."""

from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.pages import page
from apps.dasar.tables import asked, file_response
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien import tasks_today as guidance
from apps.wajib_lapor import tasks_today as schedules
from apps.wajib_lapor.agenda import LATE_SHOWN, Agenda

HEADS = ("Tanggal", "Jam", "Kode", "Nama", "Cara bertemu", "Tempat", "PK", "Tidak hadir berturut-turut")


@requires("jadwal.lihat")
@require_safe
def agenda(request):
    """Own clients for a PK, the office for others; what was missed before stands above this week."""
    user, week = request.user, Agenda(request.user, request.GET)
    late, unscheduled = (list(rows[: LATE_SHOWN + 1]) if week.is_this_week else [] for rows in _waiting(week))
    context = {
        "agenda": week,
        "hari": week.days(),
        "terlewat": late,
        "belum": unscheduled,
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
    """The week as a file; taking it along is written down."""
    kind, week = asked(request), Agenda(request.user, request.GET)
    rows = [_cells(klien) for klien in week.rows()]
    record_access(
        request, Akses.Verba.EKSPOR, "jadwal", bapas_id=request.user.penugasan.bapas_id,
        rincian=f"{kind}, {week.title}, {len(rows)} baris",
    )  # fmt: skip
    return file_response(kind, f"jadwal-{week.monday:%G-W%V}", "Jadwal", HEADS, rows, frozen=4)


def _waiting(week: Agenda):
    return week.late(), week.unscheduled()


def _cells(klien) -> list:
    plan = klien.jadwal
    known = plan.janji_berlaku
    return [
        plan.berikutnya, f"{plan.jam:%H.%M}" if known and plan.jam else "", klien.kode, klien.nama,
        plan.get_cara_display() if known else "", plan.tempat if known else "", klien.pk_pembimbing.nama,
        plan.absen_beruntun,
    ]  # fmt: skip
