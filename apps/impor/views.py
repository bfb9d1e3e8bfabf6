"""From a file to rows in the portal: upload, columns, preview, decision, result."""

import json

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from apps.akun.access import requires
from apps.dasar.errors import Refused
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import form_status, page, sent, takes_form, wants_fragment
from apps.dasar.tables import KINDS as FILES
from apps.dasar.tables import asked, file_response
from apps.impor import files, gaps, services, workbooks
from apps.impor.forms import ColumnsForm, DecisionForm, GapFilter, UploadForm
from apps.impor.gate import MOST_BYTES
from apps.impor.kinds import KINDS
from apps.impor.models import Impor
from apps.impor.preview import Preview
from apps.jejak.jobs import pause
from apps.jejak.models import Akses
from apps.jejak.services import record_access, record_export

PER_PAGE = 25
COLUMNS = (
    Column("Berkas", "nama_berkas", cell="impor/list.html#berkas", sort="nama_berkas"),
    Column("Isi", "get_jenis_display"),
    Column("Status", "get_status_display", cell="impor/list.html#status"),
    Column("Baris", "jumlah_baris", only="file", number=True),
    Column("Disimpan", "jumlah_disimpan", number=True),
    Column("Perlu diperbaiki", "jumlah_salah", number=True, sort="jumlah_salah"),
    Column("Diunggah", "dibuat_pada", cell="impor/list.html#diunggah", sort="dibuat_pada"),
    Column("Diunggah oleh", "dibuat_oleh.nama", only="file"),
)
GAP_COLUMNS = (
    Column("Nama", "nama", link=lambda klien: reverse("klien:edit", args=[klien.pk])),
    Column("Kode", "kode"),
    Column("Masih perlu dilengkapi", gaps.named),
    Column("PK", "pk_pembimbing.nama"),
)
HOME, CLIENTS, LIST = ("Beranda", "/"), ("Klien", "/klien/"), ("Impor", "/impor/")


@requires("klien.impor")
@require_safe
def import_list(request):
    context = {"jalur": [HOME, CLIENTS], "tabel": _imports(request).paged(PER_PAGE)}
    return page(request, "impor/list.html", context)


@requires("klien.impor")
@require_safe
def import_export(request):
    """The uploaded files and what became of them; no row of a client."""
    kind, listed = asked(request), _imports(request)
    return listed.file(
        kind, f"daftar-impor_{timezone.localdate()}", "Impor",
        note=lambda taken: record_export(request, "impor", {request.user.penugasan.bapas_id: taken.rows}),
    )  # fmt: skip


def _imports(request) -> Listing:
    return Listing(request.GET, COLUMNS, Impor.objects.visible_to(request.user).for_list())


@requires("klien.impor")
@require_safe
def gap_list(request):
    """What is still missing, client by client."""
    form = GapFilter(request.GET)
    office = request.user.penugasan.bapas_id
    record_access(request, Akses.Verba.LIHAT, "klien", bapas_id=office, rincian="yang masih perlu dilengkapi")
    context = {"jalur": [HOME, CLIENTS, LIST], "form": form, "tabel": _gaps(request, form).paged(PER_PAGE)}
    return page(request, "impor/gaps.html", context)


@requires("klien.impor")
@require_safe
def gap_export(request):
    kind, listed = asked(request), _gaps(request, GapFilter(request.GET))
    return listed.file(
        kind, f"perlu-dilengkapi_{timezone.localdate()}", "Perlu dilengkapi",
        note=lambda taken: record_export(request, "klien", {request.user.penugasan.bapas_id: taken.rows}),
    )  # fmt: skip


def _gaps(request, form) -> Listing:
    return Listing(request.GET, GAP_COLUMNS, gaps.with_gaps(request.user, form.chosen.get("kurang", "")))


@requires("klien.impor")
@takes_form
def import_create(request):
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context = {"jalur": [HOME, CLIENTS, LIST], "form": form}
    if not form.is_valid():
        return page(request, "impor/create.html", context, status=form_status(form))
    uploaded = form.cleaned_data["berkas"]
    try:
        impor, fresh = services.upload(
            by=request.user, bapas=request.user.penugasan.bapas, jenis=form.cleaned_data["jenis"],
            name=uploaded.name, body=uploaded.read(MOST_BYTES + 1),
        )  # fmt: skip
    except Refused as refusal:
        return page(request, "impor/create.html", context | {"penolakan": refusal}, status=409)
    if fresh and not impor.waiting:
        return redirect("impor:columns", impor.pk)
    if fresh:
        return redirect("impor:detail", impor.pk)
    return redirect(reverse("impor:detail", args=[impor.pk], query={"lama": "1"}))


