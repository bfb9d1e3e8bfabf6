"""Keyset pagination of a long list, by falling id or by a stored field: each page begins behind the last row of the
page before, whose id stands in the address (never its name).

No row is counted or skipped, so a deep page costs about what the first page costs (bench/klien_halaman.py). A row
that is added meanwhile moves nothing to another page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

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


def page_after(rows, query, size: int, field: str = "", *, falling: bool = False) -> KeysetPage:
    """The page that `query` (a QueryDict) asks for. A value that is not an id gives the first page.

    `field` is a column that is never NULL; equal values, and rows without a field, stand by falling id.
    """
    before = id_of(query.get(KEY))
    rows = rows.order_by(*([f"-{field}" if falling else field] if field else []), "-pk")
    if before is not None and field:
        last = rows.filter(pk=before).values_list(field, flat=True).first()
        if last is None:
            before = None
        else:
            beyond = Q(**{f"{field}__{'lt' if falling else 'gt'}": last})
            rows = rows.filter(beyond | Q(**{field: last}, pk__lt=before))
    elif before is not None:
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
