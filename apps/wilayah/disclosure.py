"""Which counts of persons may be printed outside the office.

A count of one to four is masked. That alone is not enough: where a total is printed, a single masked cell is the
difference between the total and the rest. So the smallest other cell of that row or column is hidden with it.
"""

from collections.abc import Sequence

from apps.wilayah.suppress import suppressed

MASKED = None  # one to four persons, printed "<5"
HIDDEN = -1  # large enough, but would give a masked one away, printed "*"

Shown = int | None


def mask(count: int, persons: int = 0) -> Shown:
    """`persons` are those behind the count, when it counts something else."""
    return MASKED if suppressed(count) or suppressed(persons) else count


def protect(table: Sequence[Sequence[int]]) -> list[list[Shown]]:
    """The cells of a table whose row and column totals are printed."""
    shown = [[mask(cell) for cell in row] for row in table]
    lines = _lines(table)
    while sum(_cover(shown, line) for line in lines):
        continue
    return shown


def protect_column(counts: Sequence[int], persons: Sequence[int] | None = None) -> list[Shown]:
    """The cells of one column whose total is printed; `persons` as for `mask`."""
    shown = [[mask(*pair)] for pair in zip(counts, persons or [0] * len(counts), strict=True)]
    _cover(shown, [(row, 0) for row in range(len(counts))])
    return [row[0] for row in shown]


def _lines(table: Sequence[Sequence[int]]) -> list[list[tuple[int, int]]]:
    """The coordinates of every row and every column."""
    height, width = len(table), len(table[0]) if table else 0
    rows = [[(row, column) for column in range(width)] for row in range(height)]
    columns = [[(row, column) for row in range(height)] for column in range(width)]
    return rows + columns


def _cover(shown: list[list[Shown]], line: list[tuple[int, int]]) -> bool:
    """Hide one more cell of a line that has exactly one secret. True when it did."""
    cells = [(shown[row][column], row, column) for row, column in line]
    secret = [cell for cell in cells if cell[0] in (MASKED, HIDDEN)]
    candidates = [cell for cell in cells if cell[0] is not MASKED and cell[0] > 0]
    if len(secret) != 1 or not candidates:
        return False
    _, row, column = min(candidates)
    shown[row][column] = HIDDEN
    return True
