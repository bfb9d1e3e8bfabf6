"""Figures about programme money, in rupiah. One definition each, for any day; dashboards and reports share them.

*Anggaran* is the version in force (`ProgramQuerySet.in_force`), the last one that the head of the office approved. A
draft is never a budget. *Realisasi* is money spent by that day and approved by now, over all versions of the year.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from apps.program.models import Realisasi, Sumber
from apps.rekap.reading import Sum, standing


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
    """Bapas id → money of the programme year at the end of `day`.

    An office with neither an approved version nor one in preparation on that day has no entry, unless it spent money.
    """
    categories = [str(tahun), *(f"{tahun}-{source}" for source in Sumber.values)]
    found: dict[int, dict[str, Sum]] = {}
    for row in standing(offices, "berlaku", "rancangan", "anggaran", "realisasi", day=day, categories=categories):
        found.setdefault(row.bapas_id, {})[row.measure + row.category.removeprefix(str(tahun))] = row
    return {office: _money(rows) for office, rows in found.items()}


def _money(rows: dict[str, Sum]) -> Money:
    sources = {
        source: rows[f"anggaran-{source}"].rupiah for source in sorted(Sumber.values) if f"anggaran-{source}" in rows
    }
    return Money(
        version=rows["berlaku"].n if "berlaku" in rows else 0,
        draft=rows["rancangan"].n if "rancangan" in rows else 0,
        planned=sum(sources.values(), Decimal(0)),
        spent=rows["realisasi"].rupiah if "realisasi" in rows else Decimal(0),
        by_source=sources,
    )


def spending(offices: Collection[int], tahun: int, *, until: date):
    """Proofs of the programme year dated up to and including `until`, of any version, approved by now.

    Each joined table names the offices again: PostgreSQL does not know that a line and its plan lie in one office.
    """
    return Realisasi.objects.filter(
        bapas_id__in=offices, rincian__bapas_id__in=offices, rincian__rencana__bapas_id__in=offices,
        rincian__rencana__program__bapas_id__in=offices, rincian__rencana__program__tahun=tahun,
        tanggal__lte=until, disetujui_oleh__isnull=False,
    )  # fmt: skip
