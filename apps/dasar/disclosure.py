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
"""Stands for "as many as you like"; no count comes near it."""

Shown = int | None
Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


def mask(count: int, persons: int = 0) -> Shown:
    """`persons` are those behind the count, when it counts something else."""
    return MASKED if suppressed(count) or suppressed(persons) else count


def known(count: Shown) -> TypeGuard[int]:
    """True for a count that the reader may see, nought too."""
    return count not in SECRET


def added(*counts: Shown) -> Shown:
    """The sum of printed counts; secret as soon as one of them is."""
    return sum(filter(known, counts)) if all(map(known, counts)) else HIDDEN


def in_order(rows: Iterable[Row], *, count: Callable[[Row], float | None], name: Callable[[Row], str]) -> list[Row]:
    """The largest first, as far as it is printed: among open counts the place of a secret one would tell its size."""

    def place(row: Row) -> tuple[int, float, str]:
        n = count(row)
        return (1 if n == HIDDEN else 2 if n is MASKED else 0 if n else 3), -(n or 0), name(row)

    return sorted(rows, key=place)


def protect_sums(
    counts: Mapping[Key, int],
    sums: Iterable[tuple[Key, Sequence[Key]]],
    *,
    persons: Mapping[Key, int] | None = None,
    printed: Collection[Key] = (),
) -> dict[Key, Shown]:
    """Cells with sums of them. `sums` names each sum, a cell itself, and its parts; `persons` as for `mask`.

    Sums in `printed` stand elsewhere as they are. Parts that do not add up tell nothing about each other: no line.
    """
    few = ENDLESS if persons else SMALLEST_SHOWN - 1  # a masked count of few persons may be as large as it likes
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
    """The cells of one column whose sum is printed elsewhere as it is; `persons` as for `mask`."""
    cells = dict(enumerate([*counts, sum(counts)]))
    people = dict(enumerate(persons)) if persons else None
    sums = [(len(counts), range(len(counts)))]
    shown = protect_sums(cells, sums, persons=people, printed=[len(counts)])
    return [shown[place] for place in range(len(counts))]


def _cover(
    shown: dict[Key, Shown], counts: Mapping[Key, int], line: Sequence[Key], few: int, printed: Collection[Key]
) -> bool:
    """Hide one more cell of a line that gives a secret away, the smallest that is enough. True when it did.

    Where none is left a masked cell is hidden, the sum first: four masked parts and a sum of at most four are all 1.
    """

    def room(key: Key, sign: Shown) -> tuple[int, int]:
        """By how much a secret cell could be smaller and larger, seen from its sign; a sum pulls the other way."""
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
    """Can each of these cells take two values while their sum stays? One cell alone cannot, nor those at an end."""
    down, up = (sum(room) for room in zip(*rooms, strict=True))
    return len(rooms) > 1 and down > 0 and up > 0
