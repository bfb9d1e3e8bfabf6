"""Figures about programme money, in rupiah. One definition each, for any day; dashboards and reports share them.

*Anggaran* is the version in force (`ProgramQuerySet.in_force`), the last one that the head of the office approved. A
draft is never a budget. *Realisasi* is money spent by that day and approved by now, over all versions of the year.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from apps.program.models import ProgramTahunan, Realisasi, RincianBiaya


@dataclass(frozen=True)
class Money:
    """Programme money of one Bapas for one year: the budget in force, per source, and the money spent."""

    version: int = 0
    """Version number of the budget in force; 0 without one."""
    draft: int = 0
    """Version in preparation or waiting for the head; 0 without one. Its amounts are no budget."""
    planned: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    by_source: dict[str, Decimal] = field(default_factory=dict)

    @property
    def approved(self) -> bool:
        return self.version > 0


def money_per_office(offices: Collection[int], tahun: int, *, day: date) -> dict[int, Money]:
    """Bapas id → money of the programme year at the end of `day`; three queries.

    An office with neither an approved version nor one in preparation on that day has no entry, unless it spent money.
    """
    versions = ProgramTahunan.objects.filter(bapas_id__in=offices)
    ours, making = versions.in_force(tahun, on=day).values("pk"), versions.in_the_making(tahun, on=day).values("pk")
    known = versions.filter(Q(pk__in=ours) | Q(pk__in=making)).annotate(berlaku=Q(pk__in=ours))
    in_force: dict[int, int] = {}
    drafts: dict[int, int] = {}
    for office, versi, holds in known.values_list("bapas_id", "versi", "berlaku"):
        (in_force if holds else drafts)[office] = versi
    sources = _per_source(offices, ours)
    spent = dict(spending(offices, tahun, until=day).values_list("bapas_id").annotate(Sum("jumlah")).order_by())
    return {
        office: Money(
            in_force.get(office, 0),
            drafts.get(office, 0),
            sum(sources.get(office, {}).values(), Decimal(0)),
            spent.get(office, Decimal(0)),
            sources.get(office, {}),
        )
        for office in in_force.keys() | drafts.keys() | spent.keys()
    }


def spending(offices: Collection[int], tahun: int, *, until: date):
    """Proofs of the programme year dated up to and including `until`, of any version, approved by now.

    Each joined table names the offices again: PostgreSQL does not know that a line and its plan lie in one office.
    """
    return Realisasi.objects.filter(
        bapas_id__in=offices, rincian__bapas_id__in=offices, rincian__rencana__bapas_id__in=offices,
        rincian__rencana__program__bapas_id__in=offices, rincian__rencana__program__tahun=tahun,
        tanggal__lte=until, disetujui_oleh__isnull=False,
    )  # fmt: skip


def _per_source(offices: Collection[int], programmes) -> dict[int, dict[str, Decimal]]:
    lines = (
        RincianBiaya.objects.filter(bapas_id__in=offices, rencana__program__in=programmes)
        .values("bapas_id", "sumber")
        .annotate(total=Sum("jumlah"))
        .order_by("bapas_id", "sumber")
    )
    sources: dict[int, dict[str, Decimal]] = {}
    for line in lines:
        sources.setdefault(line["bapas_id"], {})[line["sumber"]] = line["total"]
    return sources
