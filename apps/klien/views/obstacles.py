"""The office's list of obstacles, and the same list as a file."""

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import page
from apps.dasar.tables import asked
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien.forms.obstacles import ObstacleFilter
from apps.klien.models import Kendala

PER_PAGE = 25
COLUMNS = (
    Column("Jenis kendala", "jenis.nama", short="Jenis", sort="jenis__nama"),
    Column("Tanggal", "tanggal", sort="tanggal"),
    Column("Dicatat pada", "get_sumber_display", cell="klien/kendala.html#sumber"),
    Column("Asal", "asal", only="file"),
    Column("Klien", cell="klien/kendala.html#klien"),
    Column("Kode klien", "klien.kode", only="file"),
    Column("Nama klien", "klien.nama", only="file"),
    Column("Uraian", lambda own, prompt: own or prompt or None, of=("uraian", "catatan.kendala")),
    Column("Dicatat oleh", "dicatat_oleh.nama", only="file"),
)


@requires("bimbingan.baca")
@require_safe
def obstacle_list(request):
    form, obstacles = _obstacles(request)
    obstacles.paged(PER_PAGE)
    _note(request, Akses.Verba.LIHAT, f"{len(obstacles.hal)} kendala")
    context = {
        "tabel": obstacles,
        "saring": form,
        "keping": form.chips(),
        "url": reverse("klien:obstacles"),
        "jalur": [("Beranda", "/"), ("Kinerja", reverse("dasbor:bapas"))],
    }
    return page(request, "klien/kendala.html", context)


@requires("bimbingan.baca")
@require_safe
def obstacle_export(request):
    """The filtered list as a file; the download is written into the trail."""
    kind, (_, obstacles) = asked(request), _obstacles(request)
    return obstacles.file(
        kind, f"kendala_{timezone.localdate()}", "Kendala",
        note=lambda taken: _note(request, Akses.Verba.EKSPOR, f"{kind}, {taken.rows} baris"),
    )  # fmt: skip


def _obstacles(request) -> tuple[ObstacleFilter, Listing]:
    form = ObstacleFilter(request.GET)
    rows = form.narrow(Kendala.objects.readable_by(request.user).counted().for_list())
    return form, Listing(request.GET, COLUMNS, rows)


def _note(request, verba, rincian: str) -> None:
    record_access(request, verba, "kendala", bapas_id=request.user.penugasan.bapas_id, rincian=rincian)
