"""The trail as auditors read it: who opened, searched or exported what, and what was done to accounts."""

from collections import Counter

from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.models import RiwayatAkun
from apps.akun.services import note_export
from apps.dasar import tables
from apps.dasar.keyset import newest_first
from apps.dasar.pages import page
from apps.dasar.wording import waktu_unit
from apps.jejak.forms import JejakFilter
from apps.jejak.models import Akses
from apps.jejak.services import record_export

PER_PAGE = 50
EXPORTED = 10_000
HEAD = ["waktu", "nama", "surel", "penugasan", "perbuatan", "objek", "id objek", "bapas", "rincian", "id permintaan"]
ACCOUNT_HEAD = ["waktu", "nama", "surel", "peristiwa", "penugasan", "catatan", "oleh"]


@requires("jejak.semua")
@require_safe
def trail(request):
    form = JejakFilter(request.GET)
    rows, older = _newest(form.narrow(Akses.objects.visible_to(request.user)).for_list(), request.GET)
    return page(request, "jejak/akses.html", {"filter": form, "rows": rows, "older": older, "most": EXPORTED})


@requires("jejak.semua")
@require_safe
def export(request):
    """The filtered trail as a file; each office finds the export in its own trail."""
    kind = tables.asked(request, "csv")
    rows = list(JejakFilter(request.GET).narrow(Akses.objects.visible_to(request.user)).for_list()[:EXPORTED])
    record_export(request, "jejak", Counter(row.bapas_id for row in rows))
    return tables.file_response(kind, f"jejak-akses_{timezone.localdate()}", "Jejak akses", HEAD, map(_cells, rows))


@requires("jejak.semua")
@require_safe
def accounts(request):
    rows, older = _newest(_history(), request.GET)
    return page(request, "jejak/akun.html", {"rows": rows, "older": older, "most": EXPORTED})


@requires("jejak.semua")
@require_safe
def accounts_export(request):
    """The newest changes of accounts as a file; the download is one of them from now on."""
    kind, rows = tables.asked(request), list(_history()[:EXPORTED])
    note_export("perubahan akun", len(rows), by=request.user)
    name = f"perubahan-akun_{timezone.localdate()}"
    return tables.file_response(kind, name, "Perubahan akun", ACCOUNT_HEAD, map(_account_cells, rows))


def _history():
    rows = RiwayatAkun.objects.select_related(
        "pengguna", "oleh", "penugasan__bapas", "penugasan__kanwil", "penugasan__mitra"
    )
    return rows.order_by("-id")


def _newest(rows, query):
    """(rows, query of the next page). A count would read the whole table."""
    found = newest_first(rows, query, PER_PAGE)
    return found.object_list, found.older


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


def _account_cells(row: RiwayatAkun) -> list:
    return [
        waktu_unit(row.pada), row.pengguna.nama, row.pengguna.email, row.get_peristiwa_display(),
        str(row.penugasan or ""), row.catatan, str(row.oleh or "perintah di peladen"),
    ]  # fmt: skip
