"""How many planned meetings took place, per PK and month."""

from datetime import date

from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.dasar.pages import page
from apps.dasar.tables import asked, file_response
from apps.dasar.wording import persen
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien.figures import last_months
from apps.wajib_lapor.figures import Attendance, attendance_per_officer
from apps.wajib_lapor.forms import MonthFilter
from apps.wilayah.days import today

HEADS = ("PK", "Dipenuhi", "Direncanakan", "Kehadiran", "Tidak hadir", "Tanpa catatan")


@requires("jadwal.lihat")
@require_safe
def table(request):
    form, month = _month(request)
    lines, total = _lines(request.user, month)
    context = {
        "saring": form,
        "bulan": date_format(month, "F Y"),
        "kolom": [{"teks": head, "angka": number > 0} for number, head in enumerate(HEADS)],
        "baris": [_cells(name, one) for name, one in lines],
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
    rows = [_cells(name, one) for name, one in [*lines, ("Jumlah kantor", total)]]
    record_access(
        request, Akses.Verba.EKSPOR, "kehadiran", bapas_id=request.user.penugasan.bapas_id,
        rincian=f"{kind}, {month:%Y-%m}, {len(rows)} baris",
    )  # fmt: skip
    return file_response(kind, f"kehadiran-{month:%Y-%m}", "Kehadiran", HEADS, rows)


def _month(request) -> tuple[MonthFilter, date]:
    months = last_months(today(request.user))[::-1]
    form = MonthFilter(request.GET, months=[(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months])
    chosen = form.chosen.get("bulan")
    return form, date.fromisoformat(f"{chosen}-01") if chosen else months[0]


def _lines(user, month) -> tuple[list[tuple[str, Attendance]], Attendance]:
    """(name, attendance) of each PK by name, and the office; a PK sees only the own line beside the office."""
    found = attendance_per_officer([user.penugasan.bapas_id], month=month, today=today(user))
    total = sum(found.values(), Attendance())
    if user.penugasan.peran == Peran.PK:
        found = {user.pk: found.get(user.pk, Attendance())}
    people = Pengguna.objects.filter(pk__in=found).order_by("nama", "pk")
    return [(person.nama, found[person.pk]) for person in people], total


def _cells(name: str, one: Attendance) -> list:
    return [name, one.kept, one.planned, persen(one.share), one.absent, one.lapsed]
