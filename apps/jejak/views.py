"""The trail as auditors read it: who opened, searched or exported what, and what was done to accounts."""

from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.models import RiwayatAkun
from apps.akun.services import note_export
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import page
from apps.dasar.tables import asked
from apps.jejak.forms import JejakFilter, RiwayatAkunFilter
from apps.jejak.models import Akses, Segel
from apps.jejak.services import record_export

PER_PAGE = 50
EXPORTED = 10_000
TRAIL = (
    Column("Waktu", "pada"),
    Column("Siapa", cell="jejak/akses.html#siapa"),
    Column("Nama", "pengguna.nama", only="file"),
    Column("Surel", "pengguna.email", only="file"),
    Column("Penugasan", "penugasan", only="file"),
    Column("Perbuatan", "get_verba_display", cell="jejak/akses.html#perbuatan"),
    Column("Objek", "objek", cell="jejak/akses.html#objek"),
    Column("ID objek", "objek_id", only="file"),
    Column("Bapas", "bapas.nama"),
    Column("Rincian", "rincian", only="file"),
    Column("ID permintaan", "permintaan", only="file"),
)
ACCOUNTS = (
    Column("Waktu", "pada"),
    Column("Akun", cell="jejak/akun.html#akun"),
    Column("Nama", "pengguna.nama", only="file"),
    Column("Surel", "pengguna.email", only="file"),
    Column("Peristiwa", "get_peristiwa_display", cell="jejak/akun.html#peristiwa"),
    Column("Penugasan", "penugasan", only="file"),
    Column("Catatan", "catatan", only="file"),
    Column("Oleh", lambda name: name or "perintah di peladen", of=("oleh.nama",)),
)


@requires("jejak.semua")
@require_safe
def trail(request):
    form, rows = _trail(request)
    listed = Listing(request.GET, TRAIL, rows).newest(PER_PAGE)
    context = {"saring": form, "tabel": listed, "paling_banyak": EXPORTED, "segel": Segel.objects.last()}
    return page(request, "jejak/akses.html", context)


@requires("jejak.semua")
@require_safe
def export(request):
    """The filtered trail as a file; the export is recorded in the trail of each office."""
    kind, (_, rows) = asked(request, "csv"), _trail(request)
    listed = Listing(request.GET, TRAIL, rows, most=EXPORTED)
    return listed.file(
        kind, f"jejak-akses_{timezone.localdate()}", "Jejak akses",
        note=lambda taken: record_export(request, "jejak", taken.offices),
    )  # fmt: skip


@requires("jejak.semua")
@require_safe
def accounts(request):
    form, rows = _history(request)
    listed = Listing(request.GET, ACCOUNTS, rows).newest(PER_PAGE)
    context = {"saring": form, "tabel": listed, "paling_banyak": EXPORTED}
    return page(request, "jejak/akun.html", context)


@requires("jejak.semua")
@require_safe
def accounts_export(request):
    """The newest changes of accounts as a file; the download becomes one of them."""
    kind, (_, rows) = asked(request), _history(request)
    listed = Listing(request.GET, ACCOUNTS, rows, most=EXPORTED)
    return listed.file(
        kind, f"perubahan-akun_{timezone.localdate()}", "Perubahan akun",
        note=lambda taken: note_export("perubahan akun", taken.rows, by=request.user),
    )  # fmt: skip


def _trail(request):
    form = JejakFilter(request.GET)
    return form, form.narrow(Akses.objects.visible_to(request.user)).for_list()


def _history(request):
    form = RiwayatAkunFilter(request.GET)
    rows = RiwayatAkun.objects.select_related(
        "pengguna", "oleh", "penugasan__bapas", "penugasan__kanwil", "penugasan__mitra"
    )
    return form, form.narrow(rows).order_by("-id")
