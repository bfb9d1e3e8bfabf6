"""How pages of this room (app) get their rows, and record that they were read."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.dasar.pages import page
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.kerja_sosial.models import KerjaSosial
from apps.klien.models import Klien

OBJECT = "kerja_sosial"
CRUMBS = [("Beranda", "/"), ("Kerja sosial", "/kerja-sosial/")]


def client(request, pk: int) -> Klien:
    """The client inside the user's office, or 404; the trail notes it."""
    klien = get_object_or_404(Klien.objects.for_strip().visible_to(request.user), pk=pk)
    record_access(
        request, Akses.Verba.LIHAT, "klien", bapas_id=klien.bapas_id, objek_id=klien.pk, rincian="kerja sosial"
    )
    return klien


def sentence(request, pk: int) -> KerjaSosial:
    """A sentence with its client, for officers."""
    rows = KerjaSosial.objects.visible_to(request.user).select_related("bapas", "tempat", "putusan", "perpanjangan")
    ks = get_object_or_404(rows, pk=pk)
    ks.klien = client(request, ks.klien_id)
    return ks


def crumbs(klien: Klien) -> list[tuple[str, str]]:
    return [
        ("Beranda", "/"), ("Klien", "/klien/"), (klien.kode, reverse("klien:detail", args=[klien.pk])),
        ("Kerja sosial", of_client(klien)),
    ]  # fmt: skip


def of_client(klien: Klien) -> str:
    return reverse("kerja_sosial:of_client", args=[klien.pk])


def closed(request, ks: KerjaSosial, back: str):
    """409 instead of a form that cannot be sent in this status."""
    status = ks.get_status_display().lower()
    refusal = f"Kerja sosial ini sudah berstatus {status}{'' if ks.berjalan else ' dan tidak dapat diubah'}."
    return page(request, "409.html", {"penolakan": refusal, "url_kembali": back}, status=409)
