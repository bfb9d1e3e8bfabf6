"""Figures about activities. Sums per Bapas; the caller masks small counts."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.rekap.reading import happened
from apps.wilayah.days import on_days


@dataclass(frozen=True)
class FieldCount:
    """Closed activities of one field at one Bapas, with the names on their lists (`invited`) and who came."""

    bapas_id: int
    bidang: str
    held: int
    invited: int
    present: int


def held_per_office(offices: Collection[int], *, since: date, until: date) -> dict[int, int]:
    """Bapas id → closed activities that began from `since` up to and including `until`."""
    found: Counter[int] = Counter()
    for row in happened(offices, "kegiatan", since=since, until=until):
        found[row.bapas_id] += row.n
    return dict(found)


def attendance_per_field(offices: Collection[int], *, since: date, until: date) -> list[FieldCount]:
    """Closed activities that began from `since` up to and including `until`, per Bapas and field."""
    held = Kegiatan.objects.filter(
        on_days("mulai", since=since, until=until), bapas_id__in=offices, status=Kegiatan.Status.SELESAI
    )
    seats = {
        (row["bapas_id"], row["kegiatan__bidang"]): (row["undangan"], row["hadir"])
        for row in Kehadiran.objects.filter(bapas_id__in=offices, kegiatan__in=held)
        .values("bapas_id", "kegiatan__bidang")
        .annotate(undangan=Count("pk"), hadir=Count("pk", filter=Q(status=Kehadiran.Status.HADIR)))
        .order_by()
    }
    counts = held.values_list("bapas_id", "bidang").annotate(Count("pk")).order_by("bapas_id", "bidang")
    return [FieldCount(bapas, bidang, n, *seats.get((bapas, bidang), (0, 0))) for bapas, bidang, n in counts]
