"""Pages of the ledger (`JamKerja`): record hours, correct them, and confirm them, also on the PK's phone."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from apps.akun.access import requires
from apps.dasar.errors import Refused
from apps.dasar.ids import ids_of
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.kerja_sosial import pins, services
from apps.kerja_sosial.balance import balance_of, jam
from apps.kerja_sosial.forms import ConfirmForm, CorrectionForm, HoursForm, usual_hours
from apps.kerja_sosial.models import JamKerja, KerjaSosial, PengesahanJam, PinPengawas, TempatKerjaSosial
from apps.kerja_sosial.views.shared import closed, crumbs, of_client, sentence
from apps.wilayah.days import today_at

Cara = PengesahanJam.Cara


@requires("kerjasosial.catat")
@takes_form
def record(request, pk):
    """A PK records hours, and the supervisor may confirm them at once by PIN. A supervisor's own entry is confirmed."""
    ks = _sentence(request, pk)
    if not ks.berjalan:
        return closed(request, ks, _home(request, ks))
    form = _hours_form(request, ks)
    if form.is_bound and form.is_valid() and _pin_fits(form, ks.tempat, request.user):
        try:
            entry = services.record(ks, form.work, kunci=form.cleaned_data["kunci"], by=request.user)
        except Refused as refusal:
            return _hours_page(request, ks, form, refusal)
        confirmed = _confirm_now(entry, ks, request.user, bool(form.cleaned_data.get("pin")))
        messages.success(request, f"{jam(entry.jam)} tersimpan{' dan disahkan' if confirmed else ''}.")
        return redirect(_home(request, ks))
    return _hours_page(request, ks, form)


@requires("kerjasosial.catat")
@requires("klien.lihat")
@takes_form
def correct(request, pk):
    rows = JamKerja.objects.visible_to(request.user).select_related("kerja_sosial", "pengesahan")
    entry = get_object_or_404(rows, pk=pk)
    ks = entry.kerja_sosial = sentence(request, entry.kerja_sosial_id)
    if not ks.berjalan:
        return closed(request, ks, of_client(ks.klien))
    start = usual_hours(ks, entry, entry.tanggal)
    form = CorrectionForm(sent(request), ks=ks, day=today_at(ks.bapas), with_pin=False, initial=start)
    if form.is_bound and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("alasan", "kunci")}
        work = None if form.cleaned_data["hapus"] else form.work
        try:
            services.correct(entry, work, by=request.user, **facts)
        except Refused as refusal:
            return _correction_page(request, entry, form, refusal)
        messages.success(request, "Koreksi tersimpan. Baris lama tetap terbaca dalam buku.")
        return redirect(of_client(ks.klien))
    return _correction_page(request, entry, form)


@requires("kerjasosial.catat")
@requires("klien.lihat")
@takes_form
def confirm_by_pin(request, pk):
    """Hours that wait at one place (that of the oldest), confirmed by its supervisor on the PK's phone."""
    ks = sentence(request, pk)
    if not ks.berjalan:
        return closed(request, ks, of_client(ks.klien))
    mine = JamKerja.objects.visible_to(request.user).filter(kerja_sosial=ks)
    waiting = list(mine.waiting().select_related("tempat").order_by("tanggal", "mulai"))
    place = waiting[0].tempat if waiting else ks.tempat
    waiting = [row for row in waiting if row.tempat_id == place.pk]
    form = ConfirmForm(sent(request))
    if form.is_bound and form.is_valid() and _pin_fits(form, place, request.user):
        facts = {"by": request.user, "cara": Cara.PIN, "pengawas": place.pengawas}
        hours = services.confirm([row.pk for row in waiting], rows=mine, **facts)
        messages.success(request, f"{jam(hours)} disahkan oleh {place.pengawas}.")
        return redirect(of_client(ks.klien))
    context = {
        "ks": ks, "klien": ks.klien, "menunggu": waiting, "jumlah": sum(row.jam for row in waiting), "form": form,
        "punya_pin": _has_pin(place), "tempat": place, "jalur": crumbs(ks.klien), "url_kembali": of_client(ks.klien),
    }  # fmt: skip
    return page(request, "kerja_sosial/confirm.html", context, status=form_status(form))


