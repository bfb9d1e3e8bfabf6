"""The guidance form without a signal: its empty shell, and the short names that a PK may load onto the phone."""

import re
from datetime import timedelta

from django.http import JsonResponse
from django.views.decorators.http import require_POST, require_safe

from apps.akun.access import public, requires
from apps.dasar.entries import call_name
from apps.dasar.pages import page
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien.forms.guidance import OfflineGuidanceForm
from apps.klien.models import Klien
from apps.wilayah.days import today

MOST_NAMES, AHEAD = 30, timedelta(days=6)
"""How many names a phone may hold, and how far ahead their appointments may lie."""


@public("Formulir kosong yang disimpan di HP, tanpa data klien.")
@require_safe
def guidance_offline(request):
    """The questions of "Catat bimbingan"; the user types the client's code."""
    return page(request, "klien/catat_luring.html", {"form": OfflineGuidanceForm(user=request.user), "luring": True})


@requires("bimbingan.catat")
@require_POST
def field_mode(request):
    """Codes and short names of the user's clients who are due within a week: {"nama": [{"id", "kode", "panggilan"}]}.

    `terpakai` is the number of names that the phone already holds from other pages.
    """
    day, elsewhere = today(request.user), request.POST.get("terpakai", "")
    room = MOST_NAMES - min(int(elsewhere), MOST_NAMES) if re.fullmatch("[0-9]{1,2}", elsewhere) else MOST_NAMES
    due = (
        Klien.objects.visible_to(request.user)
        .active()
        .of_officer(request.user)
        .filter(jadwal__berikutnya__lte=day + AHEAD)
        .order_by("jadwal__berikutnya", "pk")
        .only("kode", "nama", "panggilan", "bapas")[:room]
    )
    names = [{"id": k.pk, "kode": k.kode, "panggilan": k.panggilan or call_name(k.nama)} for k in due]
    if names:
        note = f"Mode lapangan: {len(names)} nama panggilan di HP"
        record_access(request, Akses.Verba.UNDUH, "klien", bapas_id=due[0].bapas_id, rincian=note)
    return JsonResponse({"nama": names}, headers={"Cache-Control": "no-store"})
