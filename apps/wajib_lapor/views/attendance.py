"""Planned meetings that took place, per PK and month."""

from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.dasar.lists import Column, Listing, Taken
from apps.dasar.pages import page
from apps.dasar.tables import Percent, asked
from apps.dasar.wording import persen
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien.figures import last_months
from apps.wajib_lapor.figures import Attendance, attendance_per_officer
from apps.wajib_lapor.forms import MonthFilter
from apps.wilayah.days import today


class Line(NamedTuple):
    """Outcomes of the planned meetings of one officer, or of the office."""

    name: str
    met: Attendance


COLUMNS = (
    Column("PK", "name"),
    Column("Dipenuhi", "met.kept", number=True),
    Column("Direncanakan", "met.planned", number=True),
    Column("Kehadiran", lambda line: Percent(line.met.share), number=True),
    Column("Tidak hadir", "met.absent", number=True),
    Column("Tanpa catatan", "met.lapsed", number=True),
)


@requires("jadwal.lihat")
@require_safe
def table(request):
    form, month = _month(request)
    lines, total = _lines(request.user, month)
    context = {
        "saring": form,
        "bulan": date_format(month, "F Y"),
        "tabel": Listing(request.GET, COLUMNS, lines),
        "jumlah": total,
        "persen": persen(total.share),
        "jalur": [("Beranda", "/"), ("Jadwal", reverse("wajib_lapor:agenda"))],
    }
    return page(request, "wajib_lapor/attendance.html", context)


@requires("jadwal.lihat")
@require_safe
def export(request):
    kind, (_, month) = asked(request), _month(request)
    lines, total = _lines(request.user, month)
    listed = Listing(request.GET, COLUMNS, lines, total=("Jumlah kantor", Line("", total)))

    def note(taken: Taken) -> None:
        words = f"{kind}, {month:%Y-%m}, {taken.rows + 1} baris"
        record_access(
            request, Akses.Verba.EKSPOR, "kehadiran", bapas_id=request.user.penugasan.bapas_id, rincian=words
        )  # fmt: skip

    return listed.file(kind, f"kehadiran_{month:%Y-%m}", "Kehadiran", note=note)


def _month(request) -> tuple[MonthFilter, date]:
    months = last_months(today(request.user))[::-1]
    form = MonthFilter(request.GET, months=[(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months])
    chosen = form.chosen.get("bulan")
    return form, date.fromisoformat(f"{chosen}-01") if chosen else months[0]


def _lines(user, month) -> tuple[list[Line], Attendance]:
    """(a line per PK by name, total of the office). A PK sees only their own line."""
    found = attendance_per_officer([user.penugasan.bapas_id], month=month, today=today(user))
    total = sum(found.values(), Attendance())
    if user.penugasan.peran == Peran.PK:
        found = {user.pk: found.get(user.pk, Attendance())}
    people = Pengguna.objects.filter(pk__in=found).order_by("nama", "pk")
    return [Line(person.nama, found[person.pk]) for person in people], total
