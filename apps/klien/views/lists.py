"""The caseload: list, search, download."""

from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import REASON, may, reach
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.tables import asked
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien import cells
from apps.klien.caseload import Caseload
from apps.klien.crypto import blind_index
from apps.klien.forms.lists import CODE, NikForm
from apps.klien.models import Klien, days_late
from apps.klien.views.shared import CRUMBS

PER_PAGE, MOST_ON_PAPER = 25, 500


def _columns(caseload: Caseload) -> list[Column]:
    """Columns of the list. The first (choose) and the last (log) appear only for readers who may do that."""
    user = caseload.user

    def by(field: str) -> str:
        """A list by id is read page by page: only names order it too."""
        return "" if caseload.by_id else field

    return [
        Column("Pilih", cell=cells.choose, css="p-pilih", silent=True, when=caseload.may_choose),
        Column("Kode", "kode", only="file"),
        Column("Nama", "nama", cell=cells.name, sort="nama_urut"),
        Column("Desa/kelurahan", "kelurahan", short="Desa", css="p-lebar", sort=by("kelurahan")),
        Column("Kategori usia", "get_kategori_usia_display", only="file"),
        Column("Jenis program", "program_nama", short="Program", cell=cells.programme, css="p-lebar"),
        Column(
            "Akhir masa",
            "program_selesai",
            cell=cells.day("program_selesai"),
            css="p-lebar p-hari",
            sort=by("program_selesai"),
        ),
        Column("Status", "get_status_display", only="file"),
        Column(
            "Bimbingan terakhir",
            "jadwal.terakhir",
            short="Terakhir",
            cell=cells.day("jadwal.terakhir"),
            only="file" if caseload.everyone else "",
            css="p-lebar p-hari",
            sort=by("jadwal__terakhir"),
        ),
        Column(
            "Bimbingan berikutnya",
            "jadwal.berikutnya",
            short="Berikutnya",
            cell=cells.next_contact(caseload.today),
            css="p-tempo",
            sort=by("jadwal__berikutnya"),
        ),
        Column("Hari terlewat", lambda due: days_late(due, caseload.today), of=("jadwal.berikutnya",), only="file"),
        Column("Tidak hadir berturut-turut", "jadwal.absen_beruntun", only="file"),
        Column(
            "Kebutuhan belum terpenuhi",
            "kebutuhan_terbuka",
            short="Kebutuhan",
            number=True,
            css="p-lebar",
            sort=by("kebutuhan_terbuka"),
        ),
        Column(
            "PK",
            "pk_pembimbing.nama",
            only="" if caseload.everyone else "file",
            css="p-lebar",
            sort=by("pk_pembimbing__nama"),
        ),
        Column("Aksi", cell=cells.log, css="p-aksi", silent=True, when=may(user, "bimbingan.catat")),
    ]


@requires("klien.lihat")
@require_safe
def client_list(request):
    """A PK's own clients, for others those of the office. Kanwil and Ditjenpas open one file at a time instead."""
    if reach(request.user, "klien.lihat") == REASON:
        return redirect("klien:open")
    caseload = Caseload(request.user, request.GET)
    counts = caseload.counts()
    count = counts[caseload.tab]
    if caseload.term and not caseload.term_too_short:
        _note(request, Akses.Verba.CARI, f"cari, {count} hasil")
    context = {
        "daftar": caseload,
        "tabel": _page_of(caseload, count, request.GET),
        "jumlah": count,
        "tab": caseload.tabs(counts),
        "boleh_catat": may(request.user, "bimbingan.catat"),
        "boleh_tambah": may(request.user, "klien.tambah"),
        "lihat_jadwal": may(request.user, "jadwal.lihat"),
        "boleh_alihkan": may(request.user, "klien.alihkan"),
        "boleh_impor": may(request.user, "klien.impor"),
    }
    return page(request, "klien/list.html", context, fragment="hasil")


def _page_of(caseload, count, query) -> Listing:
    """Ended registrations are many: keyset pages by falling id. The open tabs are short and ordered by urgency."""
    clients = Listing(query, _columns(caseload), caseload.rows())
    if caseload.on_paper:
        return Listing(query, _columns(caseload), caseload.queryset(), most=MOST_ON_PAPER)
    return clients.newest(PER_PAGE) if caseload.by_id else clients.paged(PER_PAGE, count=count)


@requires("klien.lihat")
@require_safe
def export(request):
    """The open tab with its filters as XLSX or CSV; every download leaves a trace with the number of rows."""
    kind = asked(request)
    if reach(request.user, "klien.lihat") == REASON:
        raise Http404
    caseload = Caseload(request.user, request.GET)
    clients = Listing(request.GET, _columns(caseload), caseload.queryset())
    return clients.file(
        kind, f"daftar-klien_{caseload.today}", "Klien", frozen=2,
        note=lambda taken: _note(request, Akses.Verba.EKSPOR, f"{kind}, tab {caseload.tab}, {taken.rows} baris"),
    )  # fmt: skip


@requires("klien.lihat")
@require_safe
def search(request):
    """The search box in the page header: a code opens the file, a name the list of the whole office."""
    term = request.GET.get("q", "").strip()
    if CODE.fullmatch(term):
        found = Klien.objects.visible_to(request.user).filter(kode=term.upper()).first()
        if found:
            return redirect("klien:detail", pk=found.pk)
    return redirect(reverse("klien:list", query={"q": term, "lingkup": "kantor"}))


@requires("klien.lihat")
@takes_form
def by_nik(request):
    """Search of the user's own office by NIK: active registrations first, then the newest. The NIK is sent by POST."""
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
