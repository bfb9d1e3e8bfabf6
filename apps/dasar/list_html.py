"""How the table of a list looks, cards on a phone (`apps/dasar/lists.py` says what stands in it).

It is drawn by functions, because a template for every cell took half of the time of a page with a list. A cell with a
template of its own gets the context of the page, and the row as `baris`.
"""

from collections.abc import Callable
from typing import Any, cast

from django.template.base import Template
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from apps.dasar.lists import Column, Head, Listing

Draw = Callable[[Any], str]
"""What stands in one cell, from the row."""


def table(context: Context, listing: Listing, caption: str, visible: bool = False) -> SafeString:
    """The whole table; without `visible` only screen readers read its caption."""
    heads = listing.heads
    naming = next(head for head in heads if not head.column.silent)
    cells = [(*_tags(head, head is naming), _drawing(context, head.column)) for head in heads]
    rows = "".join(
        f'<tr role="row">{"".join(f"{start}{draw(row)}{end}" for start, end, draw in cells)}</tr>'
        for row in listing.shown
    )
    return mark_safe(
        f'<table class="p-tabel p-tabel--kartu" role="table">{_caption(caption, visible)}\n'
        f'<thead role="rowgroup"><tr role="row">{"".join(map(_head, heads))}</tr></thead>\n'
        f'<tbody role="rowgroup">{rows}</tbody>{_sums(listing)}</table>'
    )


def _caption(words: str, visible: bool) -> str:
    css = _attribute("class", "" if visible else "govuk-visually-hidden")
    return f"<caption{css}>{conditional_escape(words)}</caption>"


def _head(head: Head) -> str:
    words: str = conditional_escape(head.text)
    if head.column.silent:
        words = f'<span class="govuk-visually-hidden">{words}</span>'
    elif head.url:
        words = _link(head.url, words)
    sorted_by = _attribute("aria-sort", head.direction)
    return f'<th scope="col" role="columnheader"{_number(head.column)}{sorted_by}>{words}</th>'


def _tags(head: Head, names_row: bool) -> tuple[str, str]:
    """The tags around the cells of one column. The first column with a heading names the row."""
    if names_row:
        return '<th scope="row" role="rowheader">', "</th>"
    column = head.column
    label = _attribute("data-label", "" if column.silent else head.text)
    css = " ".join(filter(None, ["p-angka-sel" if column.number else "", column.css]))
    return f'<td role="cell"{label}{_attribute("class", css)}>', "</td>"


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
        words, url = conditional_escape(column.words(row)), link(row) if link else ""
        return _link(url, words) if url else words

    return write


def _sums(listing: Listing) -> str:
    if not listing.total:
        return ""
    (_, name), *rest = listing.sums
    cells = "".join(
        f'<td role="cell"{_attribute("data-label", head.text if words else "")}{_number(head.column)}>'
        f"{conditional_escape(words)}</td>"
        for head, words in rest
    )
    first = f'<th scope="row" role="rowheader">{conditional_escape(name)}</th>'
    return f'\n<tfoot role="rowgroup"><tr role="row">{first}{cells}</tr></tfoot>'


def _number(column: Column) -> str:
    return _attribute("class", "p-angka-sel" if column.number else "")


def _link(url: str, words: str) -> str:
    return f'<a class="govuk-link" href="{conditional_escape(url)}">{words}</a>'


def _attribute(name: str, value: str) -> str:
    """An attribute, or nothing when its value is empty."""
    return f' {name}="{conditional_escape(value)}"' if value else ""
