"""The guidance form without a signal: its empty shell, and the short names that a PK may load onto the phone."""

import re
from itertools import groupby

from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.akun.access import public, requires
from apps.akun.roles import may
from apps.dasar.ids import ids_of
from apps.dasar.pages import page, takes_form
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien.field_names import MOST_NAMES, TODAY, FieldName, caseload
from apps.klien.forms.guidance import OfflineGuidanceForm
from apps.klien.views.shared import CRUMBS
from apps.wilayah.days import today


@public("Formulir kosong yang disimpan di HP, tanpa data klien.")
@require_safe
def guidance_offline(request):
    """The questions of "Catat bimbingan"; the user types the client's code."""
    return page(request, "klien/catat_luring.html", {"form": OfflineGuidanceForm(user=request.user), "luring": True})


@requires("bimbingan.catat")
@takes_form
def field_mode(request):
    """The page on which a PK chooses whom to take along. POST gives the chosen ones to the phone.

    {"nama": [{"id", "kode", "panggilan", "desa", "waktu"}]} in the order of the day, for the ids `klien`; `terpakai` is
    the number of names that the phone already holds.
    """
    names = caseload(request.user, today(request.user))
    if request.method == "POST":
        return _handed_over(request, names)
    context = {
        "kelompok": [(group, list(some)) for group, some in groupby(names, lambda one: one.group)],
        "hari_ini": TODAY,
        "paling_banyak": MOST_NAMES,
        "hadir": reverse("kegiatan:field_mode") if may(request.user, "kegiatan.buat") else "",
        "jalur": CRUMBS[:1],
    }
    return page(request, "klien/lapangan.html", context)


def _handed_over(request, names: list[FieldName]) -> JsonResponse:
    """The chosen names; the trail of each client says that it was on a phone."""
    wanted = set(ids_of(request.POST.getlist("klien")))
    taken = [one for one in names if one.klien.pk in wanted][: room_left(request)]
    for one in taken:
        record_access(
            request, Akses.Verba.UNDUH, "klien", bapas_id=one.klien.bapas_id, objek_id=one.klien.pk,
            rincian="Mode lapangan: nama pendek di HP",
        )  # fmt: skip
    return JsonResponse({"nama": [_as_json(one) for one in taken]}, headers={"Cache-Control": "no-store"})


def room_left(request) -> int:
    """How many names the phone may still take, beside those that it says it holds (`terpakai`)."""
    held = request.POST.get("terpakai", "")
    return MOST_NAMES - min(int(held), MOST_NAMES) if re.fullmatch("[0-9]{1,2}", held) else MOST_NAMES


def _as_json(one: FieldName) -> dict:
    klien = one.klien
    return {"id": klien.pk, "kode": klien.kode, "panggilan": one.name, "desa": klien.kelurahan, "waktu": one.when}
