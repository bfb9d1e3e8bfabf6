"""The report centre, and the public page that verifies a report."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.akun import limits
from apps.akun.access import public, requires
from apps.akun.roles import may_count
from apps.dasar.errors import Refused
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.tables import asked
from apps.jejak.jobs import pause
from apps.jejak.models import Akses
from apps.jejak.services import record_export, record_report
from apps.laporan import approval, services
from apps.laporan.codes import spaced, verify_url
from apps.laporan.collect import unit_name
from apps.laporan.document import title_of
from apps.laporan.forms import CodeForm, ReportFilter, ReportForm
from apps.laporan.models import Cetakan, Laporan
from apps.laporan.snapshot import short

VERIFY = "laporan.verifikasi"
PER_PAGE = 25
CHECKS_PER_MINUTE = 120
HOME = ("Beranda", "/")
CENTRE = ("Laporan", "/laporan/")


def _document(laporan: Laporan) -> str | None:
    return ("Final" if laporan.final else "Draf") if laporan.data_per else None


COLUMNS = (
    Column("Unit", "unit_nama", short="Laporan", cell="laporan/list.html#unit"),
    Column("Tingkat", "get_tingkat_display", only="file"),
    Column("Tahun", "tahun", sort="tahun"),
    Column("Dokumen", _document, only="file"),
    Column("Versi", lambda row: row.versi if row.data_per else None, cell="laporan/list.html#versi"),
    Column("Status", "get_status_display", cell="laporan/list.html#status"),
    Column("Pengesahan", "keadaan_sah", cell="laporan/list.html#sah"),
    Column("Disahkan", "disahkan.pada", only="file"),
    Column("Diminta", "diminta_pada", sort="diminta_pada"),
)


@requires("laporan.bapas")
@require_safe
def report_list(request):
    form, reports = _reports(request)
    context = {
        "jalur": [HOME],
        "saring": form,
        "keping": form.chips(),
        "boleh_harian": may_count(request.user, "laporan.harian"),
        "tabel": reports.paged(PER_PAGE),
    }
    return page(request, "laporan/list.html", context)


@requires("laporan.bapas")
@require_safe
def report_export(request):
    """The filtered list as a file. A report of a region concerns all its offices, so each gets a line in its trail."""
    kind, (_, reports) = asked(request), _reports(request)
    return reports.file(
        kind, f"daftar-laporan_{timezone.localdate()}", "Laporan",
        note=lambda taken: record_export(request, "laporan", dict.fromkeys(request.user.scope.bapas, taken.rows)),
    )  # fmt: skip


def _reports(request) -> tuple[ReportFilter, Listing]:
    form = ReportFilter(request.GET)
    rows = form.narrow(Laporan.objects.visible_to(request.user)).for_list()
    return form, Listing(request.GET, COLUMNS, rows)


@requires("laporan.bapas")
@takes_form
def report_create(request):
    form = ReportForm(sent(request), user=request.user)
    context = {"jalur": [HOME, CENTRE], "form": form}
    if not form.is_valid():
        return page(request, "laporan/create.html", context, status=form_status(form))
    try:
        laporan = services.request_report(by=request.user, **form.request())
    except Refused as refusal:
        return page(request, "laporan/create.html", context | {"penolakan": refusal}, status=409)
    return redirect("laporan:detail", laporan.pk)


@requires("laporan.bapas")
@require_safe
def report_detail(request, pk):
    laporan = _report(request, pk)
    context = _progress(laporan) | {"boleh_sahkan": approval.may_approve(request.user, laporan)}
    return page(request, "laporan/detail.html", context, fragment="keadaan")


@requires("laporan.bapas")
@require_safe
def report_download(request, pk):
    """The approved edition when it is ready, otherwise the original report."""
    laporan = _ready(request, pk)
    edition = laporan.disahkan
    return _file(request, laporan, edition if edition and edition.ready else laporan)


@requires("laporan.bapas")
@require_safe
def report_download_read(request, pk):
    """The original report: the file whose hash is approved."""
    laporan = _ready(request, pk)
    return _file(request, laporan, laporan)


@requires(approval.VERB)
@takes_form
def report_approve(request, pk):
    """Shows the file to be approved; the form sends its hash back."""
    laporan = _report(request, pk)
    try:
        if request.method == "POST":
            approval.approve(laporan, by=request.user, sha256=request.POST.get("sha256", ""))
            return redirect("laporan:detail", laporan.pk)
        approval.check(laporan, by=request.user)
    except Refused as refusal:
        return _refuse(request, laporan, refusal)
    return page(request, "laporan/sahkan.html", _approvable(laporan))


@requires("laporan.bapas")
@require_POST
def report_cancel(request, pk):
    laporan = _report(request, pk)
    try:
        services.cancel(laporan)
    except Refused as refusal:
        return _refuse(request, laporan, refusal)
    return redirect("laporan:detail", laporan.pk)


@requires("laporan.bapas")
@require_POST
def report_retry(request, pk):
    laporan = _report(request, pk)
    try:
        laporan = services.retry(laporan, by=request.user)
    except Refused as refusal:
        return _refuse(request, laporan, refusal)
    return redirect("laporan:detail", laporan.pk)


@public(
    "Siapa pun yang memegang dokumen boleh memeriksa keasliannya; halaman ini tidak memuat data pribadi.",
    verb=VERIFY,
)
@require_safe
def verifikasi(request):
    """The form; `?kode=` redirects to the answer, `?sidik=` looks up the hash that the browser computed of a file."""
    if _too_often(request):
        return page(request, "laporan/sering.html", status=429)
    if digest := request.GET.get("sidik"):
        return _answer(request, services.find_by_hash(digest), digest=digest.lower())
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("laporan:verify", form.cleaned_data["kode"].strip())
    return page(request, "laporan/verifikasi.html", {"form": form}, status=form_status(form))


@public("Kode QR pada dokumen menuju halaman ini; yang tampil hanya judul, unit, tanggal, dan jabatan.", verb=VERIFY)
@require_safe
def verify(request, kode):
    if _too_often(request):
        return page(request, "laporan/sering.html", status=429)
    return _answer(request, services.find_by_code(kode))


def _report(request, pk) -> Laporan:
    return get_object_or_404(Laporan.objects.visible_to(request.user).for_list(), pk=pk)


def _ready(request, pk) -> Laporan:
    return get_object_or_404(Laporan.objects.visible_to(request.user).ready(), pk=pk)


def _file(request, laporan: Laporan, made: Cetakan):
    """The file of the report or of its approved edition; the trail of every office in it records the download."""
    if not default_storage.exists(made.berkas):
        return _refuse(request, laporan, Refused("Berkas laporan ini tidak ada lagi di server. Buat laporan baru."))
    offices = request.user.scope.bapas.intersection(laporan.kantor)
    record_report(request.user, Akses.Verba.UNDUH, "laporan", offices, objek_id=laporan.pk, rincian=laporan.sebutan)
    return FileResponse(
        default_storage.open(made.berkas),
        as_attachment=True,
        filename=made.nama_berkas,
        content_type="application/pdf",
    )


def _approvable(laporan: Laporan) -> dict:
    return {
        "jalur": [HOME, CENTRE, (laporan.sebutan, reverse("laporan:detail", args=[laporan.pk]))],
        "laporan": laporan,
        "sidik": short(laporan.sha256),
        "lebih_baru": services.newer_version(laporan),
        "jabatan": approval.position(laporan),
    }


def _progress(laporan: Laporan) -> dict:
    """Context of the status region, for the report or its edition; the longer the wait, the slower the polling."""
    job = laporan.disahkan or laporan
    return {
        "jalur": [HOME, CENTRE],
        "laporan": laporan,
        "kerja": job,
        "sah": laporan.disahkan,
        "penyetuju": approval.position(laporan),
        "sisa_detik": job.sisa_detik,
        "jeda": pause(job.diminta_pada),
        "url_verifikasi": verify_url(laporan),
        "kode": spaced(laporan.kode),
    }


def _refuse(request, laporan: Laporan, refusal: Refused):
    context = {"penolakan": refusal, "url_kembali": reverse("laporan:detail", args=[laporan.pk])}
    return page(request, "409.html", context, status=409)


def _answer(request, laporan: Laporan | None, *, digest: str = ""):
    """The answer: genuine, genuine but replaced, or not found; approved or not. It shows the approver's position, never
    the name."""
    if laporan is None:
        context = {
            "form": CodeForm(initial=request.resolver_match.kwargs),
            "tidak_ditemukan": True,
            "dari_berkas": bool(digest),
        }
        return page(request, "laporan/verifikasi.html", context, status=404)
    context = {
        "form": CodeForm(),
        "laporan": laporan,
        "sah": laporan.disahkan,
        "lebih_baru": services.newer_version_for_anyone(laporan),
        "judul": title_of(laporan.tingkat, unit_name(laporan), laporan.tahun),
        "unit": unit_name(laporan),
        "kode": spaced(laporan.kode),
        "dari_berkas": bool(digest),
        "dibaca": digest == laporan.sha256,
    }
    return page(request, "laporan/verifikasi.html", context)


def _too_often(request) -> bool:
    """Whether this address exceeds its checks per minute: it must not try codes in series."""
    return limits.count(f"verifikasi:{_address(request)}", seconds=60) > CHECKS_PER_MINUTE


def _address(request) -> str:
    """The client address as the outermost trusted proxy saw it."""
    hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    return hops[-proxies] if proxies and len(hops) >= proxies else request.META["REMOTE_ADDR"]
