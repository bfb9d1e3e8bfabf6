"""What this room (app) adds to a client's page."""

from django.urls import reverse

from apps.asesmen.models import Asesmen, ButirKebutuhan, due
from apps.dasar.prepared import prepared
from apps.dasar.wording import tanggal
from apps.klien.models import Klien
from apps.klien.rooms import Card, Link
from apps.klien.timeline import Event

KINDS = {"asesmen": "Asesmen"}


def links(klien, user) -> list[Link]:
    return [Link("Asesmen klien", _address(klien))]


def cards(klien, user) -> list[Card]:
    """The last assessment and the day of the next one."""
    last = next(iter(_finished_days(user, klien=klien.pk, most=1)), None)
    old = f"Terakhir sebelum portal: {tanggal(klien.asesmen_lama)}" if klien.asesmen_lama else "Belum ada asesmen"
    lines = [f"Terakhir: {tanggal(last)}" if last else old]
    if klien.status == Klien.Status.AKTIF:
        lines.append(f"Jatuh tempo: {tanggal(due(klien, last))}")
    return [Card("Asesmen", lines, "Lihat asesmen", _address(klien))]


def events(klien, user, kinds, since, newest):
    for row in _finished(user, klien=klien.pk, first=since, most=newest):
        yield Event(
            row.tanggal, "Asesmen", row.get_jenis_display(), isi=f"{row.banyak_kebutuhan} kebutuhan disebut",
            oleh=row.asesor.nama, url=_address(klien), warna="abu",
        )  # fmt: skip


@prepared
def _finished(user, klien, first):
    return Asesmen.objects.visible_to(user).finished().filter(klien=klien, tanggal__gte=first).for_list()


@prepared
def _finished_days(user, klien):
    rows = Asesmen.objects.visible_to(user).finished().filter(klien=klien)
    return rows.order_by("-tanggal").values_list("tanggal", flat=True)


def origins(klien, user) -> dict[int, Link]:
    """Id of a need → the newest assessment that named it, for those who may read it."""
    readable = Asesmen.objects.readable_by(user).filter(klien=klien)
    rows = ButirKebutuhan.objects.visible_to(user).filter(isian__asesmen__in=readable, buku__isnull=False)
    found = rows.order_by("isian__asesmen__tanggal", "pk").values_list(
        "buku", "isian__asesmen", "isian__asesmen__tanggal"
    )
    return {
        need: Link(f"Asesmen {tanggal(day)}", reverse("asesmen:detail", args=[klien.pk, pk])) for need, pk, day in found
    }


def _address(klien) -> str:
    return reverse("asesmen:list", args=[klien.pk])
