"""Which counts of persons may be printed outside the office.

A count of one to four is masked, printed "<5". That alone is not enough: where a sum is printed beside its parts, a
masked cell can be worked out. So further cells, all of five or more, are hidden ("*") until each printed line of parts
and sum, taken by itself, leaves every secret cell at least two values.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeGuard, TypeVar

from apps.dasar.suppress import SMALLEST_SHOWN, suppressed

MASKED = None  # one to four persons, printed "<5"
HIDDEN = -1  # would give a masked one away, printed "*"
SECRET = (MASKED, HIDDEN)
ENDLESS = 10**12
"""Stands for "no upper limit"; no count comes near it."""

Shown = int | None
Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


def mask(count: int, persons: int = 0) -> Shown:
    """The count, or MASKED when it is too small. `persons` are those behind a count of something else."""
    return MASKED if suppressed(count) or suppressed(persons) else count


def known(count: Shown) -> TypeGuard[int]:
    """True for a count that the reader may see, zero included; not for one that is secret, and not for no count."""
    return count is not None and count >= 0


def added(*counts: Shown) -> Shown:
    """The sum of printed counts; secret as soon as one of them is."""
    return sum(filter(known, counts)) if all(map(known, counts)) else HIDDEN


def in_order(rows: Iterable[Row], *, count: Callable[[Row], float | None], name: Callable[[Row], str]) -> list[Row]:
    """Largest printed count first, then secret ones: their place among the printed ones would reveal their size."""

    def place(row: Row) -> tuple[int, float, str]:
        n = count(row)
        return (1 if n == HIDDEN else 2 if n is MASKED else 3 if n <= 0 else 0), -(n or 0), name(row)

    return sorted(rows, key=place)


def protect_sums(
    counts: Mapping[Key, int],
    sums: Iterable[tuple[Key, Sequence[Key]]],
    *,
    persons: Mapping[Key, int] | None = None,
    printed: Collection[Key] = (),
) -> dict[Key, Shown]:
    """Mask the cells of a table. `sums` pairs each sum, itself a cell, with its parts; `persons` as for `mask`.

    Cells in `printed` appear elsewhere unmasked. Parts that do not add up reveal nothing about each other: no line.
    """
    few = ENDLESS if persons else SMALLEST_SHOWN - 1  # a count masked for few persons may itself have any size
    behind = persons or {}
    shown = {key: n if key in printed else mask(n, behind.get(key, 0)) for key, n in counts.items()}
    lines = [(*parts, whole) for whole, parts in sums if counts[whole] == sum(counts[part] for part in parts)]
    while sum(_cover(shown, counts, line, few, printed) for line in lines):
        continue
    return shown


def protect_total(counts: Sequence[int], persons: Sequence[int] | None = None) -> tuple[list[Shown], Shown]:
    """The cells of one column and their sum; `persons` as for `mask`."""
    cells = [*counts, sum(counts)]
    people = dict(enumerate([*persons, sum(persons)])) if persons else None
    shown = protect_sums(dict(enumerate(cells)), [(len(counts), range(len(counts)))], persons=people)
    return [shown[place] for place in range(len(counts))], shown[len(counts)]


def protect_column(counts: Sequence[int], persons: Sequence[int] | None = None) -> list[Shown]:
    """The cells of one column whose sum is printed elsewhere unmasked; `persons` as for `mask`."""
    cells = dict(enumerate([*counts, sum(counts)]))
    people = dict(enumerate(persons)) if persons else None
    sums = [(len(counts), range(len(counts)))]
    shown = protect_sums(cells, sums, persons=people, printed=[len(counts)])
    return [shown[place] for place in range(len(counts))]


def _cover(
    shown: dict[Key, Shown], counts: Mapping[Key, int], line: Sequence[Key], few: int, printed: Collection[Key]
) -> bool:
    """Hide one more cell of a line that reveals a secret: the smallest that is enough. True when a cell was hidden.

    If only masked cells are left, one of them is hidden, the sum first: four masked parts with a masked sum are all 1.
    """

    def room(key: Key, sign: Shown) -> tuple[int, int]:
        """How much smaller and larger a secret cell could be, judged by its sign; for a sum the two are swapped."""
        n = counts[key]
        down, up = (n - 1, few - n) if sign is MASKED else (n - SMALLEST_SHOWN, ENDLESS)
        return (up, down) if key == line[-1] else (down, up)

    secret = [room(key, shown[key]) for key in line if shown[key] in SECRET]
    if not secret or _ambiguous(secret):
        return False
    candidates = [key for key in line if (shown[key] or 0) > 0 and key not in printed]
    if not candidates and line[-1] not in printed:
        candidates = [key for key in reversed(line) if shown[key] is MASKED][:1]
    if candidates:
        shown[min(candidates, key=lambda key: (not _ambiguous([*secret, room(key, HIDDEN)]), counts[key]))] = HIDDEN
    return bool(candidates)


def _ambiguous(rooms: Sequence[tuple[int, int]]) -> bool:
    """True if each cell can take two values while the sum stays: not one cell alone, nor cells all at one limit."""
    down, up = (sum(room) for room in zip(*rooms, strict=True))
    return len(rooms) > 1 and down > 0 and up > 0
