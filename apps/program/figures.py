"""Figures about programme money, in rupiah."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Exists, OuterRef, Sum

from apps.program.models import ProgramTahunan, Realisasi, RincianBiaya


@dataclass(frozen=True)
class Money:
    """The newest programme of one Bapas for one year: status, planned per source, spent (approved entries only)."""

    status: str = ""
    version: int = 0
    planned: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    by_source: dict[str, Decimal] = field(default_factory=dict)


def newest_versions(offices: Collection[int], tahun: int):
    """The newest version of each office's programme for the year."""
    newer = ProgramTahunan.objects.filter(bapas=OuterRef("bapas"), tahun=OuterRef("tahun"), versi__gt=OuterRef("versi"))
    return ProgramTahunan.objects.filter(~Exists(newer), bapas_id__in=offices, tahun=tahun)


def money_per_office(offices: Collection[int], tahun: int) -> dict[int, Money]:
    """Bapas id → money of the programme year; three queries. Spending counts over all versions of the year."""
    programmes = {p.bapas_id: p for p in newest_versions(offices, tahun)}
    sources: dict[int, dict[str, Decimal]] = {}
    lines = (
        RincianBiaya.objects.filter(bapas_id__in=offices, rencana__program__in=[p.pk for p in programmes.values()])
        .values("bapas_id", "sumber")
        .annotate(total=Sum("jumlah"))
        .order_by("bapas_id", "sumber")
    )
    for line in lines:
        sources.setdefault(line["bapas_id"], {})[line["sumber"]] = line["total"]
    spent = dict(
        Realisasi.objects.filter(
            bapas_id__in=offices, rincian__rencana__program__tahun=tahun, disetujui_oleh__isnull=False
        )
        .values_list("bapas_id")
        .annotate(Sum("jumlah"))
        .order_by()
    )
    return {
        bapas_id: Money(
            programme.status,
            programme.versi,
            sum(sources.get(bapas_id, {}).values(), Decimal(0)),
            spent.get(bapas_id, Decimal(0)),
            sources.get(bapas_id, {}),
        )
        for bapas_id, programme in programmes.items()
    }
