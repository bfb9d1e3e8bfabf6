"""Obstacles of a region, unit by unit and kind by kind, in one quarter of a year.

Quarters do not overlap, and the only total is that of a kind over all units. So no number that is printed here is the
difference of two others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apps.acuan.calendar import month_end, months_later
from apps.dasar.charts import largest, number
from apps.dasar.disclosure import SECRET, Shown, in_order, known, protect_total
from apps.dasbor.region import Unit
from apps.klien.figures import ObstacleCount, obstacles_per_kind

ROMAN = ("I", "II", "III", "IV")
QUARTERS_SHOWN = 8

Cell = tuple[Shown, Shown]
"""(how often, for how many different clients)."""


@dataclass(frozen=True)
class Quarter:
    """Three months of a calendar year; `part` is 1 to 4."""

    year: int
    part: int

    def __str__(self):
        return f"triwulan {ROMAN[self.part - 1]} {self.year}"

    @property
    def key(self) -> str:
        return f"{self.year}-{self.part}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.part - 2, 1)

    @property
    def last(self) -> date:
        return month_end(months_later(self.first, 2))


@dataclass(frozen=True)
class Obstacles:
    """How often each kind was noted at each unit. Small counts are masked, and none of them can be worked out."""

    kinds: tuple[str, ...]
    """The kinds that occurred, the most frequent first."""
    rows: tuple[tuple[Unit, tuple[Cell, ...]], ...]
    total: tuple[Shown, ...]

    def rows_of(self, unit_id: int) -> list[tuple[str, Shown, Shown]]:
        """(kind, times, clients) of one unit, without kinds that did not occur there."""
        row = next((row for unit, row in self.rows if unit.id == unit_id), ())
        return [(kind, *cell) for kind, cell in zip(self.kinds, row, strict=False) if cell[0] != 0]


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def last_quarters(today: date, count: int = QUARTERS_SHOWN) -> list[Quarter]:
    """The quarter of today and those before it, the newest first."""
    quarters = [quarter_of(today)]
    while len(quarters) < count:
        quarters.append(quarter_of(quarters[-1].first - timedelta(days=1)))
    return quarters


def collect(units: Sequence[Unit], quarter: Quarter) -> Obstacles:
    """One query, however many units there are."""
    offices = frozenset().union(*(unit.offices for unit in units))
    return of_counts(units, obstacles_per_kind(offices, since=quarter.first, until=quarter.last))


def of_counts(units: Sequence[Unit], counts: Sequence[ObstacleCount]) -> Obstacles:
    times: dict[str, list[int]] = {}
    clients: dict[str, list[int]] = {}
    for count in counts:
        place = next(place for place, unit in enumerate(units) if count.bapas_id in unit.offices)
        times.setdefault(count.jenis, [0] * len(units))[place] += count.times
        clients.setdefault(count.jenis, [0] * len(units))[place] += count.clients
    columns = {kind: _column(times[kind], clients[kind]) for kind in times}
    kinds = tuple(in_order(columns, count=lambda kind: columns[kind][1], name=str))
    rows = tuple((unit, tuple(columns[kind][0][place] for kind in kinds)) for place, unit in enumerate(units))
    return Obstacles(kinds, rows, tuple(columns[kind][1] for kind in kinds))


def _column(times: list[int], clients: list[int]) -> tuple[list[Cell], Shown]:
    """One kind at every unit, and its sum. If the times are secret, so are the clients."""
    shown, total = protect_total(times, clients)
    return [(cell, cell if cell in SECRET else people) for cell, people in zip(shown, clients, strict=True)], total


def sentence(found: Obstacles, quarter: Quarter) -> str:
    """The finding in words, before any chart."""
    top = largest(zip(found.kinds, found.total, strict=True))
    if not top:
        return f"Belum ada angka kendala yang dapat ditampilkan untuk {quarter}."
    kind, count, limit = top
    return f"Kendala yang paling sering pada {quarter}{limit}: {kind.lower()}, {number(count)} kali dicatat."


def cells(found: Obstacles) -> list[list[int | str]]:
    """The table as plain values, the sum last: the same rows on the page, in XLSX and in CSV."""
    lines = [(unit.name, [times for times, _ in row]) for unit, row in found.rows]
    return [[name, *map(_plain, row)] for name, row in [*lines, ("Jumlah", found.total)]]


def _plain(cell: Shown) -> int | str:
    return cell if known(cell) else number(cell)
