"""Figures about community service. Sums per Bapas; whoever shows them suppresses small counts."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import cast

from django.db.models import Count, F, Q, Sum

from apps.kerja_sosial.models import JamKerja, KerjaSosial, TempatKerjaSosial

ZERO = Decimal(0)


@dataclass(frozen=True)
class ServiceCount:
    """Sentences of one Bapas and their hours; `children` are among `running`, `left` is of the running ones."""

    running: int = 0
    children: int = 0
    overdue: int = 0
    done: int = 0
    not_done: int = 0
    confirmed: Decimal = ZERO
    left: Decimal = ZERO


COUNTS = tuple(field.name for field in fields(ServiceCount))


def service_per_office(offices: Collection[int], *, today: date) -> dict[int, ServiceCount]:
    """Bapas id → sentences and hours on `today`. An office without any has no entry."""
    status = KerjaSosial.Status
    running = Q(status=status.BERJALAN)
    rows = (
        KerjaSosial.objects.filter(bapas_id__in=offices)
        .values("bapas_id")
        .annotate(
            running=Count("pk", filter=running),
            children=Count("pk", filter=running & Q(jenis=KerjaSosial.Jenis.ANAK)),
            overdue=Count("pk", filter=running & Q(batas__lt=today, jam_tercatat__lt=F("total_jam"))),
            done=Count("pk", filter=Q(status=status.SELESAI)),
            not_done=Count("pk", filter=Q(status=status.TIDAK)),
            confirmed=Sum("jam_disahkan"),
            left=Sum(F("total_jam") - F("jam_tercatat"), filter=running, default=ZERO),
        )
    )
    return {row["bapas_id"]: ServiceCount(**{name: cast(dict, row)[name] for name in COUNTS}) for row in rows}


def hours_worked(offices: Collection[int], *, since: date, until: date) -> dict[int, Decimal]:
    """Bapas id → standing hours worked from `since` up to and including `until`, confirmed or not."""
    rows = JamKerja.objects.standing().filter(bapas_id__in=offices, tanggal__range=(since, until))
    return dict(rows.order_by().values_list("bapas_id").annotate(n=Sum("jam")))


def places_per_office(offices: Collection[int]) -> dict[int, int]:
    """Bapas id → places that take clients."""
    rows = TempatKerjaSosial.objects.filter(bapas_id__in=offices, aktif=True)
    return dict(rows.order_by().values_list("bapas_id").annotate(n=Count("pk")))