def _hours_form(request, ks: KerjaSosial) -> HoursForm:
    """The form, filled in like the last entry."""
    day, mine = today_at(ks.bapas), JamKerja.objects.visible_to(request.user).filter(kerja_sosial=ks)
    last = mine.counted().order_by("-tanggal", "-pk").first()
    with_pin = not request.user.scope.mitra and _has_pin(ks.tempat)
    return HoursForm(sent(request), ks=ks, day=day, with_pin=with_pin, initial=usual_hours(ks, last, day))


def _has_pin(place: TempatKerjaSosial) -> bool:
    return PinPengawas.objects.filter(bapas=place.bapas_id, tempat=place).exists()


def _hours_page(request, ks, form, refusal=None):
    partner = bool(request.user.scope.mitra)
    context = {
        "ks": ks, "form": form, "penolakan": refusal, "neraca": balance_of(ks, today_at(ks.bapas)), "mitra": partner,
        "url_kembali": _home(request, ks),
        "jalur": [("Beranda", "/"), ("Tempat saya", _home(request, ks))] if partner else crumbs(ks.klien),
    }  # fmt: skip
    return page(request, "kerja_sosial/hours.html", context, status=form_status(form, refusal))


def _correction_page(request, entry, form, refusal=None):
    ks = entry.kerja_sosial
    context = {
        "ks": ks, "klien": ks.klien, "jam": entry, "form": form, "penolakan": refusal, "jalur": crumbs(ks.klien),
        "url_kembali": of_client(ks.klien),
    }  # fmt: skip
    return page(request, "kerja_sosial/correct.html", context, status=form_status(form, refusal))


def _sentence(request, pk) -> KerjaSosial:
    """The sentence, for a PK with its client, for a partner without. Others in the office do not record hours."""
    if not request.user.scope.mitra:
        return sentence(request, pk)
    return get_object_or_404(KerjaSosial.objects.visible_to(request.user).for_place(), pk=pk)


def _pin_fits(form, place, user) -> bool:
    """True without a PIN, or with the right one; a wrong one becomes an error of its field."""
    pin = form.cleaned_data.get("pin")
    if not pin:
        return True
    try:
        pins.check_pin(place, pin, by=user)
    except pins.WrongPin as wrong:
        form.add_error("pin", str(wrong))
        return False
    return True


def _confirm_now(entry: JamKerja, ks: KerjaSosial, user, by_pin: bool) -> bool:
    """Confirm the entry if possible. A PIN counts only for its place: the client may have been moved meanwhile."""
    here = entry.tempat_id == ks.tempat_id
    if not (by_pin and here) and not user.scope.mitra:
        return False
    cara, name = (Cara.PIN, ks.tempat.pengawas) if by_pin else (Cara.AKUN, user.nama)
    rows = JamKerja.objects.visible_to(user)
    services.confirm([entry.pk], rows=rows, by=user, cara=cara, pengawas=name)
    return True


def _home(request, ks) -> str:
    """URL to go back to: the own place, or the client."""
    return reverse("kerja_sosial:my_place") if request.user.scope.mitra else of_client(ks.klien)


@requires("kerjasosial.catat")
@takes_form
def my_place(request):
    """The supervisor's day: who comes today, and hours to confirm. A PK finds the same on the client's page."""
    user = request.user
    if not user.scope.mitra:
        raise Http404
    rows = JamKerja.objects.visible_to(user)
    if request.method == "POST":
        chosen = ids_of(request.POST.getlist("jam"))
        hours = services.confirm(chosen, rows=rows, by=user, cara=Cara.AKUN, pengawas=user.nama)
        messages.success(request, f"{jam(hours)} disahkan." if hours else "Tidak ada jam yang dipilih.")
        return redirect("kerja_sosial:my_place")
    running = list(KerjaSosial.objects.visible_to(user).running().for_place())
    context = {
        "menunggu": rows.waiting().select_related("kerja_sosial").order_by("tanggal", "mulai"),
        "hari_ini": [ks for ks in running if ks.dijadwalkan(today_at(ks.bapas))],
        "lainnya": [ks for ks in running if not ks.dijadwalkan(today_at(ks.bapas))],
        "jalur": [("Beranda", "/")],
    }
    return page(request, "kerja_sosial/my_place.html", context)
