"""Group guidance: the PK chooses own clients and writes once; each client gets a record."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from apps.akun.access import requires
from apps.dasar.errors import Refused
from apps.dasar.ids import ids_of
from apps.dasar.pages import page, takes_form
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien import services
from apps.klien.forms.group import MOST_CLIENTS, GroupForm, PickForm
from apps.klien.models import JadwalLapor, Klien, guided_by
from apps.klien.views.devices import accepted, answers_queues, from_queue, mistaken, refused, typed
from apps.klien.views.shared import CRUMBS

CHANGED = "Ada klien yang tidak lagi termasuk klien aktif Anda. Pilih klien sekali lagi."
TOO_MANY = f"Pilih paling banyak {MOST_CLIENTS} klien sekaligus."
NOBODY = "Pilih paling sedikit satu klien Anda."


@answers_queues
@requires("bimbingan.catat")
@takes_form
def create(request):
    """First the choice of clients, then the form for them. A double submit stores nothing twice."""
    if request.method == "POST":
        return _save(request)
    if request.GET.get("langkah") != "isi":
        return _pick_page(request)
    wanted = _chosen(request.GET)
    schedules = list(_own(request).filter(klien__in=wanted).select_related("klien"))
    if wanted and not schedules:
        raise Http404
    if not 0 < len(schedules) <= MOST_CLIENTS:
        return _pick_page(request, TOO_MANY if schedules else NOBODY)
    return _form_page(request, GroupForm(user=request.user, schedules=schedules))


def _save(request):
    wanted = _chosen(request.POST)
    schedules = list(_own(request).filter(klien__in=wanted).for_record().order_by("klien"))
    if not schedules:
        if from_queue(request):
            return mistaken("", CHANGED)
        if Klien.objects.visible_to(request.user).filter(pk__in=wanted).exists():
            return _pick_page(request, CHANGED)
        raise Http404
    if "semua" in request.POST:
        return _form_page(request, GroupForm(user=request.user, schedules=schedules, initial=_all_present(request)))
    form = GroupForm(typed(request), user=request.user, schedules=schedules)
    if not form.is_valid():
        return _again(request, form, status=422)
    try:
        if len(schedules) < len(wanted) or len(wanted) > MOST_CLIENTS:
            raise Refused(CHANGED if len(schedules) < len(wanted) else TOO_MANY)
        fresh = services.log_group(records=form.records(), key=form.cleaned_data["kunci"], by=request.user)
    except Refused as refusal:
        return _again(request, form, refusal, status=409)
    count = f"{len(schedules)} klien"
    messages.success(request, f"Bimbingan kelompok {'tersimpan' if fresh else 'sudah tersimpan'} untuk {count}.")
    if from_queue(request):
        return accepted(request, fresh=bool(fresh), url=reverse("klien:list"))
    return redirect("klien:list")


def _again(request, form, refusal=None, *, status):
    if not from_queue(request):
        return _form_page(request, form, refusal, status=status)
    if refusal:
        form.add_error(None, str(refusal))
    return refused(form, status)


def _own(request):
    """Reporting duties of the user's own active clients."""
    rows = JadwalLapor.objects.visible_to(request.user)
    return rows.filter(guided_by(request.user, path="klien"), klien__status=Klien.Status.AKTIF)


def _chosen(data) -> set[int]:
    return set(ids_of(data.getlist("klien")))


def _all_present(request) -> dict:
    """The typed values, with "Hadir" for clients without an answer: the button of a page without JavaScript."""
    typed = {name: request.POST.getlist(name) if name == "topik" else value for name, value in request.POST.items()}
    return {f"h{pk}": "hadir" for pk in _chosen(request.POST)} | typed


def _pick_page(request, refusal=None):
    form, chosen = PickForm(request.GET), _chosen(request.GET)
    term = form.cleaned_data["q"].strip() if form.is_valid() else ""
    named = Klien.objects.visible_to(request.user).searched(term).values("pk")
    found = Q(klien__in=named) | Q(klien__in=chosen) if term else Q()
    rows = _own(request).filter(found).select_related("klien").order_by("klien__nama_urut", "pk")
    context = {
        "form": form,
        "terpilih": [row.klien for row in rows if row.klien_id in chosen],
        "lain": [row.klien for row in rows if row.klien_id not in chosen],
        "dicari": term,
        "penolakan": refusal,
        "paling_banyak": MOST_CLIENTS,
        "jalur": CRUMBS,
    }
    return page(request, "klien/kelompok_pilih.html", context, status=409 if refusal else 200)


def _form_page(request, form, refusal=None, status=200):
    rincian = f"bimbingan kelompok, {len(form.schedules)} klien"
    record_access(request, Akses.Verba.LIHAT, "klien", bapas_id=request.user.penugasan.bapas_id, rincian=rincian)
    who = [row.klien_id for row in form.schedules]
    context = {
        "form": form,
        "penolakan": refusal,
        "jalur": CRUMBS,
        "siapa": "-".join(str(pk) for pk in sorted(who)),
        "alamat": reverse("klien:guidance_group", query={"langkah": "isi", "klien": who}),
    }
    return page(request, "klien/kelompok.html", context, status=status)
