"""Figures of a region, unit by unit: the Bapas of a Kanwil, or the Kanwil of the nation, or one Bapas.

`collect` counts for the office itself: live and exact. `released` reads for Kanwil and Ditjenpas what was released
(`apps/rilis`): guidance of a closed month, clients and needs at the end of a day. Everything after them is pure.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from apps.acuan.calendar import month_end
from apps.dasar.disclosure import HIDDEN, NO_DATA, known
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
from apps.rilis import reading
from apps.rilis.measures import CLIENTS, DONE, FACTOR, IN_NEED, MET, MISSED, NEED, OVERDUE
from apps.rilis.models import Khalayak, Masa
from apps.rilis.reading import Faces, Released, factor_name
from apps.wajib_lapor.figures import overdue_per_office

LOW_SHARE = 0.7
"""Share of guidance done below which a unit needs attention (own rule)."""
HIGH_OVERDUE = 0.2
"""Share of active clients past their reporting date above which a unit needs attention (own rule)."""

Count = int | None
OPEN = ("activities", "planned", "spent", "programmes", "drafts")
"""Figures that count no persons."""


@dataclass(frozen=True)
class Unit:
    """One line of the table and one tile of the map."""

    id: int
    name: str
    code: str
    offices: frozenset[int]
    column: int = 0
    row: int = 0
    is_region: bool = False
    """`id` is that of a Kanwil, not of a Bapas."""


SUM = Unit(0, "Jumlah", "", frozenset())
"""Stands for all units together, and for the nation."""


@dataclass(frozen=True)
class UnitRow:
    """What one unit did. Counts of persons may be MASKED, HIDDEN, or NO_DATA before a release; money is in rupiah."""

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
    """All units in one month, their sum, and twelve months of guidance."""

    month: date
    day: date | None
    """The day at whose end clients and needs are counted; None while nothing is released."""
    rows: tuple[UnitRow, ...]
    total: UnitRow
    before: UnitRow
    """Sum of the month before that of the guidance; it holds guidance only."""
    months: tuple[MonthTotal, ...]
    contacts: date | None = None
    """The month of the guidance; None while none is released."""
    until: date | None = None
    """The day up to which activities and money are counted."""
    released: bool = False
    """The counts of persons are those for readers outside the office."""

    @property
    def offices(self) -> frozenset[int]:
        """Every Bapas whose numbers are in it."""
        return frozenset().union(*(row.unit.offices for row in self.rows))


@dataclass(frozen=True)
class Metric:
    """One way to colour the map."""

    label: str
    unit: str
    value: Callable[[UnitRow], int | float | None]


METRICS = {
    "bimbingan": Metric(
        "Bimbingan terlaksana", "%", lambda row: _percent(row.share, row.done == row.missed in (0, NO_DATA))
    ),
    "terlewat": Metric("Klien melewati tanggal lapor", "klien", lambda row: row.overdue),
    "kebutuhan": Metric("Klien dengan kebutuhan belum terpenuhi", "klien", lambda row: row.need_clients),
    "serapan": Metric("Dana program terealisasi", "%", lambda row: _percent(row.spent_share, not row.planned)),
}


def collect(unit: Unit, *, month: date, today: date, kategori: int | None = None) -> Region:
    """One office as it counts itself: events of the month, clients and money on its last day, or today."""
    months = last_months(month)
    day = min(month_end(month), today)
    active, overdue, in_need = _clients(unit.offices, day, kategori)
    _, trend = guidance_trend(unit.offices, since=months[0], month=month, until=day)
    found = {g.month: MonthTotal(g.month, g.done, g.missed) for g in trend}
    totals = tuple(found.get(first) or MonthTotal(first, 0, 0) for first in months)
    persons = UnitRow(
        unit, sum(active.values()), sum(overdue.values()), totals[-1].done, totals[-1].missed, sum(in_need.values())
    )
    row = _with_open_figures([persons], month, day)[0]
    before = UnitRow(SUM, done=totals[-2].done, missed=totals[-2].missed)
    return Region(month, day, (row,), replace(row, unit=SUM), before, totals, contacts=month, until=day)


def released(units: Sequence[Unit], whole: Unit, *, month: date, today: date, kategori: int | None = None) -> Region:
    """The units and all of them together, as they are released for Kanwil and Ditjenpas.

    The number of queries does not depend on the number of units.
    """
    until = min(month_end(month), today)
    found = reading.newest(hari=until, bulan=month)
    contacts, day = found["bulan"], found["hari"]
    if day and day < month and until < today:
        day = None  # another month is no substitute for the last day of this one
    months = last_months(contacts) if contacts else []
    those = rows_of([*units, whole])
    state = reading.read_one(Masa.HARI, day, Khalayak.DINAS, those)
    met = reading.read(Masa.BULAN, months, Khalayak.DINAS, those)
    last = met.get(contacts or month, Released())
    need = f"{NEED}{kategori}" if kategori else IN_NEED

    def row(unit: Unit) -> UnitRow:
        there, contact = faces_of(state, unit), faces_of(last, unit)
        return UnitRow(unit, there(CLIENTS), there(OVERDUE), contact(DONE), contact(MISSED), there(need))

    rows = _with_open_figures([row(unit) for unit in units], month, until)
    sums = {name: sum(getattr(row, name) for row in rows) for name in OPEN}
    trend = [(first, faces_of(met.get(first, Released()), whole)) for first in months]
    totals = tuple(MonthTotal(first, faces(DONE), faces(MISSED)) for first, faces in trend)
    earlier = totals[-2] if totals else MonthTotal(month, NO_DATA, NO_DATA)
    return Region(
        month, day, tuple(rows), replace(row(whole), unit=SUM, **sums),
        UnitRow(SUM, done=earlier.done, missed=earlier.missed), totals, contacts=contacts, until=until, released=True,
    )  # fmt: skip


def rows_of(units: Iterable[Unit]) -> Q:
    """The stored faces of these units."""
    units = list(units)
    regions, offices = ([u.id for u in units if u.id and u.is_region is wide] for wide in (True, False))
    those = reading.regions(regions) | reading.offices(offices)
    return those if all(unit.id for unit in units) else those | reading.nation()


def faces_of(found: Released, unit: Unit) -> Faces:
    if not unit.id:
        return found.nation
    return found.region(unit.id) if unit.is_region else found.office(unit.id)


def _with_open_figures(rows: Sequence[UnitRow], month: date, until: date) -> list[UnitRow]:
    """The rows with what counts no persons: activities of the month, programmes and money at the end of `until`."""
    offices = frozenset().union(*(row.unit.offices for row in rows))
    activities = held_per_office(offices, since=month, until=until)
    money = money_per_office(offices, month.year, day=until)

    def filled(row: UnitRow) -> UnitRow:
        funds = [money[office] for office in row.unit.offices if office in money]
        return replace(
            row,
            activities=sum(activities.get(office, 0) for office in row.unit.offices),
            planned=sum((fund.planned for fund in funds), Decimal(0)),
            spent=sum((fund.spent for fund in funds), Decimal(0)),
            programmes=sum(fund.approved for fund in funds),
            drafts=sum(fund.draft > 0 for fund in funds),
        )

    return [filled(row) for row in rows]


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
        yield f"Bimbingan terlaksana {_percent(row.share)}% pada {month_name}, di bawah {_percent(LOW_SHARE)}%."
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


def needs_of(office: int, names: Mapping[int, str], *, day: date) -> list[tuple[str, Count, Count]]:
    """(category, clients who still needed it, met needs) at the end of `day`, not sorted: for the office itself."""
    return [(names[key], unmet, met) for key, (unmet, met) in needs_outlook([office], day=day).items()]


def needs_released(state: Faces, names: Mapping[int, str]) -> list[tuple[str, Count, Count]]:
    """The same as it is released, and factors instead of categories where these are too few to be told."""
    kinds = sorted({*state.kinds(NEED), *state.kinds(MET)}, key=int)
    rows = [(names[int(kind)], state(NEED + kind), state(MET + kind)) for kind in kinds]
    return rows + [(factor_name(kind), state(FACTOR + kind), NO_DATA) for kind in state.kinds(FACTOR)]


def _percent(share: float | None, nothing: bool = False) -> int:
    """Whole percent; HIDDEN when there is no share to print, NO_DATA when there was `nothing` to take a share of."""
    if share is None:
        return NO_DATA if nothing else HIDDEN
    return round(share * 100)
