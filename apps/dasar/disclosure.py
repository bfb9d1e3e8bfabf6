"""Which counts of persons may be printed outside the office, and how the signs of the others are read.

A count of one to four is masked, printed "<5". That alone is not enough: further cells are hidden ("*") so that no
masked one can be worked out. `apps/rilis` decides which.
"""

from collections.abc import Callable, Iterable
from typing import TypeGuard, TypeVar

from apps.dasar.suppress import suppressed

MASKED = None  # one to four persons, printed "<5"
HIDDEN = -1  # would give a masked one away, printed "*"
SECRET = (MASKED, HIDDEN)
NO_DATA = -2  # nothing was recorded or released: neither zero nor secret; printed "–"

Shown = int | None
Row = TypeVar("Row")


def mask(count: int) -> Shown:
    """The count, or MASKED when it is too small."""
    return MASKED if suppressed(count) else count


def known(count: Shown) -> TypeGuard[int]:
    """True for a count that the reader may see, zero included; not for one that is secret, and not for no count."""
    return count is not None and count >= 0


def added(*counts: Shown) -> Shown:
    """The sum of printed counts over kinds, months or offices: secret as soon as one of them is, so it tells nothing
    new. What is not released yet is left out; NO_DATA when nothing is."""
    released = [n for n in counts if n != NO_DATA]
    if counts and not released:
        return NO_DATA
    return sum(filter(known, released)) if all(map(known, released)) else HIDDEN


def in_order(rows: Iterable[Row], *, count: Callable[[Row], float | None], name: Callable[[Row], str]) -> list[Row]:
    """Largest printed count first, then secret ones: their place among the printed ones would reveal their size."""

    def place(row: Row) -> tuple[int, float, str]:
        n = count(row)
        return (1 if n == HIDDEN else 2 if n is MASKED else 3 if n <= 0 else 0), -(n or 0), name(row)

    return sorted(rows, key=place)