@requires("klien.impor")
@require_safe
def template(request, jenis):
    """An empty workbook with every heading and one example row."""
    if jenis not in KINDS:
        raise Http404
    heads, rows = workbooks.template(KINDS[jenis])
    return file_response("xlsx", f"contoh-impor-{jenis}", KINDS[jenis].title, heads, rows)


@requires("klien.impor")
@takes_form
def columns(request, pk):
    impor = _import(request, pk)
    if not impor.judul or impor.status not in (Impor.Status.UNGGAH, Impor.Status.SIAP, Impor.Status.GAGAL):
        return redirect("impor:detail", impor.pk)
    form = ColumnsForm(sent(request), impor=impor)
    samples = json.loads(impor.contoh or "[]")
    context = {"jalur": [HOME, CLIENTS, LIST], "form": form, "impor": impor, "kolom": form.with_samples(samples)}
    if not form.is_valid():
        _note(request, impor)
        return page(request, "impor/columns.html", context, status=form_status(form))
    try:
        services.choose_columns(impor=impor, names=form.names, by=request.user)
    except Refused as refusal:
        return _refuse(request, impor, refusal)
    return redirect("impor:detail", impor.pk)


@requires("klien.impor")
@require_safe
def detail(request, pk):
    """Progress while a worker has the file, then the rows to decide about, at last the result."""
    impor = _import(request, pk)
    if impor.status == Impor.Status.UNGGAH:
        go = HttpResponseClientRedirect if wants_fragment(request) else HttpResponseRedirect
        return go(reverse("impor:columns", args=[impor.pk]))
    return page(request, "impor/detail.html", _shown(request, impor), fragment="keadaan")


@requires("klien.impor")
@require_POST
def confirm(request, pk):
    impor = _import(request, pk)
    form = DecisionForm(request.POST, impor=impor)
    if not form.is_valid():
        return page(request, "impor/detail.html", _shown(request, impor) | {"form": form}, status=422)
    try:
        services.confirm(impor=impor, cara=form.cleaned_data["cara"], by=request.user)
    except Refused as refusal:
        context = _shown(request, impor) | {"form": form, "penolakan": refusal}
        return page(request, "impor/detail.html", context, status=409)
    return redirect("impor:detail", impor.pk)


@requires("klien.impor")
@require_POST
def cancel(request, pk):
    return _do(request, pk, services.cancel)


@requires("klien.impor")
@require_POST
def retry(request, pk):
    return _do(request, pk, services.retry)


@requires("klien.impor")
@require_safe
def mistakes(request, pk):
    """The rows that were not accepted, with what is wrong in each, to correct and upload again."""
    impor = _import(request, pk)
    try:
        body = files.fetch(impor.berkas_salah) if impor.berkas_salah else b""
    except FileNotFoundError:
        body = b""
    if not body:
        return _refuse(request, impor, Refused("Tidak ada baris yang perlu diperbaiki, atau berkasnya sudah dihapus."))
    count = impor.jumlah_salah + impor.jumlah_ganda
    record_access(
        request, Akses.Verba.EKSPOR, "impor", bapas_id=impor.bapas_id, objek_id=impor.pk, rincian=f"xlsx, {count} baris"
    )
    response = HttpResponse(body, content_type=FILES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="perbaikan-impor-{impor.pk}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


def _import(request, pk) -> Impor:
    return get_object_or_404(Impor.objects.visible_to(request.user).for_page(), pk=pk)


def _do(request, pk, act):
    impor = _import(request, pk)
    try:
        act(impor=impor, by=request.user)
    except Refused as refusal:
        return _refuse(request, impor, refusal)
    return redirect("impor:detail", impor.pk)


def _refuse(request, impor, refusal):
    context = {"penolakan": refusal, "url_kembali": reverse("impor:detail", args=[impor.pk])}
    return page(request, "409.html", context, status=409)


def _shown(request, impor) -> dict:
    context = {"jalur": [HOME, CLIENTS, LIST], "impor": impor, "lama": request.GET.get("lama")}
    if impor.waiting:
        return context | {"jeda": pause(impor.diminta_pada or impor.dibuat_pada)}
    if impor.status in (Impor.Status.SIAP, Impor.Status.SELESAI):
        preview = Preview(impor, request.GET)
        _note(request, impor)
        context |= {"lihat": preview, "tab": preview.tabs(), "form": DecisionForm(impor=impor)}
        context["hal"] = preview.page() if preview.tab else None
    return context


def _note(request, impor) -> None:
    """Record that the page shows rows of clients."""
    record_access(request, Akses.Verba.LIHAT, "impor", bapas_id=impor.bapas_id, objek_id=impor.pk)
