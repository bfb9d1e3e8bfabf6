"""Pages of a long list that is ordered by falling id: each begins below the last id of the page before.

Page 20,000 costs what page 1 costs, because no row is counted or skipped on the way, and a row that is added meanwhile
moves nothing to another page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

KEY = "sebelum"


@dataclass(frozen=True)
class KeysetPage:
    """Rows of one page, and the queries of the next and of the first page, empty where there is none."""

    object_list: list
    older: str
    first: str

    def __iter__(self) -> Iterator:
        return iter(self.object_list)


def newest_first(rows, query, size: int) -> KeysetPage:
    """The page that `query` (a QueryDict) asks for. What is no id is taken for the first page."""
    before = query.get(KEY, "")
    before = int(before) if before.isdecimal() and len(before) < 19 else None
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    older, first = query.copy(), query.copy()
    first.pop(KEY, None)
    if len(found) > size:
        older[KEY] = found[size - 1].pk
    return KeysetPage(
        found[:size],
        older.urlencode() if len(found) > size else "",
        first.urlencode() or "awal" if before is not None else "",
    )
