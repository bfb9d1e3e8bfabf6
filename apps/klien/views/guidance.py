"""The form "Catat bimbingan", for a user in the browser and for a device with a queue."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from apps.acuan.calendar import open_day
from apps.akun.access import requires
from apps.dasar import links
from apps.dasar.errors import Refused
from apps.dasar.ids import id_of
from apps.dasar.pages import form_status, page, takes_form
from apps.dasar.prepared import prepared
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien import services
from apps.klien.forms.guidance import GuidanceForm, WhichClientForm
from apps.klien.forms.lists import CODE
from apps.klien.models import CatatanBimbingan, JadwalLapor, Kebutuhan, Klien, needs_action
from apps.klien.timeline import last_contact
from apps.klien.views.devices import answers_queues, from_queue, mistaken, refused, stored, typed
from apps.klien.views.shared import CRUMBS, came_from, crumbs, note_opening, opened, way_back
from apps.wilayah.days import today

Cara = CatatanBimbingan.Cara
DUE_SHOWN = 10
FOUND_SHOWN = 20
NOBODY = "Tidak ada klien yang cocok di kantor Anda. Periksa kembali."
UNKNOWN = "Kode klien ini tidak ada di kantor Anda. Periksa kembali."


@answers_queues
@requires("bimbingan.catat")
@takes_form
def create(request):
    """The form for one client; without a client, the page that asks for one."""
    if request.method == "POST":
        return _save(request)
    if "klien" not in request.GET:
        return _choose_client(request)
    klien = next(iter(_client(request.user, **_named(request.GET["klien"]))), None)
    if klien is None:
        raise Http404
    note_opening(request, klien)
    try:
        services.refuse_ended(klien)
    except Refused as refusal:
        back = reverse("klien:detail", args=[klien.pk])
        return page(request, "409.html", {"penolakan": refusal, "url_kembali": back}, status=409)
    form = GuidanceForm(user=request.user, klien=klien, initial=_defaults(request.user, klien))
    return _form_page(request, form, klien)


def _save(request):
    """Validate first, then one INSERT and one UPDATE. The lock on the schedule makes records of one client wait."""
    try:
        jadwal = _locked(request.user, request.POST.get("klien", ""))
    except Http404:
        if not from_queue(request):
            raise
        return mistaken("klien", UNKNOWN)
    form = GuidanceForm(typed(request), request.FILES, user=request.user, klien=jadwal.klien)
    if not form.is_valid():
        return _again(request, form, jadwal, status=422)
    try:
        catatan, fresh = services.log_guidance(
            catatan=form.record(), jadwal=jadwal, kebutuhan=form.need(), by=request.user,
            jenis_kendala=form.cleaned_data["jenis_kendala"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _again(request, form, jadwal, status=409)
    photo = form.cleaned_data["foto"]
    missing = services.add_photo(catatan=catatan, klien=jadwal.klien, photo=photo, by=request.user)
    return _saved(request, catatan, jadwal.klien, fresh=fresh, missing=missing)


def _saved(request, catatan, klien, *, fresh: bool, missing: str):
    """The answer for a stored record. Without its photo it is the page of the record, which offers to add one."""
    file = f"{links.to('klien:detail', klien.pk)}?tersimpan={catatan.pk}"
    if from_queue(request):
        return stored(request, catatan, klien, fresh=fresh, url=file, **_then(request, catatan, file))
    if missing:
        messages.warning(request, f"{missing} Untuk menambahkannya, pilih “Tambahkan foto” di bawah.")
        return redirect("klien:guidance", pk=catatan.pk)
    return redirect(way_back(request, file))


def _locked(user, named: str) -> JadwalLapor:
    """The schedule of the named client, locked; 404 when the user sees no such client."""
    for jadwal in _schedule(user, **_named(named)):
        return jadwal
    raise Http404


@prepared
def _schedule(user, **named):
    return (
        JadwalLapor.objects.visible_to(user)
        .filter(**{f"klien__{name}": value for name, value in named.items()})
        .for_record()
    )


def _then(request, catatan, file: str) -> dict:
    """Addresses for the device: the user's next page, and the upload of a photo that the device kept."""
    photo = reverse("klien:guidance_photo_add", args=[catatan.kunci])
    return {"kembali": way_back(request, file), "foto": photo}


