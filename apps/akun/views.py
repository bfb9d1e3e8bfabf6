"""Own account, and the accounts that an office administers."""

from datetime import date
from functools import wraps

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.akun import mailing, services
from apps.akun.access import requires, signed_in
from apps.akun.forms import (
    AkhiriForm,
    AlasanForm,
    KeluarkanForm,
    NamaForm,
    PenggunaFilter,
    PenugasanForm,
    TokenForm,
    UndanganForm,
)
from apps.akun.middleware import touch
from apps.akun.models import UNITS, Pengguna, RiwayatAkun
from apps.akun.roles import Peran, may, may_give
from apps.dasar.errors import Refused
from apps.dasar.ids import id_of
from apps.dasar.lists import Column, Listing
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.rooms import modules
from apps.dasar.tables import asked
from apps.dasar.wording import angka

PER_PAGE = 25
LATER = "Klien yang masih dibimbingnya tampil pada Beranda Kepala Bapas sampai dialihkan ke PK lain."
NOBODY_LEFT = "Tidak ada yang dikirim: semuanya sudah diundang dalam 24 jam terakhir."
FIELD_MODE = {"klien": ("klien:field_mode", "bimbingan.catat"), "hadir": ("kegiatan:field_mode", "kegiatan.buat")}
"""Data that a phone may keep for work without signal: the URL that serves it, and the verb that it needs."""


