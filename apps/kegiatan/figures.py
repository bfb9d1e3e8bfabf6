"""Figures about activities. Sums per Bapas; whoever shows them suppresses small counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum

from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.wilayah.days import on_days


@dataclass(frozen=True)
class ActivityCount:
    """Activities of one Bapas in a period. Money in rupiah."""

    held: int = 0
    planned: int = 0
    cost: Decimal = Decimal(0)
    attendances: int = 0
    clients: int = 0


def activities_per_office(offices: Collection[int], *, since: date, until: date) -> dict[int, ActivityCount]:
    """Bapas id → activities that start from `since` up to and including `until`; two queries."""
    period = on_days("mulai", since=since, until=until)
    held = Q(status=Kegiatan.Status.SELESAI)
    activities = (
        Kegiatan.objects.filter(period, bapas_id__in=offices)
        .values("bapas_id")
        .annotate(
            held=Count("pk", filter=held),
            planned=Count("pk", filter=Q(status=Kegiatan.Status.RENCANA)),
            cost=Sum("biaya", filter=held, default=Decimal(0)),
        )
    )
    presence = dict(_presence(offices, since, until))
    return {
        row["bapas_id"]: ActivityCount(row["held"], row["planned"], row["cost"], *presence.get(row["bapas_id"], (0, 0)))
        for row in activities
    }


def _presence(offices: Collection[int], since: date, until: date):
    """(Bapas id, (attendances, different clients)) of the period."""
    rows = (
        Kehadiran.objects.filter(
            on_days("kegiatan__mulai", since=since, until=until),
            bapas_id__in=offices,
            status=Kehadiran.Status.HADIR,
        )
        .values("bapas_id")
        .annotate(attendances=Count("pk"), clients=Count("klien_id", distinct=True))
    )
    return ((row["bapas_id"], (row["attendances"], row["clients"])) for row in rows)
