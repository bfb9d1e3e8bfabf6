"""Loads the client for every page of this room (app), and writes the opening into the trail (table Akses)."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien.models import Klien

CRUMBS = [("Beranda", "/"), ("Klien", "/klien/")]
LISTS = {"beranda": "dasbor:beranda", "jadwal": "wajib_lapor:agenda"}
"""Lists of work to which a finished form returns: word in the address → name of the page."""


def opened(request, pk: int, rows=None, objek: str = "klien") -> Klien:
    """The client `pk` inside the user's jurisdiction, or 404; writes the opening into the trail."""
    rows = Klien.objects.for_strip() if rows is None else rows
    klien = get_object_or_404(rows.visible_to(request.user), pk=pk)
    note_opening(request, klien, objek)
    return klien


def note_opening(request, klien: Klien, objek: str = "klien", rincian: str = "") -> None:
    record_access(request, Akses.Verba.LIHAT, objek, bapas_id=klien.bapas_id, objek_id=klien.pk, rincian=rincian)


def note_print(request, klien: Klien, what: str) -> None:
    """Write into the trail that a paper or a printable page about the client left the portal."""
    record_access(request, Akses.Verba.UNDUH, "klien", bapas_id=klien.bapas_id, objek_id=klien.pk, rincian=what)


def crumbs(klien: Klien) -> list[tuple[str, str]]:
    return [*CRUMBS, (klien.kode, reverse("klien:detail", args=[klien.pk]))]


def came_from(request) -> str:
    """The list of work from which this form was opened: a key of `LISTS`, or ""."""
    asked = request.POST.get("dari") or request.GET.get("dari", "")
    return asked if asked in LISTS else ""


def way_back(request, otherwise: str) -> str:
    """The address of the list of work from which the user came, or `otherwise`."""
    name = came_from(request)
    return reverse(LISTS[name]) if name else otherwise
