"""The person's own files: asked for, on their way, ready."""

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.akun.access import NotForThisRole, requires
from apps.akun.services import note_export
from apps.dasar.errors import Refused
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import page
from apps.dasar.tables import as_download
from apps.jejak.jobs import pause
from apps.jejak.services import record_download
from apps.unduhan import clearing, files, services
from apps.unduhan.asking import still_open
from apps.unduhan.models import KEPT, Unduhan

OWN, HOME = "akun.sendiri", ("Beranda", "/")
PER_PAGE = 25
COLUMNS = (
    Column("Berkas", "judul", cell="unduhan/mine.html#berkas"),
    Column("Status", "get_status_display", cell="unduhan/mine.html#status"),
    Column("Baris", "baris", number=True),
    Column("Diminta", "diminta_pada"),
    Column("Dihapus", "sampai", cell="unduhan/mine.html#sampai"),
)


@requires(OWN)
@require_safe
def mine(request):
    rows = Unduhan.objects.of(request.user).defer("alamat").order_by("-pk")
    context = {"jalur": [HOME], "tabel": Listing(request.GET, COLUMNS, rows).paged(PER_PAGE), "hari": KEPT.days}
    return page(request, "unduhan/mine.html", context)


@requires(OWN)
@require_POST
def create(request):
    """Accept an offer of `LongListMiddleware`. A second click opens the job of the first."""
    try:
        job = services.request_file(request.POST.get("tawaran", ""), by=request.user)
    except Refused as refusal:
        return page(request, "409.html", {"penolakan": refusal, "url_kembali": reverse("unduhan:mine")}, status=409)
    return redirect("unduhan:detail", job.pk)


@requires(OWN)
@require_safe
def detail(request, pk):
    job = _job(request, pk)
    context = {"jalur": [HOME, ("Berkas saya", reverse("unduhan:mine"))], "kerja": job, "jeda": pause(job.diminta_pada)}
    return page(request, "unduhan/detail.html", context, fragment="keadaan")


@requires(OWN)
@require_safe
def download(request, pk):
    """The file, for the person who asked, while the role may still open its list; the trail notes each download."""
    job = _job(request, pk)
    if not job.ready:
        raise Http404
    if not still_open(job.alamat, request.user):
        raise NotForThisRole(OWN)
    try:
        parts = files.parts(job.berkas)
    except FileNotFoundError:
        return _refuse(request, job, Refused("Berkas ini tidak ada lagi di server. Buka daftarnya, lalu minta lagi."))
    if not record_download(request, job.kode):  # a list of accounts: they belong to no office
        note_export(f"{job.judul.lower()}, berkas yang disiapkan", job.baris, by=request.user)
    return as_download(StreamingHttpResponse(parts), job.bentuk, job.nama_berkas.rpartition(".")[0])


@requires(OWN)
@require_POST
def retry(request, pk):
    job = _job(request, pk)
    try:
        services.retry(job)
    except Refused as refusal:
        return _refuse(request, job, refusal)
    return redirect("unduhan:detail", job.pk)


@requires(OWN)
@require_POST
def delete(request, pk):
    clearing.delete(_job(request, pk))
    return redirect("unduhan:mine")


def _job(request, pk) -> Unduhan:
    return get_object_or_404(Unduhan.objects.of(request.user), pk=pk)


def _refuse(request, job: Unduhan, refusal: Refused):
    context = {"penolakan": refusal, "url_kembali": reverse("unduhan:detail", args=[job.pk])}
    return page(request, "409.html", context, status=409)
