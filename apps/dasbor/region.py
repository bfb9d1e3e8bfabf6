"""Figures of a region, unit by unit: the Bapas of a Kanwil, or the Kanwil of the nation, or one Bapas.

Events are counted over the month. Clients, needs, reporting dates and money are as they were on its last day, or as
they are today if the month is not over.

`collect` queries the rooms (apps) below; everything after it is pure. `Region.shown` masks small counts for readers
outside the owning office, so later code cannot print a number that it should not.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.utils import timezone

from apps.acuan.calendar import month_end
from apps.dasar.charts import NO_DATA
from apps.dasar.disclosure import HIDDEN, known, mask, protect_total
from apps.kegiatan.figures import held_per_office
from apps.klien.figures import (
    clients_in_need,
    clients_per_office,
    guidance_trend,
    last_months,
    needs_outlook,
)
from apps.program.figures import money_per_office
from apps.rekap.reading import standing
from apps.wajib_lapor.figures import overdue_per_office

LOW_SHARE = 0.7
"""Share of guidance done below which a unit needs attention (own rule)."""
HIGH_OVERDUE = 0.2
"""Share of active clients past their reporting date above which a unit needs attention (own rule)."""

Count = int | None
PERSONS = ("active", "overdue", "done", "missed", "need_clients")
SUMS = (*PERSONS, "activities", "planned", "spent", "programmes", "drafts")


@dataclass(frozen=True)
class Unit:
    """One line of the table and one tile of the map."""

    id: int
    name: str
    code: str
    offices: frozenset[int]
    column: int = 0
    row: int = 0


SUM = Unit(0, "Jumlah", "", frozenset())
"""Stands for all units together."""


@dataclass(frozen=True)
class UnitRow:
    """What one unit did. Counts of persons may be MASKED or HIDDEN; money is in rupiah."""

    unit: Unit
    active: Count = 0
    overdue: Count = 0
    done: Count = 0
    missed: Count = 0
    need_clients: Count = 0
    activities: int = 0
    planned: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    programmes: int = 0
    """Offices with an approved programme of the year; `drafts` are those that are making a version."""
    drafts: int = 0

    @property
    def share(self) -> float | None:
        """Guidance done, 0 to 1; None when nothing was recorded or a part of it is secret."""
        done, missed = self.done, self.missed
        if not known(done) or not known(missed) or not done + missed:
            return None
        return done / (done + missed)

    @property
    def spent_share(self) -> float | None:
        return float(self.spent / self.planned) if self.planned else None


@dataclass(frozen=True)
class MonthTotal:
    month: date
    done: Count
    missed: Count


@dataclass(frozen=True)
class Attention:
    """A unit that needs attention, and why, in a sentence."""

    unit: Unit
    reason: str


@dataclass(frozen=True)
class Region:
    """All units in one month, their sum, and the twelve months that end with it."""

    month: date
    day: date
    """The last day of the month, or today if it is not over."""
    rows: tuple[UnitRow, ...]
    total: UnitRow
    before: UnitRow
    """Sum of the month before; it holds guidance only."""
    months: tuple[MonthTotal, ...]
    running: bool = False
    """`day` is today."""
    masked: bool = False

    @property
    def offices(self) -> frozenset[int]:
        """Every Bapas whose numbers are in it."""
        return frozenset().union(*(row.unit.offices for row in self.rows))

    def shown(self) -> "Region":
        """The same region for a reader outside the owning offices: small counts masked, none of them derivable."""
        columns = {name: protect_total([getattr(row, name) for row in self.rows]) for name in PERSONS}
        rows = tuple(
            _with(row, {name: cells[index] for name, (cells, _) in columns.items()})
            for index, row in enumerate(self.rows)
        )
        total = _with(self.total, {name: whole for name, (_, whole) in columns.items()})
        before = _with(self.before, {name: mask(getattr(self.before, name)) for name in ("done", "missed")})
        earlier = [
            MonthTotal(m.month, *(mask(n) if known(n) else n for n in (m.done, m.missed))) for m in self.months[:-1]
        ]
        months = (*earlier, *(MonthTotal(m.month, total.done, total.missed) for m in self.months[-1:]))
        return replace(self, rows=rows, total=total, before=before, months=months, masked=True)


@dataclass(frozen=True)
class Metric:
    """One way to colour the map."""

    label: str
    unit: str
    value: Callable[[UnitRow], int | float | None]


METRICS = {
    "bimbingan": Metric("Bimbingan terlaksana", "%", lambda row: _percent(row.share, row.done == row.missed == 0)),
    "terlewat": Metric("Klien melewati tanggal lapor", "klien", lambda row: row.overdue),
    "kebutuhan": Metric("Klien dengan kebutuhan belum terpenuhi", "klien", lambda row: row.need_clients),
    "serapan": Metric("Dana program terealisasi", "%", lambda row: _percent(row.spent_share, not row.planned)),
}


def collect(units: Sequence[Unit], *, month: date, today: date, kategori: int | None = None) -> Region:
    """Ask the database for every unit at once; the number of queries does not depend on the number of units."""
    offices = frozenset().union(*(unit.offices for unit in units))
    months = last_months(month)
    day = min(month_end(month), today)
    active, overdue, in_need = _clients(offices, day, kategori)
    guidance, trend = guidance_trend(offices, since=months[0], month=month, until=day)
    contacts = {g.bapas_id: g for g in guidance}
    activities = held_per_office(offices, since=month, until=day)
    money = money_per_office(offices, month.year, day=day)

    def row(unit: Unit) -> UnitRow:
        def of_unit(counts: Mapping[int, int]) -> int:
            return sum(counts.get(office, 0) for office in unit.offices)

        met = [contacts[office] for office in unit.offices if office in contacts]
        funds = [money[office] for office in unit.offices if office in money]
        return UnitRow(
            unit,
            active=of_unit(active),
            overdue=of_unit(overdue),
            done=sum(g.done for g in met),
            missed=sum(g.missed for g in met),
            need_clients=of_unit(in_need),
            activities=of_unit(activities),
            planned=sum((fund.planned for fund in funds), Decimal(0)),
            spent=sum((fund.spent for fund in funds), Decimal(0)),
            programmes=sum(fund.approved for fund in funds),
            drafts=sum(fund.draft > 0 for fund in funds),
        )

    found = {g.month: MonthTotal(g.month, g.done, g.missed) for g in trend}
    totals = [found.get(first) or MonthTotal(first, 0, 0) for first in months]
    rows = tuple(row(unit) for unit in units)
    total = UnitRow(SUM, **{name: sum(getattr(row, name) for row in rows) for name in SUMS})
    before = UnitRow(SUM, done=totals[-2].done, missed=totals[-2].missed)
    return Region(month, day, rows, total, before, tuple(totals), running=day == today)


def _clients(offices: Collection[int], day: date, kategori: int | None) -> list[dict[int, int]]:
    """Active clients, those past their reporting date, those in need: Bapas id → count each.

    One read for all three while that is the present; the reporting date of a past day is not among the sums.
    """
    if kategori or day < timezone.localdate():
        active = {office: counts.active for office, counts in clients_per_office(offices, day=day).items()}
        return [active, overdue_per_office(offices, day=day), clients_in_need(offices, day=day, kategori=kategori)]
    counts = {measure: Counter[int]() for measure in ("klien", "terlewat", "butuh")}
    for found in standing(offices, *counts, day=day):
        counts[found.measure][found.bapas_id] += found.n
    return list(counts.values())


def attention(region: Region, month_name: str) -> list[Attention]:
    """Units that need attention, judged only by numbers that the reader may see."""
    return [Attention(row.unit, reason) for row in region.rows for reason in _reasons(row, region.month, month_name)]


def _reasons(row: UnitRow, month: date, month_name: str) -> Iterable[str]:
    if row.active != 0 and row.done == 0 and row.missed == 0:
        yield f"Belum ada bimbingan tercatat pada {month_name}."
    if row.share is not None and row.share < LOW_SHARE:
        yield f"Bimbingan terlaksana {_percent(row.share)}%, di bawah {_percent(LOW_SHARE)}%."
    if known(row.overdue) and known(row.active) and row.active and row.overdue / row.active > HIGH_OVERDUE:
        yield f"{_percent(row.overdue / row.active)}% klien melewati tanggal lapor."
    if not row.programmes:
        yield f"Program tahun {month.year} {'belum disetujui' if row.drafts else 'belum disusun'}."


def silent_units(region: Region) -> int:
    """Units with clients that recorded no guidance in the month."""
    return sum(1 for row in region.rows if row.active != 0 and row.done == 0 and row.missed == 0)


def lowest(region: Region) -> UnitRow | None:
    """The unit with the smallest share of guidance done."""
    known = [(row.share, row.unit.name, row) for row in region.rows if row.share is not None]
    return min(known, key=lambda share: share[:2])[2] if known else None


def needs_of(
    offices: Collection[int], names: dict[int, str], *, day: date, masked: bool
) -> list[tuple[str, Count, Count]]:
    """(category, clients who still needed it, met needs) at the end of `day`, not sorted."""

    def hide(count: int) -> Count:
        return mask(count) if masked else count

    outlook = needs_outlook(offices, day=day)
    return [(names[key], hide(unmet), hide(met)) for key, (unmet, met) in outlook.items()]


def _with(row: UnitRow, counts: dict[str, Count]) -> UnitRow:
    return replace(row, **cast(dict[str, Any], counts))


def _percent(share: float | None, nothing: bool = False) -> int:
    """Whole percent; HIDDEN when there is no share to print, NO_DATA when there was `nothing` to take a share of."""
    if share is None:
        return NO_DATA if nothing else HIDDEN
    return round(share * 100)
