"""One list: columns declared once give its page (cards on a phone, order, paging) and its file.

The view brings the rows; nothing here selects rows, knows a URL or checks who may read.

    daftar = Listing(request.GET, COLUMNS, form.narrow(Pokmas.objects.visible_to(user).for_list()))
    page(request, "pokmas/list.html", {"tabel": daftar.paged(25)})       # {% include "komponen/daftar.html" %}
    daftar.file(kind, f"pokmas_{today}", "Pokmas", note=lambda taken: …)   # XLSX or CSV, and its line in the trail
"""

import datetime as dt
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Any, Literal, cast

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.safestring import SafeString
from django.utils.text import slugify

from apps.dasar import tables
from apps.dasar.keyset import KEY, KeysetPage, page_after
from apps.dasar.reading import LeanRows, objects_of, opened
from apps.dasar.wording import grouped

ORDER, PAGE_NUMBER = "urut", "page"
"""Names in the address: the key of a column (with "-" for falling order), and the page."""
PLAIN = (str, int, float, Decimal, dt.date, tables.Percent)
"""Types that a cell keeps as they are; any other value becomes its text."""


@dataclass(frozen=True)
class Column:
    """One column of a list.

    `value` is an attribute ("pk_pembimbing.nama"; methods are called) or a function of the row that gives a typed value
    (see `tables.Value`). A column without a value holds no data: it is on the page only.

    The function of a column in a list that may grow long says in `of` which attributes it reads, and is called with
    their values instead of the row. If no column of a file needs the row itself, none is made (`reading.py`).
    """

    head: str
    value: str | Callable[..., Any] | None = None
    only: Literal["", "page", "file"] = ""
    of: tuple[str, ...] = ()
    short: str = ""
    """The heading on the page, if the one in the file is too long for it."""
    cell: str | Callable[[Any], SafeString] = ""
    """The cell on the page: a template, or a function of the row in the busiest lists (`apps/dasar/list_html.py`)."""
    link: Callable[[Any], str] | None = None
    """Address behind the words of the cell; empty for a row without one."""
    empty: str = "–"
    """What the page prints if there is no value."""
    number: bool = False
    """Aligned right, thousands grouped; a sum stands below it."""
    sort: str = ""
    """Field by which a reader may order the list."""
    css: str = ""
    silent: bool = False
    """A heading over buttons and boxes: only screen readers read it."""
    when: bool = True
    """False leaves the column out for this reader."""

    @property
    def key(self) -> str:
        """Its name in an address: "PKS berakhir" is pks-berakhir."""
        return slugify(self.head)

    def value_of(self, row) -> Any:
        """The typed value for one row, None where it has none."""
        if callable(self.value):
            return self.value(*(_follow(row, path) for path in self.of)) if self.of else self.value(row)
        found = _follow(row, self.value) if self.value else None
        return found if found is None or isinstance(found, PLAIN) else str(found)

    @property
    def reads(self) -> tuple[tuple[str, ...], Callable | None] | None:
        """(the attributes that it reads, the function of their values); None if it needs the row itself."""
        if callable(self.value):
            return (self.of, self.value) if self.of else None
        return (self.value or "",), None

    def words(self, row) -> str:
        """The value as the page prints it."""
        value = self.value_of(row)
        if value is None:
            return self.empty
        if isinstance(value, Decimal):
            return grouped(value, 2)
        return grouped(value) if self.number and isinstance(value, int | float) else tables.text(value)


@dataclass(frozen=True)
class Head:
    """A heading on the page: its column, the address that orders by it, and how the list is ordered by it now."""

    column: Column
    url: str = ""
    direction: Literal["", "ascending", "descending"] = ""

    @property
    def text(self) -> str:
        return self.column.short or self.column.head


