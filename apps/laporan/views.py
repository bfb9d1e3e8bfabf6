"""Report centre, and the page on which anyone checks a paper."""

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.akun.access import public, requires
from apps.akun.roles import may_count
from apps.jejak.models import Akses
from apps.jejak.services import record_access, record_export
from apps.laporan import services
from apps.laporan.collect import unit_name
from apps.laporan.document import title_of
from apps.laporan.forms import CodeForm, ReportFilter, ReportForm
from apps.laporan.models import Laporan
from apps.wilayah.errors import Refused
from pemasyarakatan import tables
from pemasyarakatan.pages import form_status, page, sent
from pemasyarakatan.wording import waktu_unit

PER_PAGE = 25
CHECKS_PER_MINUTE = 120
TELLING = 35  # percent; before that the speed says nothing
HEADS = ("Unit", "Tingkat", "Tahun", "Dokumen", "Versi", "Status", "Diminta")
HOME = ("Beranda", "/")
CENTRE = ("Laporan", "/laporan/")


@requires("laporan.bapas")
@require_safe
def report_list(request):
    form, reports = _reports(request)
    context = {
        "jalur": [HOME],
        "form": form,
        "active": form.active(),
        "boleh_harian": may_count(request.user, "laporan.harian"),
        "hal": Paginator(reports, PER_PAGE).get_page(request.GET.get("page")),
    }
    return page(request, "laporan/list.html", context)


@requires("laporan.bapas")
@require_safe
def report_export(request):
    """The list as it is filtered now. A report of a region is about all its offices, so each of them learns of it."""
    kind, (_, reports) = tables.asked(request), _reports(request)
    rows = [_cells(laporan, request.user.penugasan) for laporan in reports]
    record_export(request, "laporan", dict.fromkeys(request.user.scope.bapas, len(rows)))
    return tables.file_response(kind, f"daftar-laporan_{timezone.localdate()}", "Laporan", HEADS, rows)


def _reports(request):
    form = ReportFilter(request.GET)
    return form, Laporan.objects.visible_to(request.user).filter(**form.active()).for_list()


def _cells(laporan: Laporan, duty) -> list:
    document = ("Final" if laporan.final else "Draf") if laporan.data_per else ""
    return [
        laporan.unit_nama, laporan.get_tingkat_display(), laporan.tahun, document,
        laporan.versi if laporan.data_per else None, laporan.get_status_display(),
        waktu_unit(laporan.diminta_pada, duty),
    ]  # fmt: skip


@requires("laporan.bapas")
def report_create(request):
    form = ReportForm(sent(request), user=request.user)
    context = {"jalur": [HOME, CENTRE], "form": form}
    if not form.is_valid():
        return page(request, "laporan/create.html", context, status=form_status(form))
    try:
        laporan = services.request_report(by=request.user, **form.request())
    except Refused as refusal:
        return page(request, "laporan/create.html", context | {"refusal": refusal}, status=409)
    return redirect("laporan:detail", laporan.pk)


@requires("laporan.bapas")
@require_safe
def report_detail(request, pk):
    laporan = _report(request, pk)
    return page(request, "laporan/detail.html", _progress(laporan), fragment="keadaan")


@requires("laporan.bapas")
@require_safe
def report_download(request, pk):
    laporan = get_object_or_404(Laporan.objects.visible_to(request.user), pk=pk, status=Laporan.Status.SIAP)
    if not default_storage.exists(laporan.berkas):
        return _refuse(request, laporan, Refused("Berkas laporan ini tidak ada lagi di server. Buat laporan baru."))
    if laporan.bapas_id:
        record_access(request, Akses.Verba.UNDUH, "laporan", bapas_id=laporan.bapas_id, objek_id=laporan.pk)
    return FileResponse(
        default_storage.open(laporan.berkas),
        as_attachment=True,
        filename=laporan.nama_berkas,
        content_type="application/pdf",
    )


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


@public("Siapa pun yang memegang dokumen boleh memeriksa keasliannya; halaman ini tidak memuat data pribadi.")
@require_safe
def verifikasi(request):
    """The form; `?kode=` leads to the answer, `?sidik=` looks up the hash that the browser made of a file."""
    if _too_often(request):
        return page(request, "laporan/sering.html", status=429)
    if digest := request.GET.get("sidik"):
        laporan = services.find_by_hash(digest)
        return _answer(request, laporan, by_file=True)
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("laporan:verify", form.cleaned_data["kode"].strip())
    return page(request, "laporan/verifikasi.html", {"form": form}, status=form_status(form))


@public("Kode QR pada dokumen menuju halaman ini; yang tampil hanya judul, unit, tanggal, dan jabatan.")
@require_safe
def verify(request, kode):
    if _too_often(request):
        return page(request, "laporan/sering.html", status=429)
    return _answer(request, services.find_by_code(kode))


def _report(request, pk) -> Laporan:
    return get_object_or_404(Laporan.objects.visible_to(request.user).for_list(), pk=pk)


def _progress(laporan: Laporan) -> dict:
    """What the status region shows; a page that waits long asks less often."""
    waited = (timezone.now() - laporan.diminta_pada).total_seconds()
    return {
        "jalur": [HOME, CENTRE],
        "laporan": laporan,
        "running": laporan.status in Laporan.RUNNING,
        "remaining": _remaining(laporan.persen, waited),
        "delay": 2 if waited < 20 else 5 if waited < 60 else 10,
        "verify_url": services.verify_url(laporan),
        "kode": services.spaced(laporan.kode),
    }


def _remaining(percent: int, waited: float) -> int:
    """Seconds to go, in steps of five; 0 while it is too early to tell."""
    return max(5, round(waited * (100 - percent) / percent / 5) * 5) if percent >= TELLING else 0


def _refuse(request, laporan: Laporan, refusal: Refused):
    context = {"refusal": refusal, "url_kembali": reverse("laporan:detail", args=[laporan.pk])}
    return page(request, "409.html", context, status=409)


def _answer(request, laporan: Laporan | None, *, by_file: bool = False):
    """Genuine, genuine but replaced, or not found. Position of the approver, never the name."""
    if laporan is None:
        return page(
            request, "laporan/verifikasi.html", {"form": CodeForm(), "missing": True, "by_file": by_file}, status=404
        )
    cover = laporan.potret["cover"]
    context = {
        "form": CodeForm(),
        "laporan": laporan,
        "newer": services.newer_version(laporan),
        "judul": title_of(laporan.tingkat, unit_name(laporan), laporan.tahun),
        "unit": unit_name(laporan),
        "jabatan": (cover["pengesahan"] or {}).get("jabatan", ""),
        "zona": cover["zona_waktu"],
        "kode": services.spaced(laporan.kode),
        "by_file": by_file,
    }
    return page(request, "laporan/verifikasi.html", context)


def _too_often(request) -> bool:
    """A person checks a few papers; who tries codes in rows has to wait."""
    key = f"verifikasi:{_address(request)}:{timezone.now():%H%M}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) > CHECKS_PER_MINUTE


def _address(request) -> str:
    """The caller's address as the nearest trusted proxy saw it."""
    hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    return hops[-proxies] if proxies and len(hops) >= proxies else request.META["REMOTE_ADDR"]
