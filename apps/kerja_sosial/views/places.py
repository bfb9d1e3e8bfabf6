"""Pages about places: where clients can work, how many a day, and the PIN of the supervisor."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.dasar.lists import Listing
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.tables import asked
from apps.dasar.violations import refusals
from apps.jejak.compare import compare
from apps.jejak.services import record_export
from apps.jejak.versions import Changed
from apps.kerja_sosial import pins, services
from apps.kerja_sosial.columns import PLACES, Place
from apps.kerja_sosial.forms import PinForm, PlaceForm
from apps.kerja_sosial.models import Hari, KerjaSosial, PinPengawas, TempatKerjaSosial
from apps.kerja_sosial.views.shared import CRUMBS


@requires("kerjasosial.lihat")
@require_safe
def place_list(request):
    context = {
        "tabel": _places(request),
        "boleh_ubah": may(request.user, "kerjasosial.tempat"),
        "jalur": CRUMBS,
    }
    return page(request, "kerja_sosial/places.html", context)


@requires("kerjasosial.lihat")
@require_safe
def place_export(request):
    kind, listed = asked(request), _places(request)
    return listed.file(
        kind, f"tempat-kerja-sosial_{timezone.localdate()}", "Tempat",
        note=lambda taken: record_export(request, "tempat", {request.user.penugasan.bapas_id: taken.rows}),
    )  # fmt: skip


def _places(request) -> Listing:
    """The places of the office, those that still take clients first."""
    user = request.user
    places = TempatKerjaSosial.objects.visible_to(user).select_related("mitra").order_by("-aktif", "nama")
    running = KerjaSosial.objects.visible_to(user).running().order_by().values_list("tempat", flat=True)
    count = Counter(running)
    return Listing(request.GET, PLACES, [Place(place, count[place.pk]) for place in places])


@requires("kerjasosial.lihat")
@require_safe
def place_detail(request, pk):
    place = _place(request, pk)
    days = KerjaSosial.objects.visible_to(request.user).running().filter(tempat=place).values_list("hari", flat=True)
    taken = Counter(day for row in days for day in row)
    context = {
        "tempat": place,
        "klien_berjalan": len(days),
        "hari": [(day.label, taken[day.value], max(place.kapasitas - taken[day.value], 0)) for day in Hari],
        "punya_pin": PinPengawas.objects.visible_to(request.user).filter(tempat=place).exists(),
        "jejak_pin": pins.uses(place),
        "boleh_ubah": may(request.user, "kerjasosial.tempat"),
        "jalur": _trail(),
    }
    return page(request, "kerja_sosial/place.html", context)


@requires("kerjasosial.tempat")
@takes_form
def place_create(request):
    return _place_form(request, TempatKerjaSosial(bapas=request.user.penugasan.bapas), _trail())


@requires("kerjasosial.tempat")
@takes_form
def place_edit(request, pk):
    place = _place(request, pk)
    return _place_form(request, place, _trail(place))


@requires("kerjasosial.tempat")
@takes_form
def place_pin(request, pk):
    place = _place(request, pk)
    form = PinForm(sent(request))
    if form.is_bound and form.is_valid():
        pins.set_pin(place, form.cleaned_data["pin"], by=request.user)
        messages.success(request, f"PIN pengawas {place} tersimpan.")
        return redirect("kerja_sosial:place", place.pk)
    context = {"tempat": place, "form": form, "jalur": _trail(place)}
    return page(request, "kerja_sosial/pin.html", context, status=form_status(form))


def _place(request, pk) -> TempatKerjaSosial:
    return get_object_or_404(TempatKerjaSosial.objects.visible_to(request.user).select_related("bapas", "mitra"), pk=pk)


def _place_form(request, place, trail):
    bapas, refusal = request.user.penugasan.bapas, None
    form = PlaceForm(sent(request), instance=place, bapas=bapas)
    if form.is_bound and form.is_valid():
        facts = {"mitra": form.cleaned_data["mitra"], "seen": form.cleaned_data["versi"]}
        try:
            with refusals():
                services.save_place(form.instance, bapas=bapas, **facts)
        except Changed as change:
            stored = PlaceForm(instance=change.current, bapas=bapas)
            back = reverse("kerja_sosial:place", args=[change.current.pk])
            return compare(request, (form, stored), back=back, jalur=trail)
        except Refused as error:
            refusal = error
        else:
            messages.success(request, "Tempat tersimpan.")
            return redirect("kerja_sosial:place", form.instance.pk)
    context = {"form": form, "tempat": place, "penolakan": refusal, "jalur": trail}
    return page(request, "kerja_sosial/place_form.html", context, status=form_status(form, refusal))


def _trail(place=None) -> list[tuple[str, str]]:
    own = [(place.nama, reverse("kerja_sosial:place", args=[place.pk]))] if place and place.pk else []
    return [*CRUMBS, ("Tempat", reverse("kerja_sosial:places")), *own]
