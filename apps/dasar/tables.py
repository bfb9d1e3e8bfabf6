"""A list as a file: rows of typed values → XLSX or CSV. Pure.

A cell keeps its type: dates, moments, money and shares are real cells of a workbook, so a spreadsheet program filters,
sorts and adds them. Text stays text: a cell that begins like a formula is never run (CSV gets an apostrophe, XLSX a
string cell). The caller writes the trail: every file that leaves the portal is an export.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import Http404, HttpResponse
from django.utils import timezone

from apps.dasar.wording import moment_in_words, persen, tanggal

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WORKBOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
NARROWEST, WIDEST = 8, 60
"""Limits of a column's width in characters; between them the content decides."""
ARROW = 4
"""Characters kept free for the filter button beside a heading."""
FIRST_YEAR = 1900
"""A workbook cannot hold earlier dates; they are written as text."""


@dataclass(frozen=True)
class Percent:
    """A share between 0 and 1, or None where nothing was counted."""

    share: float | Decimal | None

    def __str__(self) -> str:
        return persen(self.share)


Value = str | int | float | Decimal | dt.date | dt.datetime | Percent | None
"""What a cell holds; a Decimal is an amount of rupiah. Anything else is written as its text."""


def asked(request, otherwise: str = "xlsx") -> str:
    """The kind of file that `?format=` names, a key of KINDS."""
    kind = request.GET.get("format", otherwise)
    if kind not in KINDS:
        raise Http404
    return kind


def to_xlsx(
    title: str, heads: Sequence[str], rows: Iterable[Sequence], *, frozen: int = 1, total: Sequence = ()
) -> bytes:
    """One sheet named `title`, written row by row so that the length of the list does not matter.

    The first `frozen` columns and the headings stay in view. Headings carry filters; `total` stands below the filtered
    rows.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WORKBOOK) as book:
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, frozen)
        bold, style, last = book.add_format({"bold": True}), _Styles(book), 0
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        widths = [len(head) + ARROW for head in heads]
        for last, row in enumerate(rows, start=1):
            _write_row(sheet, last, row, style, widths)
        if heads:
            sheet.autofilter(0, 0, last, len(heads) - 1)
        _write_row(sheet, last + 1, total, style, widths)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width, NARROWEST), WIDEST))
    return out.getvalue()


def to_csv(heads: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """Semicolons and a byte-order mark: what a spreadsheet program in Indonesia opens without questions."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(heads)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def file_response(
    kind: str,
    name: str,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence],
    *,
    frozen: int = 1,
    total: Sequence = (),
) -> HttpResponse:
    """The list as a download named `name`; `kind` is a key of KINDS."""
    if kind == "xlsx":
        body = to_xlsx(title, heads, rows, frozen=frozen, total=total)
    else:
        body = to_csv(heads, [*rows, *([total] if total else ())])
    response = HttpResponse(body, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def text(value) -> str:
    """A value as a person reads it: 21 November 2026; 21 November 2026, 14.05 WITA; 74%."""
    if isinstance(value, dt.datetime):
        return moment_in_words(_on_clock(value))
    return tanggal(value) if isinstance(value, dt.date) else str(value)


class _Styles:
    """Formats of one workbook by their pattern, each made once."""

    def __init__(self, book: xlsxwriter.Workbook):
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, pattern: str):
        if pattern not in self._made:
            self._made[pattern] = self._book.add_format({"num_format": pattern})
        return self._made[pattern]


def _write_row(sheet, number: int, row: Sequence, style: _Styles, widths: list[int]) -> None:
    for column, value in enumerate(row):
        widths[column] = max(widths[column], _write(sheet, number, column, value, style) + 1)


def _write(sheet, row: int, column: int, value, style: _Styles) -> int:
    """Write one cell by the type of its value. Returns the number of characters shown."""
    if value is None:
        return 0
    if isinstance(value, Percent) and value.share is not None:
        sheet.write_number(row, column, value.share, style["0%"])
        return len("100%")
    if isinstance(value, Decimal):
        sheet.write_number(row, column, value, style["#,##0.00"])
        return len(f"{value:,.2f}")
    if isinstance(value, int | float):
        sheet.write_number(row, column, value)
        return len(str(value))
    if isinstance(value, dt.date) and value.year >= FIRST_YEAR:
        return _write_date(sheet, row, column, value, style)
    written = text(value)
    sheet.write_string(row, column, written)
    return len(written)


def _write_date(sheet, row: int, column: int, value: dt.date, style: _Styles) -> int:
    """Write a day, or a moment with the name of its zone in the format, because a cell itself has no zone."""
    pattern = "dd-mm-yyyy"
    if isinstance(value, dt.datetime):
        moment = _on_clock(value)
        pattern, value = f'dd-mm-yyyy hh:mm "{moment.tzname()}"', moment.replace(tzinfo=None)
    sheet.write_datetime(row, column, value, style[pattern])
    return len(pattern)


def _plain(value):
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, int | float) or value is None:
        return value
    written = text(value)
    return f"'{written}" if written.startswith(FORMULA_STARTS) else written


def _on_clock(moment: dt.datetime) -> dt.datetime:
    """A moment in UTC, as the database gives it, moves to the reader's zone; one in another zone keeps its own."""
    return moment if moment.utcoffset() else timezone.localtime(moment)