def forgetting(view):
    """Clears the browser's cache at sign-out: on a shared computer "back" must not show a client."""

    @wraps(view)
    def signing_out(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response["Clear-Site-Data"] = '"cache"'
        return response

    return signing_out


def bad_form_is_422(view):
    """allauth answers 200 to a form with errors; the portal says 422 everywhere."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        forms = [form for form in (context.get("form"), context.get("webauthn_form")) if form]
        if response.status_code == 200 and any(form.is_bound and form.errors for form in forms):
            response.status_code = 422
        return response

    return answered


def _done(form, act):
    """Do `act` if the form is valid. Returns its result or True; None if the form has to be shown (again)."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return act() or True
    except Refused as refusal:
        form.refusal = refusal
        return None


def _form_page(request, template, form, **context):
    """The form, empty or with everything that was typed and what is wrong with it."""
    refusal = getattr(form, "refusal", None)
    return page(request, template, {"form": form, "penolakan": refusal, **context}, status=form_status(form, refusal))


# --- own account ------------------------------------------------------------------------------


@signed_in
@takes_form
def duties(request):
    """Own assignments; switching renews the session key, because the session has other rights from now on."""
    own = request.user.daftar_penugasan.select_related(*UNITS)
    if request.method == "POST":
        duty = get_object_or_404(own.current(), pk=id_of(request.POST.get("penugasan")))
        services.switch(person=request.user, duty=duty)
        request.session.cycle_key()
        messages.success(request, f"Anda sekarang bekerja sebagai {duty}.")
        return redirect("/")
    current = own.current()
    return page(request, "akun/penugasan.html", {"berjalan": current, "lampau": own.exclude(pk__in=current)})


@requires("akun.sendiri")
@takes_form
def settings_page(request):
    form = NamaForm(sent(request), instance=request.user)
    if not _done(form, form.save):
        tokens = request.user.token_api.select_related("penugasan__bapas", "penugasan__kanwil", "penugasan__mitra")
        lapangan = {what: reverse(name) for what, (name, verb) in FIELD_MODE.items() if may(request.user, verb)}
        return _form_page(request, "akun/pengaturan.html", form, daftar_token=tokens, lapangan=lapangan)
    messages.success(request, "Nama tersimpan.")
    return redirect("akun:pengaturan")


@requires("akun.sendiri")
@takes_form
@reauthentication_required(allow_get=True)
@never_cache
def token_make(request):
    """Only this answer shows the token; nothing can show it again."""
    form = TokenForm(sent(request))
    key = _done(form, lambda: services.make_token(duty=request.user.penugasan, **form.cleaned_data))
    if not key:
        return _form_page(request, "akun/token.html", form)
    return page(request, "akun/token_jadi.html", {"token": key, "nama": form.cleaned_data["nama"]}, status=201)


@requires("akun.sendiri")
@require_POST
def token_revoke(request, pk):
    token = get_object_or_404(request.user.token_api, pk=pk)
    services.revoke_token(token)
    messages.success(request, f"Token “{token.nama}” dicabut.")
    return redirect("akun:pengaturan")


@requires("akun.sendiri")
@require_POST
def sign_out_others(request):
    """End every session of the own account but this one, which gets a new key."""
    services.sign_out_everywhere(by=request.user, person=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, "Anda keluar dari semua perangkat lain. Perangkat ini tetap masuk.")
    return redirect("akun:pengaturan")


@signed_in
@require_POST
def extend_session(request):
    """“Lanjutkan bekerja”: a full idle time from now."""
    touch(request.session)
    return HttpResponse(status=204)


# --- other people -----------------------------------------------------------------------------


def _path(person=None):
    """Breadcrumb down to the list of people, or to one of them."""
    path = [("Beranda", "/"), ("Pengguna", reverse("akun:pengguna"))]
    return [*path, (person.nama, reverse("akun:orang", args=[person.pk]))] if person else path


def _person(request, pk):
    return get_object_or_404(Pengguna.objects.managed_by(request.user), pk=pk)


def _last_day(person: Pengguna) -> date | None:
    return timezone.localdate(person.last_login) if person.last_login else None


PEOPLE = (
    Column("Nama", "nama", cell="akun/pengguna.html#nama", sort="nama"),
    Column("Surel", "email", only="file"),
    Column("Penugasan", lambda person: "; ".join(map(str, person.tugas)), cell="akun/pengguna.html#penugasan"),
    Column("Terakhir masuk", _last_day, empty="Belum pernah", sort="last_login"),
    Column("Keadaan", lambda person: person.keadaan[0], cell="akun/pengguna.html#keadaan"),
)


@requires("pengguna.kelola")
@require_safe
def people(request):
    form, listed = _people(request)
    context = {"saring": form, "tabel": listed.paged(PER_PAGE), "jalur": _path()[:1]}
    return page(request, "akun/pengguna.html", context)


@requires("pengguna.kelola")
@require_safe
def people_export(request):
    """Everybody on the list as it is filtered now."""
    kind, (_, listed) = asked(request), _people(request)
    return listed.file(
        kind, f"pengguna_{timezone.localdate()}", "Pengguna",
        note=lambda taken: services.note_export("pengguna", taken.rows, by=request.user),
    )  # fmt: skip


def _people(request) -> tuple[PenggunaFilter, Listing]:
    form = PenggunaFilter(request.GET, by=request.user)
    found = form.narrow(Pengguna.objects.managed_by(request.user)).for_list(request.user)
    return form, Listing(request.GET, PEOPLE, found)


@requires("pengguna.kelola")
@takes_form
def invite(request):
    form = UndanganForm(sent(request), by=request.user)
    duty = _done(form, lambda: services.invite(by=request.user, **form.facts))
    if not duty:
        return _form_page(request, "akun/undang.html", form, jalur=_path())
    context = {"penugasan": duty, "tautan": _link_in_demo(duty.pengguna)}
    return page(request, "akun/undang_jadi.html", context, status=201)


def _link_in_demo(person):
    """The demo sends no mail, so the link is shown. Never in production: it opens the account."""
    return mailing.setup_link(person) if settings.DEMO and person.invited else ""


@requires("pengguna.kelola")
@require_safe
def person(request, pk):
    person = _person(request, pk)
    duties = person.daftar_penugasan.managed_by(request.user).select_related(*UNITS)
    history = person.riwayat_akun.filter(Q(penugasan=None) | Q(penugasan__in=duties)).select_related(
        "oleh", "penugasan__bapas", "penugasan__kanwil", "penugasan__mitra"
    )
    context = {
        "jalur": _path(),
        "orang": person,
        "berjalan": duties.current(),
        "lampau": duties.exclude(pk__in=duties.current()),
        "dua_langkah": is_mfa_enabled(person),
        "boleh_akhiri": may_give(request.user),
        "riwayat": history.exclude(peristiwa=RiwayatAkun.Peristiwa.DIGANTI)[:20],
    }
    return page(request, "akun/orang.html", context)


@requires("pengguna.kelola")
@require_POST
def invite_again(request, pk):
    person = _person(request, pk)
    return _press(request, person, services.invite_again, f"Undangan dikirim lagi ke {person.email}.")


@requires("pengguna.kelola")
@takes_form
def invite_all_again(request):
    """New links for everybody on the list, as it is filtered now, who has not used an invitation."""
    query = request.GET.copy()
    query["keadaan"] = "diundang"
    form = PenggunaFilter(query, by=request.user)
    waiting = form.narrow(Pengguna.objects.managed_by(request.user))
    back = f"{reverse('akun:pengguna')}?{query.urlencode()}"
    if request.method == "POST":
        sent = services.invite_all_again(by=request.user, people=waiting)
        messages.success(request, f"{angka(len(sent))} undangan dikirim lagi." if sent else NOBODY_LEFT)
        return redirect(back)
    shown, count = list(waiting.order_by("nama", "pk")[:PER_PAGE]), waiting.count()
    context = {"orang": shown, "jumlah": count, "lainnya": count - len(shown), "saring": form, "url_kembali": back}
    return page(request, "akun/undang_semua.html", {"jalur": _path(), **context})


@requires("pengguna.kelola")
@takes_form
def duty_give(request, pk):
    person = _person(request, pk)
    form = PenugasanForm(sent(request), by=request.user)
    if not _done(form, lambda: services.give_and_tell(by=request.user, person=person, **form.facts)):
        return _form_page(request, "akun/undang.html", form, orang=person, jalur=_path(person))
    return _back(request, person, "Penugasan diberikan.")


@requires("pengguna.kelola")
@takes_form
def duty_end(request, pk, duty):
    person = _person(request, pk)
    duty = get_object_or_404(person.daftar_penugasan.managed_by(request.user), pk=duty)
    form = AkhiriForm(sent(request), duty=duty)
    if not _done(form, lambda: (services.stop if form.now else services.end)(by=request.user, duty=duty, **form.facts)):
        behind = _left_behind(request, person, [duty])
        return _form_page(
            request, "akun/akhiri.html", form, orang=person, penugasan=duty, jalur=_path(person), tertinggal=behind
        )
    return _back(request, person, "Penugasan diakhiri.")


@requires("pengguna.kelola")
@takes_form
def deactivate(request, pk):
    person = _person(request, pk)
    form = AlasanForm(sent(request))
    if not _done(form, lambda: services.deactivate(by=request.user, person=person, **form.cleaned_data)):
        behind = _left_behind(request, person, person.daftar_penugasan.current())
        return _form_page(
            request, "akun/nonaktifkan.html", form, orang=person, jalur=_path(person), tertinggal=behind,
            di_luar=services.beyond(request.user, person),
        )  # fmt: skip
    return _back(request, person, "Akun dinonaktifkan. Orang ini keluar dari semua perangkat.")


@requires("pengguna.kelola")
@takes_form
def sign_out(request, pk):
    """A lost phone: the person logs in again, everywhere. The own account is signed out in the settings."""
    person = _person(request, pk)
    form = KeluarkanForm(sent(request))
    if person == request.user:
        return redirect("akun:pengaturan")
    if not _done(form, lambda: services.sign_out_everywhere(by=request.user, person=person, **form.cleaned_data)):
        return _form_page(request, "akun/keluarkan.html", form, orang=person, jalur=_path(person))
    return _back(
        request, person, "Orang ini keluar dari semua perangkat. Untuk bekerja lagi, ia masuk dengan kata sandi."
    )


@requires("pengguna.kelola")
@takes_form
def second_factor_drop(request, pk):
    person = _person(request, pk)
    form = AlasanForm(sent(request))
    if not _done(form, lambda: services.drop_second_factor(by=request.user, person=person, **form.cleaned_data)):
        return _form_page(request, "akun/dua_langkah.html", form, orang=person, jalur=_path(person))
    return _back(request, person, "Verifikasi dua langkah dihapus. Orang ini diberi tahu lewat surel.")


@requires("pengguna.kelola")
@require_POST
def reactivate(request, pk):
    return _press(request, _person(request, pk), services.reactivate, "Akun diaktifkan kembali.")


def _left_behind(request, person, duties) -> list[tuple[str, str]]:
    """(sentence, address) of what nobody does any more when these duties end: rooms have it in a module `leaving`.

    Who reads no case only learns what will happen, not how many.
    """
    if not any(duty.peran == Peran.PK for duty in duties):
        return []
    found = [room.left_behind(person, request.user) for room in modules("leaving")]
    outside = request.user.penugasan.peran != Peran.KABAPAS
    return [one for one in found if one] or ([(LATER, "")] if outside else [])


def _press(request, person, act, sentence):
    """Do `act` for a button without a form."""
    try:
        act(by=request.user, person=person)
    except Refused as refusal:
        context = {"penolakan": refusal, "url_kembali": reverse("akun:orang", args=[person.pk])}
        return page(request, "409.html", context, status=409)
    return _back(request, person, sentence)


def _back(request, person, sentence):
    messages.success(request, sentence)
    return redirect("akun:orang", person.pk)
