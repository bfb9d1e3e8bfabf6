"""The office's list of obstacles, and the same list as a file."""

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.dasar.pages import page
from apps.dasar.tables import KINDS, file_response
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien.forms.obstacles import ObstacleFilter
from apps.klien.models import Kendala

PER_PAGE = 25
HEADS = ("Tanggal", "Jenis kendala", "Dicatat pada", "Asal", "Kode klien", "Nama klien", "Uraian", "Dicatat oleh")


@requires("bimbingan.baca")
@require_safe
def obstacle_list(request):
    form = ObstacleFilter(request.GET)
    listed = Paginator(_rows(request, form), PER_PAGE).get_page(request.GET.get("page"))
    _note(request, Akses.Verba.LIHAT, f"{len(listed.object_list)} kendala")
    context = {
        "hal": listed,
        "saring": form,
        "keping": form.chips(),
        "url": reverse("klien:obstacles"),
        "jalur": [("Beranda", "/"), ("Kinerja", reverse("dasbor:bapas"))],
    }
    return page(request, "klien/kendala.html", context)


@requires("bimbingan.baca")
@require_safe
def obstacle_export(request, jenis):
    """Every row of the list as it is filtered now; taking it along is written down."""
    if jenis not in KINDS:
        raise Http404
    rows = [_cells(row) for row in _rows(request, ObstacleFilter(request.GET))]
    _note(request, Akses.Verba.EKSPOR, f"{jenis}, {len(rows)} baris")
    return file_response(jenis, f"kendala-{timezone.localdate():%Y-%m-%d}", "Kendala", HEADS, rows)


def _rows(request, form):
    return form.narrow(Kendala.objects.readable_by(request.user).counted().for_list())


def _cells(row: Kendala) -> list:
    kode, nama = (row.klien.kode, row.klien.nama) if row.klien else ("", "")
    return [
        row.tanggal, str(row.jenis), row.get_sumber_display(), row.asal, kode, nama, row.isi, row.dicatat_oleh.nama,
    ]  # fmt: skip


def _note(request, verba, rincian: str) -> None:
    record_access(request, verba, "kendala", bapas_id=request.user.penugasan.bapas_id, rincian=rincian)
