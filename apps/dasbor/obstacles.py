"""Clients who met an obstacle, unit by unit and kind by kind, in one closed quarter of a year, as it is released.

Quarters do not overlap, and the only total is that of a kind over all units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apps.acuan.calendar import month_end, months_later
from apps.dasar.charts import largest, number
from apps.dasar.disclosure import Shown, in_order, known
from apps.dasbor.region import Unit, faces_of, rows_of
from apps.rilis import reading
from apps.rilis.measures import OBSTACLE
from apps.rilis.models import Khalayak, Masa
from apps.rilis.reading import Faces

ROMAN = ("I", "II", "III", "IV")
QUARTERS_SHOWN = 8


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
    """How many clients met each kind at each unit; a client counts once per kind."""

    kinds: tuple[str, ...]
    """The kinds that occurred, those of most clients first."""
    rows: tuple[tuple[Unit, tuple[Shown, ...]], ...]
    total: tuple[Shown, ...]
    released: bool = True
    """False for a quarter that is not closed yet."""


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def last_quarters(today: date, count: int = QUARTERS_SHOWN) -> list[Quarter]:
    """The quarter of today and those before it, the newest first."""
    quarters = [quarter_of(today)]
    while len(quarters) < count:
        quarters.append(quarter_of(quarters[-1].first - timedelta(days=1)))
    return quarters


def collect(units: Sequence[Unit], whole: Unit, quarter: Quarter) -> Obstacles:
    """The units and all of them together. One query, however many units there are."""
    those = rows_of([*units, whole])
    found = reading.read_one(Masa.TRIWULAN, quarter.first, Khalayak.DINAS, those)
    if not found.first:
        return Obstacles((), tuple((unit, ()) for unit in units), (), released=False)
    return of_faces(faces_of(found, whole), [(unit, faces_of(found, unit)) for unit in units])


def of_faces(whole: Faces, each: Sequence[tuple[Unit, Faces]]) -> Obstacles:
    found = {kind for faces in (whole, *(faces for _, faces in each)) for kind in faces.kinds(OBSTACLE)}
    kinds = tuple(in_order(found, count=lambda kind: whole(OBSTACLE + kind), name=str))
    rows = tuple((unit, tuple(faces(OBSTACLE + kind) for kind in kinds)) for unit, faces in each)
    return Obstacles(kinds, rows, tuple(whole(OBSTACLE + kind) for kind in kinds))


def of_office(faces: Faces) -> list[tuple[str, Shown]]:
    """(kind, clients) of one office, those of most clients first."""
    rows = [(kind, faces(OBSTACLE + kind)) for kind in faces.kinds(OBSTACLE)]
    return in_order(rows, count=lambda row: row[1], name=lambda row: row[0])


def sentence(found: Obstacles, quarter: Quarter) -> str:
    """The finding in words, before any chart."""
    if not found.released:
        return f"Angka kendala {quarter} terbit setelah triwulannya ditutup, tujuh hari sesudah berakhir."
    top = largest(zip(found.kinds, found.total, strict=True))
    if not top:
        return f"Angka setiap jenis kendala pada {quarter} nol atau disembunyikan karena sedikit klien."
    kind, count, limit = top
    return f"Kendala yang paling banyak dialami pada {quarter}{limit}: {kind.lower()}, {number(count)} klien."


def cells(found: Obstacles) -> list[list[int | str]]:
    """The table as plain values, the sum last: the same rows on the page, in XLSX and in CSV."""
    lines = [(unit.name, row) for unit, row in found.rows]
    return [[name, *map(_plain, row)] for name, row in [*lines, ("Jumlah", found.total)]]


def _plain(cell: Shown) -> int | str:
    return cell if known(cell) else number(cell)
