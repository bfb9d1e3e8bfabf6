"""The trail as auditors read it: who opened, searched or exported what, and what was done to accounts."""

import csv
from collections import Counter

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.models import RiwayatAkun
from apps.jejak.forms import JejakFilter
from apps.jejak.models import Akses
from apps.jejak.services import record_export
from pemasyarakatan.pages import page
from pemasyarakatan.wording import waktu_unit

PER_PAGE = 50
EXPORTED = 10_000
HEAD = ["waktu", "nama", "surel", "penugasan", "perbuatan", "objek", "id objek", "bapas", "rincian", "id permintaan"]


@requires("jejak.semua")
@require_safe
def trail(request):
    form = JejakFilter(request.GET)
    rows, older = _newest(form.narrow(Akses.objects.visible_to(request.user)).for_list(), request.GET)
    return page(request, "jejak/akses.html", {"filter": form, "rows": rows, "older": older, "most": EXPORTED})


@requires("jejak.semua")
@require_safe
def export(request):
    """The filtered trail as CSV; each office finds the export in its own trail."""
    rows = JejakFilter(request.GET).narrow(Akses.objects.visible_to(request.user)).for_list()[:EXPORTED]
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="jejak-akses_{timezone.localdate()}.csv"'
    write = csv.writer(response, delimiter=";").writerow
    write(HEAD)
    for row in rows:
        write([_harmless(cell) for cell in _cells(row)])
    record_export(request, "jejak", Counter(row.bapas_id for row in rows))
    return response


@requires("jejak.semua")
@require_safe
def accounts(request):
    history = RiwayatAkun.objects.select_related(
        "pengguna", "oleh", "penugasan__bapas", "penugasan__kanwil", "penugasan__mitra"
    )
    rows, older = _newest(history.order_by("-id"), request.GET)
    return page(request, "jejak/akun.html", {"rows": rows, "older": older})


def _newest(rows, query):
    """One page of rows before `?sebelum=<id>` and the query of the next page. A count would read the whole table."""
    before = query.get("sebelum", "")
    if before.isdigit():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PER_PAGE + 1])
    if len(found) <= PER_PAGE:
        return found, ""
    older = query.copy()
    older["sebelum"] = found[PER_PAGE - 1].pk
    return found[:PER_PAGE], older.urlencode()


def _cells(row):
    return [
        waktu_unit(row.pada),
        row.pengguna.nama,
        row.pengguna.email,
        row.penugasan or "",
        row.get_verba_display(),
        row.objek,
        row.objek_id or "",
        row.bapas,
        row.rincian,
        row.permintaan,
    ]


def _harmless(cell) -> str:
    """Spreadsheets run text that starts like a formula; an apostrophe keeps it text."""
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
