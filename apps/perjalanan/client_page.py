"""This room's (app's) part of a client's page: links, and the decisions about stages and ends."""

from django.urls import reverse
from django.utils.text import capfirst

from apps.akun.roles import may
from apps.dasar.prepared import prepared
from apps.jejak.models import Riwayat
from apps.klien.rooms import Card, Link, Unfinished
from apps.klien.timeline import Event
from apps.perjalanan.models import Langkah, Pelimpahan, PeristiwaAkhir, Tahap, UsulPencabutan
from apps.perjalanan.services import ends, followup, handover, revocation, stages
from apps.wilayah.days import day_at

KINDS = {"tahap": "Tahap bimbingan", "akhir": "Akhir dan perpindahan"}
OBJECTS = {
    "tahap": (stages.OBJECT,),
    "akhir": (ends.OBJECT, revocation.OBJECT, handover.OBJECT, followup.OBJECT),
}


def links(klien, user) -> list[Link]:
    if not may(user, "klien.perjalanan"):
        return []
    here = [klien.pk]
    found = [
        Link("Tahap bimbingan", reverse("perjalanan:stages", args=here)),
        Link("Akhiri, cabut, atau limpahkan", reverse("perjalanan:ways", args=here)),
    ]
    if may(user, "klien.usulkan") and klien.status == "aktif":
        found.append(Link("Surat panggilan", reverse("perjalanan:summons", args=here)))
    return found


def cards(klien, user) -> list[Card]:
    """The end that waits for the head of the office."""
    if not may(user, "klien.perjalanan"):
        return []
    return [
        Card(
            "Akhir bimbingan", [f"Usul {akhir.get_jenis_display().lower()} menunggu Kepala Bapas."],
            "Lihat usul", reverse("perjalanan:end", args=[akhir.pk]),
        )
        for akhir in _waiting_end(user, klien=klien.pk)
    ]  # fmt: skip


@prepared
def _waiting_end(user, klien):
    return PeristiwaAkhir.objects.visible_to(user).filter(klien=klien, status=PeristiwaAkhir.Status.DIUSULKAN)


def events(klien, user, kinds, since, newest) -> list[Event]:
    """State moves of this app, all recorded under the client: one query. Not for readers outside the office."""
    if not may(user, "klien.perjalanan"):
        return []
    objects = {name for kind in kinds for name in OBJECTS[kind]}
    moves = _moves(user, klien=klien.pk, most=newest if len(kinds) == len(KINDS) else None)
    return [_event(klien, move) for move in moves if move.objek in objects]


def undecided(klien) -> list[Unfinished]:
    """Ends, revocations and moves that wait for somebody's decision."""
    here = {"bapas": klien.bapas_id, "klien": klien}
    waiting = (
        PeristiwaAkhir.objects.filter(status=PeristiwaAkhir.Status.DIUSULKAN, **here),
        UsulPencabutan.objects.open().filter(**here),
        Pelimpahan.objects.waiting().filter(**here),
    )
    url = reverse("perjalanan:ways", args=[klien.pk])
    return [
        Unfinished(f"{capfirst(rows.model._meta.verbose_name)} menunggu keputusan.", "Putuskan dulu.", "Buka", url)
        for rows in waiting
        if rows.exists()
    ]


@prepared
def _moves(user, klien):
    objects = [name for names in OBJECTS.values() for name in names]
    moves = Riwayat.objects.visible_to(user).filter(objek__in=objects, objek_id=klien)
    return moves.select_related("oleh").order_by("-pada")


def _event(klien, move: Riwayat) -> Event:
    kind, title = TITLES[move.objek](move.ke)
    page = "stages" if move.objek == stages.OBJECT else "ways"
    return Event(
        day_at(klien.bapas, move.pada), kind, title, isi=move.catatan, oleh=move.oleh.nama,
        url=reverse(f"perjalanan:{page}", args=[klien.pk]), warna="abu",
    )  # fmt: skip


TITLES = {
    stages.OBJECT: lambda to: ("Tahap", Tahap(to).label),
    ends.OBJECT: lambda to: ("Akhir bimbingan", f"Usul akhir: {PeristiwaAkhir.Status(to).label.lower()}"),
    revocation.OBJECT: lambda to: ("Pencabutan", Langkah(to).label),
    handover.OBJECT: lambda to: ("Pelimpahan", f"Pelimpahan: {Pelimpahan.Status(to).label.lower()}"),
    followup.OBJECT: lambda to: ("Tindak lanjut", f"Tindak lanjut {to}"),
}
"""Object of a move → (kind, title) of its entry."""
