"""Names of what is released, and the leaves of its trees.

A room (app) that counts persons has a module `rilis` with `COUNTERS`: kind of period → function that adds its counts.
"""

from collections.abc import Callable, Collection
from datetime import date

from apps.acuan.calendar import month_end, months_later
from apps.rilis.models import Masa
from apps.rilis.trees import Node

Counts = dict[str, dict[Node, int]]
"""Measure → leaf of its tree → persons."""
Places = dict[int, Collection[int]]
"""The active offices, each with the places (kabupaten/kota) that it serves."""
Counter = Callable[[Counts, Places, date, date], None]
"""Adds the counts of one period, from its first to its last day; a day counts what stood at its end."""

CLIENTS, CHILDREN, OVERDUE, IN_NEED = "klien", "anak", "terlewat", "butuh"
DONE, MISSED = "hadir", "absen"
NEED, FACTOR, STATUS, MET, OBSTACLE, PRESENT, ABSENT, OUTCOME = (
    "butuh:", "faktor:", "status:", "terpenuhi:", "kendala:", "datang:", "tidak_datang:", "hasil:",
)  # fmt: skip
"""Beginnings of the names of measures that exist per kind: category, factor of categories, status, kind of obstacle,
field, answer."""
PROGRAMME = "program:"
"""Beginning of the names of programmes: their clients at each office, small ones joined (`programmes_released`). They
add up to CLIENTS."""
ONCE_MET = f"{STATUS}terpenuhi"
ELSEWHERE = 0
"""Stands for the place of clients who live outside the places that their office serves."""


def office(pk: int) -> Node:
    return ("bapas", pk, 0)


def place(bapas: int, kabkota: int) -> Node:
    return ("tempat", bapas, kabkota)


def of_offices(counts: dict[int, int]) -> dict[Node, int]:
    return {office(pk): n for pk, n in counts.items()}


def last_day(masa: str, first: date) -> date:
    """The last day of a period."""
    months = {Masa.BULAN: 1, Masa.TRIWULAN: 3, Masa.TAHUN: 12}
    return month_end(months_later(first, months[Masa(masa)] - 1)) if masa in months else first
