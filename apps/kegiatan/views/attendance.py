"""Pages of the attendance list: marking, adding people by code or by search, the sheet to sign."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.dasar.ids import ids_of
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.kegiatan import services
from apps.kegiatan.field_lists import goes_along
from apps.kegiatan.forms import AttendanceForm, CodesForm, DeviceForm, SearchForm
from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.kegiatan.views.activities import trail
from apps.klien.models import Klien
from apps.klien.views.devices import HEADER, accepted, answers_queues, from_queue, refused

FOUND = 25


@answers_queues
@requires("kegiatan.buat")
@takes_form
def attendance(request, pk):
    """Mark who came. Posting the same page twice changes nothing."""
    kegiatan = _kegiatan(request, pk)
    people = kegiatan.people_for(request.user)
    form = AttendanceForm(sent(request), daftar=people)
    if from_queue(request):
        return _from_device(request, kegiatan, form)
    if not form.is_valid():
        return _attendance_page(request, kegiatan, form)
    try:
        changed = services.mark(kegiatan, form.marks(), by=request.user)
    except Refused as refusal:
        return _attendance_page(request, kegiatan, form, refusal=refusal)
    messages.success(request, f"Daftar hadir tersimpan, {changed} perubahan." if changed else "Tidak ada yang berubah.")
    return redirect("kegiatan:attendance" if "semua" in request.POST else "kegiatan:detail", pk)


def _from_device(request, kegiatan, form):
    """Store a list from a device's outbox. It may be late and may come twice."""
    sent = DeviceForm({**request.POST.dict(), "kunci": request.headers[HEADER]})
    for checked in (sent, form):
        if not checked.is_valid():
            return refused(checked, 422)
    try:
        fresh = services.mark_once(kegiatan, form.marks(), by=request.user, **sent.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return refused(form, 409)
    messages.success(request, "Daftar hadir tersimpan.")
    return accepted(request, fresh=fresh, url=reverse("kegiatan:detail", args=[kegiatan.pk]))


@requires("kegiatan.buat")
@require_POST
def add_by_code(request, pk):
    kegiatan = _kegiatan(request, pk)
    codes = CodesForm(request.POST)
    if codes.is_valid():
        typed = codes.cleaned_data["kode"]
        _note_search(request, kegiatan, f"{len(typed)} kode untuk daftar hadir")
        try:
            added = services.enlist_by_code(kegiatan, typed, by=request.user)
        except services.UnknownCode as unknown:
            codes.add_error("kode", str(unknown))
        except Refused as refusal:
            return _attendance_page(request, kegiatan, codes=codes, refusal=refusal)
        else:
            messages.success(request, f"{added} peserta ditambahkan." if added else "Peserta sudah ada pada daftar.")
            return redirect("kegiatan:attendance", pk)
    return _attendance_page(request, kegiatan, codes=codes)


@requires("kegiatan.buat")
@requires("klien.lihat")
@takes_form
def invite(request, pk):
    """Officers choose from the clients of their office. Partners do not see clients and have no such page."""
    kegiatan = _kegiatan(request, pk)
    if request.method != "POST":
        return _invite_page(request, kegiatan)
    ids = ids_of(request.POST.getlist("klien"))
    try:
        added = services.enlist(kegiatan, _candidates(request, kegiatan).filter(pk__in=ids), by=request.user)
    except Refused as refusal:
        return _invite_page(request, kegiatan, refusal)
    messages.success(request, f"{added} peserta ditambahkan." if added else "Tidak ada klien yang dipilih.")
    return redirect("kegiatan:attendance", pk)


@requires("kegiatan.buat")
@require_POST
def strike(request, pk, kehadiran):
    rows = Kehadiran.objects.visible_to(request.user).select_related("kegiatan__bapas")
    row = get_object_or_404(rows, kegiatan=pk, pk=kehadiran)
    try:
        services.strike(row)
    except Refused as refusal:
        return _attendance_page(request, _kegiatan(request, pk), refusal=refusal)
    messages.success(request, f"{row.kode} dihapus dari daftar.")
    return redirect("kegiatan:attendance", pk)


@requires("kegiatan.buat")
@require_GET
def sheet(request, pk):
    """The A4 sheet to sign, with empty lines up to the quota."""
    kegiatan = _kegiatan(request, pk)
    people = kegiatan.people_for(request.user)
    _note_view(request, kegiatan, people)
    context = {"kegiatan": kegiatan, "peserta": people, "kosong": range(len(people) + 1, kegiatan.kuota + 1)}
    return page(request, "kegiatan/sheet.html", context)


def _kegiatan(request, pk) -> Kegiatan:
    return get_object_or_404(Kegiatan.objects.visible_to(request.user).for_list(), pk=pk)


def _attendance_page(request, kegiatan, form=None, *, codes=None, refusal=None):
    if form is None:
        form = AttendanceForm(daftar=kegiatan.people_for(request.user))
    _note_view(request, kegiatan, form.daftar)
    context = {
        "form": codes or form,
        "hadir": form,
        "kode": codes or CodesForm(),
        "kegiatan": kegiatan,
        "penolakan": refusal,
        "sisa": max(kegiatan.kuota - len(form.daftar), 0),
        "dapat_dibawa": goes_along(kegiatan, request.user),
        "boleh_cari": not request.user.scope.mitra and may(request.user, "klien.lihat"),
        "jalur": trail(kegiatan),
    }
    return page(request, "kegiatan/attendance.html", context, status=form_status(codes or form, refusal))


def _invite_page(request, kegiatan, refusal=None):
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "kegiatan": kegiatan,
        "saring": form,
        "cari": words,
        "temuan": _search(request, kegiatan, words) if words else [],
        "dipilih": request.POST.getlist("klien"),
        "penolakan": refusal,
        "jalur": trail(kegiatan),
    }
    return page(request, "kegiatan/invite.html", context, status=409 if refusal else 200)


def _candidates(request, kegiatan):
    """Active clients of the activity's office who are not on its list."""
    rows = Klien.objects.visible_to(request.user).active().filter(bapas_id=kegiatan.bapas_id)
    return rows.exclude(pk__in=kegiatan.daftar_hadir().values("klien"))


def _search(request, kegiatan, words) -> list[Klien]:
    _note_search(request, kegiatan, "calon peserta")
    rows = _candidates(request, kegiatan).searched(words)
    return list(rows.order_by("nama_urut", "pk")[:FOUND])


def _note_search(request, kegiatan, words):
    record_access(
        request, Akses.Verba.CARI, "klien", bapas_id=kegiatan.bapas_id, rincian=f"{words}, kegiatan {kegiatan.pk}"
    )


def _note_view(request, kegiatan, people):
    """Record that a list was read, unless nobody is on it."""
    if people:
        record_access(request, Akses.Verba.LIHAT, "kegiatan", bapas_id=kegiatan.bapas_id, objek_id=kegiatan.pk)
