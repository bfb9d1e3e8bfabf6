"""Pages about Pokmas: directory, profile, data, members, decree."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.akun.access import requires
from apps.akun.roles import Peran, may, reach
from apps.dasar.errors import Refused
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.tables import asked
from apps.jejak.compare import compare
from apps.jejak.services import record_export
from apps.jejak.versions import Changed
from apps.pokmas import services
from apps.pokmas.forms import (
    AnggotaForm,
    AppointForm,
    DirectoryFilter,
    DismissForm,
    ExistingAnggotaForm,
    NewPokmasForm,
    OwnPokmasForm,
    PokmasForm,
)
from apps.pokmas.models import Anggota, Pokmas
from apps.wilayah.scope import database_scope

PER_PAGE = 25


def _columns(user, offices) -> list[Column]:
    """Columns of the directory. A partner reads the contacts and opens only its own group."""
    outside = bool(user.scope.mitra)
    return [
        Column("Nama", str, link=lambda row: _url(row) if row.mitra_id == user.scope.mitra or not outside else "",
               sort="mitra__nama"),
        Column("Bidang", "bidang_nama"),
        Column("Bentuk", "get_bentuk_display", only="file"),
        Column("Status", "get_status_display", cell="pokmas/list.html#status"),
        Column("Nomor SK", "sk_nomor", only="file"),
        Column("Tanggal SK", "sk_tanggal", only="file"),
        Column("Nomor PKS", "pks_nomor", only="file"),
        Column("Bapas", "bapas", only="" if len(offices) > 1 else "file"),
        Column("Kontak", lambda row: row.mitra.kontak or None, when=outside),
        Column("PKS berakhir", "pks_selesai", cell="pokmas/list.html#pks", sort="pks_selesai", when=not outside),
        Column("Anggota", "anggota_aktif", number=True, sort="anggota_aktif"),
    ]  # fmt: skip


@requires("pokmas.lihat")
@require_GET
def pokmas_list(request):
    if not request.GET and (own := _only_own_group(request.user)):
        return redirect("pokmas:detail", own.pk)
    form, directory, scope = _directory(request)
    with database_scope(scope):
        directory.paged(PER_PAGE)
    context = {
        "tabel": directory,
        "saring": form,
        "keping": form.chips(),
        "url": reverse("pokmas:list"),
        "boleh_tambah": reach(request.user, "pokmas.kelola") == "unit",
    }
    return page(request, "pokmas/list.html", context, fragment="daftar")


@requires("pokmas.lihat")
@require_GET
def pokmas_export(request):
    """The filtered directory as a file, for offices and headquarters. Institutions only, no members."""
    kind = asked(request)
    if request.user.scope.mitra:
        raise Http404
    _, directory, _ = _directory(request)
    return directory.file(
        kind, f"pokmas_{timezone.localdate()}", "Pokmas",
        note=lambda taken: record_export(request, "pokmas", taken.offices),
    )  # fmt: skip


def _directory(request):
    """(filter, filtered list, scope under which the list is read)."""
    rows, scope = services.directory(request.user)
    form = DirectoryFilter(request.GET, offices=scope.bapas)
    return form, Listing(request.GET, _columns(request.user, scope.bapas), form.narrow(rows.for_list())), scope


@requires("pokmas.lihat")
@require_GET
def pokmas_detail(request, pk):
    pokmas = get_object_or_404(Pokmas.objects.visible_to(request.user).for_list(), pk=pk)
    members = pokmas.anggota.order_by("-aktif", "nama")
    context = {"pokmas": pokmas, "anggota": members, "boleh": _verbs(request.user), "jalur": _trail(request.user)}
    return page(request, "pokmas/detail.html", context)


@requires("pokmas.kelola")
@takes_form
def pokmas_create(request):
    """Registration of a candidate. Only an office may do it; a partner has no office."""
    if reach(request.user, "pokmas.kelola") != "unit":
        raise PermissionDenied
    bapas = request.user.penugasan.bapas
    form, refusal = NewPokmasForm(sent(request), bapas=bapas), None
    if form.is_valid():
        try:
            pokmas = services.register(
                bapas=bapas, by=request.user, mitra=form.mitra, identitas=form.identity, **form.facts
            )
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, f"{pokmas} tersimpan sebagai calon. Kepala Bapas dapat menetapkannya dengan SK.")
            return redirect("pokmas:detail", pokmas.pk)
    return _form_page(request, form, refusal, judul="Tambah Pokmas", url_kembali=reverse("pokmas:list"))


@requires("pokmas.kelola")
@takes_form
def pokmas_edit(request, pk):
    pokmas = get_object_or_404(Pokmas.objects.visible_to(request.user).select_related("mitra", "bapas"), pk=pk)
    form, refusal = _data_form(request.user, sent(request), pokmas), None
    if form.is_valid():
        try:
            services.change(pokmas, seen=form.cleaned_data["versi"], identitas=form.identity, **form.facts)
        except Changed as change:
            stored = _data_form(request.user, None, change.current)
            return compare(request, (form, stored), back=_url(pokmas), jalur=_trail(request.user))
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, "Data Pokmas tersimpan.")
            return redirect("pokmas:detail", pokmas.pk)
    return _form_page(request, form, refusal, judul=f"Ubah data {pokmas}", url_kembali=_url(pokmas))


@requires("pokmas.tetapkan")
@takes_form
def pokmas_appoint(request, pk):
    pokmas = get_object_or_404(Pokmas.objects.visible_to(request.user).select_related("mitra"), pk=pk)
    form, refusal = AppointForm(sent(request)), None
    if form.is_valid():
        try:
            services.appoint(pokmas, by=request.user, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, f"{pokmas} ditetapkan dengan SK {form.cleaned_data['sk_nomor']}.")
            return redirect("pokmas:detail", pokmas.pk)
    return _form_page(request, form, refusal, judul=f"Tetapkan {pokmas}", url_kembali=_url(pokmas), tombol="Tetapkan")


@requires("pokmas.tetapkan")
@takes_form
def pokmas_dismiss(request, pk):
    pokmas = get_object_or_404(Pokmas.objects.visible_to(request.user).select_related("mitra"), pk=pk)
    form, refusal = DismissForm(sent(request)), None
    if form.is_valid():
        try:
            services.dismiss(pokmas, by=request.user, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, f"{pokmas} sekarang tidak aktif.")
            return redirect("pokmas:detail", pokmas.pk)
    after = f"{pokmas} tidak dapat membuat kegiatan baru dan tidak tampil sebagai Pokmas aktif."
    context = {"form": form, "penolakan": refusal, "pokmas": pokmas, "akibat": after, "url_kembali": _url(pokmas)}
    return page(request, "pokmas/dismiss.html", context, status=form_status(form, refusal))


@requires("pokmas.kelola")
@takes_form
def member_add(request, pk):
    pokmas = get_object_or_404(Pokmas.objects.visible_to(request.user).select_related("mitra"), pk=pk)
    form = AnggotaForm(sent(request))
    if form.is_valid():
        anggota = services.add_member(pokmas, form.save(commit=False))
        messages.success(request, f"{anggota} tercatat sebagai anggota.")
        return redirect("pokmas:detail", pokmas.pk)
    return _form_page(request, form, judul=f"Tambah anggota {pokmas}", url_kembali=_url(pokmas))


@requires("pokmas.kelola")
@takes_form
def member_edit(request, pk, anggota):
    member = get_object_or_404(Anggota.objects.visible_to(request.user).select_related("pokmas"), pokmas=pk, pk=anggota)
    form = ExistingAnggotaForm(sent(request), instance=member)
    if form.is_valid():
        form.save()
        messages.success(request, f"Data {member} tersimpan.")
        return redirect("pokmas:detail", pk)
    return _form_page(request, form, judul=f"Ubah anggota {member}", url_kembali=_url(member.pokmas))


def _form_page(request, form, refusal=None, *, tombol="Simpan", **context):
    """The page of every form in this module: 422 for a bad form, 409 for a broken rule."""
    context |= {"form": form, "penolakan": refusal, "tombol": tombol, "jalur": _trail(request.user)}
    return page(request, "pokmas/form.html", context, status=form_status(form, refusal))


def _data_form(user, data, pokmas):
    """The form of the office (everything except the decree) or of the coordinator (the group's own data)."""
    if user.scope.mitra:
        return OwnPokmasForm(data, instance=pokmas)
    return PokmasForm(data, instance=pokmas, bapas=pokmas.bapas)


def _only_own_group(user) -> Pokmas | None:
    """A coordinator's group when there is exactly one, otherwise None."""
    if user.penugasan.peran != Peran.KOORDINATOR_POKMAS:
        return None
    groups = Pokmas.objects.visible_to(user)[:2]
    return groups[0] if len(groups) == 1 else None


def _verbs(user) -> dict:
    return {verb: may(user, f"pokmas.{verb}") for verb in ("kelola", "tetapkan")}


def _trail(user):
    return [("Beranda", "/"), ("Pokmas", reverse("pokmas:list") + ("?semua=1" if user.scope.mitra else ""))]


def _url(pokmas):
    return reverse("pokmas:detail", args=[pokmas.pk])