def _choose_client(request):
    """The page that searches a client or offers the user's own clients who are due."""
    form = WhichClientForm(request.GET if "kode" in request.GET else None)
    found: list[Klien] = []
    if form.is_bound and form.is_valid():
        found = _found(request, form.cleaned_data["kode"])
        if len(found) == 1:
            return redirect(reverse("klien:guidance_new", query={"klien": found[0].pk}))
        if not found:
            form.add_error("kode", NOBODY)
    day = today(request.user)
    context = {
        "form": form,
        "temuan": found[:FOUND_SHOWN],
        "lebih": len(found) > FOUND_SHOWN,
        "klien_jatuh_tempo": _due(request.user, day=day, most=DUE_SHOWN),
        "hari_ini": day,
        "jalur": CRUMBS,
    }
    return page(request, "klien/catat_pilih.html", context, status=form_status(form))


def _found(request, term: str) -> list[Klien]:
    """Active clients of the office who match, the user's own first."""
    rows = Klien.objects.visible_to(request.user).active().searched(term)
    own = Case(When(pk_pembimbing=request.user.pk, then=0), default=1)
    found = list(rows.select_related("jadwal", "pk_pembimbing").order_by(own, "nama_urut", "pk")[: FOUND_SHOWN + 1])
    office = request.user.penugasan.bapas_id
    record_access(request, Akses.Verba.CARI, "klien", bapas_id=office, rincian=f"cari, {len(found)} hasil")
    return found


def _form_page(request, form, klien, status=200):
    form.put_first(set(_domains(request.user, klien=klien.pk)))
    context = {
        "form": form, "klien": klien, "jalur": crumbs(klien), "dari": came_from(request),
        "terakhir": last_contact(klien, request.user),
    }  # fmt: skip
    return page(request, "klien/catat.html", context, status=status)


def _again(request, form, jadwal, *, status):
    if from_queue(request):
        return refused(form, status)
    form.ask_for_photo_again()
    klien = opened(request, jadwal.klien_id)
    return _form_page(request, form, klien, status)


def _named(value: str) -> dict:
    """Lookup of a client by id, or by the code that people type without a signal."""
    if CODE.fullmatch(value):
        return {"kode": value.upper()}
    pk = id_of(value)
    if pk is None:
        raise Http404
    return {"pk": pk}


def _defaults(user, klien) -> dict:
    """Initial values that can be guessed; never that the client came, because that is the legal fact."""
    day, plan = today(user), klien.jadwal
    last = next(iter(_alone(user, klien=klien.pk, most=1)), None)
    ahead = plan.janji_berlaku and plan.janji > day
    return {
        "cara": plan.cara_rencana or last or Cara.KANTOR,
        "berikutnya": plan.janji if ahead else open_day(day + timedelta(days=plan.frekuensi_hari)),
    }


@prepared
def _due(user, day):
    """The user's own clients who need action, the longest waiting first."""
    own = Klien.objects.visible_to(user).of_officer(user).filter(needs_action(day))
    return own.select_related("jadwal").order_by("jadwal__berikutnya", "pk")


@prepared
def _client(user, **named):
    return Klien.objects.visible_to(user).for_strip().select_related("jadwal").filter(**named)


@prepared
def _alone(user, klien):
    """How the client was met when not in a group, the newest first."""
    rows = CatatanBimbingan.objects.visible_to(user).filter(klien=klien).exclude(cara=Cara.KELOMPOK)
    return rows.order_by("-tanggal", "-pk").values_list("cara", flat=True)


@prepared
def _domains(user, klien):
    needs = Kebutuhan.objects.visible_to(user).filter(klien=klien, status__in=Kebutuhan.UNMET)
    return needs.values_list("kategori__domain", flat=True)
