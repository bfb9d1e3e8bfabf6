"""Pages of the two books (tables): inquiries (litmas) and accompaniment (pendampingan), with the same five verbs."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.dasar.lists import Column, Listing, Taken
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.tables import asked
from apps.jejak.compare import compare
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.jejak.versions import Changed
from apps.litmas import services
from apps.litmas.forms import BookFilter, CancelForm, EntryForm, LitmasForm, PendampinganForm
from apps.litmas.models import Litmas, Pendampingan
from apps.wilayah.days import today

PER_PAGE = 25


@dataclass(frozen=True)
class Book:
    """One of the two books: its model, its form, its words."""

    model: type
    form: type[EntryForm]
    name: str
    """Prefix of its URL names, and its name in the trail."""
    title: str
    columns: tuple[Column, ...]
    tabs: tuple[tuple[str, str, Callable], ...]


LITMAS = Book(
    Litmas, LitmasForm, "litmas", "Litmas",
    (
        Column("Jenis", "jenis.nama", cell="litmas/litmas.html#jenis"),
        Column("Kategori usia", "get_untuk_display", only="file"),
        Column("Inisial", "inisial", only="file"),
        Column("Peminta", "peminta", cell="litmas/litmas.html#peminta"),
        Column("Nomor surat", "nomor_surat", only="file"),
        Column("Diminta", "diminta", only="file"),
        Column("Tenggat", "tenggat", sort="tenggat"),
        Column("Status", cell="litmas/litmas.html#status"),
        Column("Selesai", "selesai", only="file"),
        Column("Rekomendasi", "get_rekomendasi_display", only="file"),
        Column("TPP", "tpp_tanggal", only="file"),
        Column("PK", "pk_pelaksana.nama", sort="pk_pelaksana__nama"),
        Column("Batal karena", "alasan_batal", only="file"),
    ),
    (
        ("buka", "Belum selesai", lambda rows: rows.open()),
        ("selesai", "Selesai", lambda rows: rows.counted().exclude(selesai=None)),
        ("batal", "Dibatalkan", lambda rows: rows.exclude(alasan_batal="")),
    ),
)  # fmt: skip
PENDAMPINGAN = Book(
    Pendampingan, PendampinganForm, "pendampingan", "Pendampingan",
    (
        Column("Tahap", "get_tahap_display", cell="litmas/pendampingan.html#tahap"),
        Column("Tanggal", "tanggal", sort="tanggal"),
        Column("Kategori usia", "get_untuk_display", only="file"),
        Column("Inisial", "inisial", only="file"),
        Column("Tempat", "instansi"),
        Column("Hasil", "get_hasil_display", cell="litmas/pendampingan.html#hasil"),
        Column("PK", "pk_pelaksana.nama", sort="pk_pelaksana__nama"),
        Column("Batal karena", "alasan_batal", only="file"),
    ),
    (
        ("buka", "Masih berjalan", lambda rows: rows.counted().filter(hasil=Pendampingan.Hasil.BERJALAN)),
        ("selesai", "Selesai", lambda rows: rows.counted().exclude(hasil=Pendampingan.Hasil.BERJALAN)),
        ("batal", "Dibatalkan", lambda rows: rows.exclude(alasan_batal="")),
    ),
)  # fmt: skip


@requires("litmas.lihat")
@require_safe
def litmas_list(request):
    return _list(request, LITMAS)


@requires("litmas.lihat")
@require_safe
def litmas_export(request):
    return _export(request, LITMAS)


@requires("litmas.catat")
@takes_form
def litmas_create(request):
    return _create(request, LITMAS)


@requires("litmas.catat")
@takes_form
def litmas_edit(request, pk):
    return _edit(request, LITMAS, pk)


@requires("litmas.catat")
@takes_form
def litmas_cancel(request, pk):
    return _cancel(request, LITMAS, pk)


@requires("litmas.lihat")
@require_safe
def pendampingan_list(request):
    return _list(request, PENDAMPINGAN)


@requires("litmas.lihat")
@require_safe
def pendampingan_export(request):
    return _export(request, PENDAMPINGAN)


@requires("litmas.catat")
@takes_form
def pendampingan_create(request):
    return _create(request, PENDAMPINGAN)


@requires("litmas.catat")
@takes_form
def pendampingan_edit(request, pk):
    return _edit(request, PENDAMPINGAN, pk)


@requires("litmas.catat")
@takes_form
def pendampingan_cancel(request, pk):
    return _cancel(request, PENDAMPINGAN, pk)


# --- shared by both books ---------------------------------------------------------------------


def _list(request, book):
    form = BookFilter(request.GET, office=request.user.penugasan.bapas)
    tab, listed = _rows(request, book, form)
    tabs = [{"label": label, "url": f"?tab={key}", "jumlah": None, "aktif": key == tab} for key, label, _ in book.tabs]
    context = {
        "buku": book, "tabel": listed.paged(PER_PAGE), "saring": form, "tab": tabs,
        "keping": form.chips(), "url": _url(book, "list"), "url_tambah": _url(book, "create"),
        "url_unduh": _url(book, "export"), "boleh_catat": may(request.user, "litmas.catat"),
        "hari_ini": today(request.user), "lain": PENDAMPINGAN if book is LITMAS else LITMAS,
        "url_lain": _url(PENDAMPINGAN if book is LITMAS else LITMAS, "list"),
    }  # fmt: skip
    return page(request, f"litmas/{book.name}.html", context)


def _export(request, book):
    """The open tab with its filters as a file; the number of rows is written into the trail."""
    kind = asked(request)
    bapas = request.user.penugasan.bapas
    tab, listed = _rows(request, book, BookFilter(request.GET, office=bapas))

    def note(taken: Taken) -> None:
        words = f"{kind}, tab {tab}, {taken.rows} baris"
        record_access(request, Akses.Verba.EKSPOR, book.name, bapas_id=bapas.pk, rincian=words)

    return listed.file(kind, f"{book.name}_{today(request.user)}", book.title, note=note)


def _create(request, book):
    form = book.form(sent(request), user=request.user)
    if not form.is_valid():
        return _form_page(request, book, form, f"Catat {book.title.lower()}")
    _, new = services.record(form.instance, key=form.cleaned_data["kunci"] or uuid.uuid4(), by=request.user)
    messages.success(request, f"{book.title} tercatat." if new else f"{book.title} ini sudah tercatat.")
    return redirect(_url(book, "list"))


def _edit(request, book, pk):
    entry = get_object_or_404(book.model.objects.visible_to(request.user).select_related("klien"), pk=pk)
    form = book.form(sent(request), instance=entry, user=request.user)
    title = f"Ubah {book.title.lower()}"
    if not form.is_valid():
        record_access(request, Akses.Verba.LIHAT, book.name, bapas_id=entry.bapas_id, objek_id=entry.pk)
        return _form_page(request, book, form, title, entry=entry)
    try:
        services.change(entry, seen=form.cleaned_data["versi"], **form.facts)
    except Changed as change:
        stored = book.form(instance=change.current, user=request.user)
        return compare(request, (form, stored), back=_url(book, "list"), jalur=_trail(book))
    except Refused as refusal:
        return _form_page(request, book, form, title, entry=entry, refusal=refusal)
    messages.success(request, "Perubahan tersimpan.")
    return redirect(_url(book, "list"))


def _cancel(request, book, pk):
    entry = get_object_or_404(book.model.objects.visible_to(request.user), pk=pk)
    form = CancelForm(sent(request))
    refusal = None
    if form.is_valid():
        try:
            services.cancel(entry, alasan=form.cleaned_data["alasan"])
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, f"{book.title} dibatalkan. Catatannya tetap tersimpan.")
            return redirect(_url(book, "list"))
    context = {"form": form, "entri": entry, "buku": book, "penolakan": refusal, "url_kembali": _url(book, "list")}
    return page(request, "litmas/batal.html", context, status=form_status(form, refusal))


def _form_page(request, book, form, title, *, entry=None, refusal=None):
    context = {
        "form": form, "judul": title, "buku": book, "entri": entry, "penolakan": refusal,
        "url_kembali": _url(book, "list"), "url_batal": _url(book, "cancel", entry.pk) if entry else "",
        "jalur": _trail(book),
    }  # fmt: skip
    return page(request, "litmas/form.html", context, status=form_status(form, refusal))


def _rows(request, book, form) -> tuple[str, Listing]:
    """(open tab, its filtered rows)."""
    wanted = request.GET.get("tab", "")
    key, _, narrowed = next((tab for tab in book.tabs if tab[0] == wanted), book.tabs[0])
    rows = form.narrow(narrowed(book.model.objects.visible_to(request.user).for_list()))
    return key, Listing(request.GET, book.columns, rows)


def _trail(book) -> list[tuple[str, str]]:
    return [("Beranda", "/"), (book.title, _url(book, "list"))]


def _url(book, act, *args) -> str:
    return reverse(f"litmas:{book.name}_{act}", args=args)
