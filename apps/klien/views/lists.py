"""The caseload: list, search, download."""

from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import REASON, may, reach
from apps.dasar import tables
from apps.dasar.keyset import newest_first
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien import exports
from apps.klien.caseload import Caseload
from apps.klien.crypto import blind_index
from apps.klien.forms.lists import CODE, NikForm
from apps.klien.models import Klien
from apps.klien.views.shared import CRUMBS

PER_PAGE = 25


@requires("klien.lihat")
@require_safe
def client_list(request):
    """Own clients for a PK, the office for others. Kanwil and Ditjenpas open one file at a time instead."""
    if reach(request.user, "klien.lihat") == REASON:
        return redirect("klien:open")
    caseload = Caseload(request.user, request.GET)
    counts = caseload.counts()
    count = counts[caseload.tab]
    if caseload.term and not caseload.term_too_short:
        _note(request, Akses.Verba.CARI, f"cari, {count} hasil")
    context = {
        "daftar": caseload,
        "hal": _page_of(caseload, count, request.GET),
        "jumlah": count,
        "tab": caseload.tabs(counts),
        "boleh_catat": may(request.user, "bimbingan.catat"),
        "boleh_tambah": may(request.user, "klien.tambah"),
        "boleh_jadwal": may(request.user, "jadwal.atur"),
        "lihat_jadwal": may(request.user, "jadwal.lihat"),
        "boleh_impor": may(request.user, "klien.impor"),
    }
    return page(request, "klien/list.html", context, fragment="hasil")


def _page_of(caseload, count, query):
    """Those who ended are ten times as many and come by falling id; the open tabs are short and come by urgency."""
    if caseload.by_id:
        return newest_first(caseload.rows(), query, PER_PAGE)
    paginator = Paginator(caseload.rows(), PER_PAGE)
    paginator.count = count
    return paginator.get_page(query.get("page"))


@requires("klien.lihat")
@require_safe
def export(request):
    """The open tab with its filters as XLSX or CSV; every download leaves a trace with the number of rows."""
    kind = tables.asked(request)
    if reach(request.user, "klien.lihat") == REASON:
        raise Http404
    caseload = Caseload(request.user, request.GET)
    rows = list(exports.table(caseload.rows(), caseload.today))
    _note(request, Akses.Verba.EKSPOR, f"{kind}, tab {caseload.tab}, {len(rows)} baris")
    name = f"daftar-klien-{caseload.today:%Y-%m-%d}"
    return tables.file_response(kind, name, "Klien", exports.HEAD, rows, frozen=2)


@requires("klien.lihat")
@require_safe
def search(request):
    """The search box of the frame: a code opens the file, a name the list of the whole office."""
    term = request.GET.get("q", "").strip()
    if CODE.fullmatch(term):
        found = Klien.objects.visible_to(request.user).filter(kode=term.upper()).first()
        if found:
            return redirect("klien:detail", pk=found.pk)
    return redirect(reverse("klien:list", query={"q": term, "lingkup": "kantor"}))


@requires("klien.lihat")
@takes_form
def by_nik(request):
    """The newest registration of one person at the own office. The number travels in the body of the request."""
    if reach(request.user, "klien.lihat") == REASON:
        return redirect("klien:open")
    form = NikForm(sent(request))
    if form.is_bound and form.is_valid():
        same = Klien.objects.visible_to(request.user).filter(orang__nik_hmac=blind_index(form.cleaned_data["nik"]))
        found = same.order_by(Case(When(status=Klien.Status.AKTIF, then=0), default=1), "-pk").first()
        _note(request, Akses.Verba.CARI, f"NIK, {int(found is not None)} hasil")
        if found:
            return redirect("klien:detail", pk=found.pk)
        form.add_error("nik", "NIK ini tidak terdaftar di kantor Anda. Periksa kembali.")
    context = {"form": form, "jalur": CRUMBS}
    return page(request, "klien/cari_nik.html", context, status=form_status(form))


def _note(request, verba, rincian: str) -> None:
    record_access(request, verba, "klien", bapas_id=request.user.penugasan.bapas_id, rincian=rincian)