class Listing:
    """Rows under columns, in the order that the address asks for.

    `each` turns a row into the object that the columns read; it is called only for rows that are printed. `complete`
    adds to a queryset what costs something per row: on a page only the rows of that page pay for it. `total` is
    (name, row) of the sum. `most` limits the number of rows.
    """

    def __init__(
        self,
        query: QueryDict,
        columns: Sequence[Column],
        rows: QuerySet | Sequence,
        *,
        each: Callable[[Any], Any] | None = None,
        complete: Callable[[QuerySet], QuerySet] | None = None,
        total: tuple[str, Any] | None = None,
        most: int | None = None,
    ):
        self.query, self.each, self.complete, self.total = query, each, complete, total
        self.columns = [column for column in columns if column.when]
        self.rows = self._in_order(rows)[:most]
        self.hal: Page | KeysetPage | None = None

    def __bool__(self) -> bool:
        return bool(self._page)

    def paged(self, size: int, *, count: int | None = None) -> "Listing":
        """Only the page that the URL asks for; `count`, if the caller knows it, saves the COUNT query."""
        paginator = Paginator(self.rows, size)
        if count is not None:
            paginator.count = count
        self.hal = paginator.get_page(self.query.get(PAGE_NUMBER))
        self.hal.object_list = list(self._completed(self.hal.object_list))
        return self

    def newest(self, size: int) -> "Listing":
        """As `paged`, for a list too long to count (see `keyset`): by falling id, or by the column that is asked for.
        Only fields that are never NULL may have `sort`."""
        self.hal = page_after(self.rows, self.query, size, self._field, falling=self._asked[1])
        return self

    @property
    def heads(self) -> list[Head]:
        """The headings of the page."""
        key, falling = self._asked
        shown = [column for column in self.columns if column.only != "file"]
        return [self._head(column, column.key == key and bool(column.sort), falling) for column in shown]

    @property
    def shown(self) -> Iterator:
        """The rows of the page, as the columns read them."""
        return self._read(self._page)

    @property
    def sums(self) -> list[tuple[Head, str]]:
        """The last line of the page, empty without a total."""
        if self.total is None:
            return []
        name, row = self.total
        heads = self.heads
        numbers = [head.column.words(row) if head.column.number else "" for head in heads]
        return list(zip(heads, [name, *numbers[1:]], strict=True))

    def file(self, kind: str, name: str, title: str, *, frozen: int = 1, note: "Note") -> "ListFile":
        """All rows as a download; `kind` is a key of `tables.KINDS`, `title` names the sheet.

        `note` writes the file into the trail, when it is made.
        """
        return ListFile(self, kind, name, title, frozen, note)

    def count(self) -> int:
        """How many rows the file has."""
        return self.rows.count() if isinstance(self.rows, QuerySet) else len(self.rows)

    @property
    def taken(self) -> list[Column]:
        """The columns of the file."""
        return [column for column in self.columns if column.value is not None and column.only != "page"]

    def values(self) -> Iterator[tuple[list, Any]]:
        """(the values of the file's columns, the office) of each row; the office is None for rows without one."""
        columns, rows = self.taken, self._whole
        reads = [column.reads for column in columns]
        if isinstance(rows, QuerySet) and not self.each and None not in reads:
            lean = LeanRows(rows, cast(list, reads), OFFICE if _has_office(rows) else ())
            if lean.possible:
                return ((values, office[0] if office else None) for values, office in lean)
        return (
            ([column.value_of(row) for column in columns], getattr(row, "bapas_id", None))
            for row in self._read(objects_of(rows))
        )

    @property
    def _whole(self) -> QuerySet | Sequence:
        """All rows, with what `complete` adds."""
        return self.complete(cast(QuerySet, self.rows)) if self.complete else self.rows

    @property
    def total_row(self) -> list:
        """The last line of the file, empty without a total."""
        if self.total is None:
            return []
        name, row = self.total
        return [name, *(column.value_of(row) if column.number else "" for column in self.taken[1:])]

    def _completed(self, page):
        """The rows of one page in their order, with what `complete` adds. OFFSET would work it out for every row that
        it skips, so the page is found first."""
        if not self.complete:
            return page
        rows = cast(QuerySet, self.rows)
        same = rows.model._default_manager.filter(pk__in=page.values("pk"))
        return self.complete(same).order_by(*(rows.query.order_by or rows.model._meta.ordering))

    @property
    def _page(self) -> Sequence:
        return cast(Sequence, self.hal.object_list if self.hal else self.rows)

    def _read(self, rows) -> Iterator:
        return map(self.each, rows) if self.each else iter(rows)

    @property
    def _asked(self) -> tuple[str, bool]:
        """(key of a column, falling), as the URL says it; an unknown key changes nothing."""
        asked = self.query.get(ORDER, "")
        return asked.removeprefix("-"), asked.startswith("-")

    @property
    def _field(self) -> str:
        """The field of the column by which the URL orders, or ""."""
        key, _ = self._asked
        return next((column.sort for column in self.columns if column.sort and column.key == key), "")

    def _in_order(self, rows):
        """Rows in the order that the URL asks for. Without one, and between equal rows, their own order stays."""
        field, falling = self._field, self._asked[1]
        if not field:
            return rows
        first = F(field).desc(nulls_last=True) if falling else F(field).asc(nulls_last=True)
        return rows.order_by(first, *(rows.query.order_by or rows.model._meta.ordering), "pk")

    def _head(self, column: Column, ordered: bool, falling: bool) -> Head:
        if not column.sort:
            return Head(column)
        query = self.query.copy()
        for name in (PAGE_NUMBER, KEY):
            query.pop(name, None)
        query[ORDER] = f"-{column.key}" if ordered and not falling else column.key
        direction: Literal["", "ascending", "descending"] = "descending" if falling else "ascending"
        return Head(column, f"?{query.urlencode()}", direction if ordered else "")


