"""How the table of a list looks, cards on a phone (`apps/dasar/lists.py` says what stands in it).

It is drawn by functions, because a template for every cell took half of the time of a page with a list. A cell with a
template of its own gets the context of the page, and the row as `baris`. `apps/dasar/markup.py` escapes.
"""

from collections.abc import Callable
from typing import Any, cast

from django.template.base import Template
from django.template.context import Context
from django.utils.safestring import SafeString

from apps.dasar.lists import Column, Head, Listing
from apps.dasar.markup import NOTHING, joined, tag

Draw = Callable[[Any], str]
"""What stands in one cell, from the row."""


def table(context: Context, listing: Listing, caption: str, visible: bool = False) -> SafeString:
    """The whole table; without `visible` only screen readers read its caption."""
    heads = listing.heads
    naming = next(head for head in heads if not head.column.silent)
    cells = [(*_kind(head, head is naming), _drawing(context, head.column)) for head in heads]
    rows = joined(
        tag("tr", {"role": "row"}, *(tag(name, attrs, draw(row)) for name, attrs, draw in cells))
        for row in listing.shown
    )
    return tag(
        "table", {"class": "p-tabel p-tabel--kartu", "role": "table"},
        tag("caption", {"class": None if visible else "govuk-visually-hidden"}, caption), "\n",
        tag("thead", {"role": "rowgroup"}, tag("tr", {"role": "row"}, *map(_head, heads))), "\n",
        tag("tbody", {"role": "rowgroup"}, rows), _sums(listing),
    )  # fmt: skip


def _head(head: Head) -> SafeString:
    words: Any = head.text
    if head.column.silent:
        words = tag("span", {"class": "govuk-visually-hidden"}, words)
    elif head.url:
        words = _link(head.url, words)
    return tag(
        "th",
        {"scope": "col", "role": "columnheader", **_number(head.column), "aria-sort": head.direction or None},
        words,
    )


def _kind(head: Head, names_row: bool) -> tuple[str, dict[str, Any]]:
    """The element of the cells of one column. The first column with a heading names the row."""
    if names_row:
        return "th", {"scope": "row", "role": "rowheader"}
    column = head.column
    css = " ".join(filter(None, ["p-angka-sel" if column.number else "", column.css]))
    return "td", {"role": "cell", "data-label": None if column.silent else head.text, "class": css or None}


def _drawing(context: Context, column: Column) -> Draw:
    """How the cells of one column are drawn."""
    if callable(column.cell):
        return column.cell
    if column.cell:
        template = cast(Template, context.template).engine.get_template(column.cell)

        def fill(row) -> str:
            with context.push(baris=row):
                return template.render(context)

        return fill
    link = column.link

    def write(row) -> str:
        words, url = column.words(row), link(row) if link else ""
        return _link(url, words) if url else words

    return write


def _sums(listing: Listing) -> SafeString:
    if not listing.total:
        return NOTHING
    (_, name), *rest = listing.sums
    cells = (
        tag("td", {"role": "cell", "data-label": head.text if words else None, **_number(head.column)}, words)
        for head, words in rest
    )
    first = tag("th", {"scope": "row", "role": "rowheader"}, name)
    return joined(["\n", tag("tfoot", {"role": "rowgroup"}, tag("tr", {"role": "row"}, first, *cells))])


def _number(column: Column) -> dict[str, Any]:
    return {"class": "p-angka-sel"} if column.number else {}


def _link(url: str, words: Any) -> SafeString:
    return tag("a", {"class": "govuk-link", "href": url}, words)
