"""Keyset pagination of a long list by falling id: each page begins below the last id of the page before.

No row is counted or skipped, so a deep page costs about what the first page costs (bench/klien_halaman.py). A row
that is added meanwhile moves nothing to another page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from apps.dasar.ids import id_of

KEY = "sebelum"


@dataclass(frozen=True)
class KeysetPage:
    """Rows of one page, and the query strings of the next (older) and of the first page; "" where there is none."""

    object_list: list
    older: str
    first: str

    def __iter__(self) -> Iterator:
        return iter(self.object_list)


def newest_first(rows, query, size: int) -> KeysetPage:
    """The page that `query` (a QueryDict) asks for. A value that is not an id gives the first page."""
    before = id_of(query.get(KEY))
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