OFFICE = ("bapas_id",)


@dataclass
class Taken:
    """What a file has taken along: its rows, and how many of them belong to which office."""

    rows: int = 0
    offices: Counter = field(default_factory=Counter)


Note = Callable[[Taken], object]
"""Writes a file that leaves the portal into the trail."""


class ListFile(HttpResponse):
    """A list on its way out: the answer of a view, written when Django renders it.

    Until then a middleware may look how long the list is (`longer_than`), and a worker may write it instead (`write`).
    """

    def __init__(self, listing: Listing, kind: str, name: str, title: str, frozen: int, note: Note):
        super().__init__()
        self.listing, self.kind, self.name, self.title, self.frozen, self.note = (
            listing,
            kind,
            name,
            title,
            frozen,
            note,
        )
        self.rows = listing.values()
        tables.as_download(self, kind, name)

    def longer_than(self, most: int) -> bool:
        """Whether the list has more than `most` rows; reads one more than that."""
        first, self.rows = opened(self.rows, most + 1)
        return len(first) > most

    def render(self) -> "ListFile":
        """Write the file into the answer; Django calls it after the middleware."""
        body = io.BytesIO()
        self.write_to(body)
        self.content = body.getvalue()
        return self

    def write_to(self, file: IO[bytes], told: Callable[[int], object] = lambda done: None) -> Taken:
        """Write the file and its line in the trail; `told` hears of every row how many there are by now."""
        taken, listing = Taken(), self.listing

        def counted() -> Iterator[list]:
            for values, office in self.rows:
                taken.rows += 1
                if office is not None:
                    taken.offices[office] += 1
                told(taken.rows)
                yield values

        heads = [column.head for column in listing.taken]
        tables.write(file, self.kind, self.title, heads, counted(), frozen=self.frozen, total=listing.total_row)
        self.note(taken)
        return taken


def _follow(row: Any, path: str) -> Any:
    """The attribute at the end of `path`, None where the way breaks off; methods are called."""
    for name in path.split("."):
        row = getattr(row, name)
        row = row() if callable(row) else row
        if row is None:
            return None
    return row


def _has_office(rows: QuerySet) -> bool:
    return any(column.attname == OFFICE[0] for column in rows.model._meta.concrete_fields)
