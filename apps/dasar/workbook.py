"""A workbook of one sheet, written row by row: XlsxWriter makes the file, this module the text of its rows.

XlsxWriter calls a dozen functions for each cell. A list knows beforehand that a cell is a text, a number or a date, so
its row is one string (bench/unduhan.py). The memory does not grow with the number of rows.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import IO, Any
from xml.sax.saxutils import escape

import xlsxwriter
from django.utils import timezone
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from apps.dasar.wording import on_reader_clock

CONSTANT_MEMORY = {"constant_memory": True}
NARROWEST, WIDEST = 8, 60
"""Limits of a column's width in characters; between them the content decides."""
ARROW = 4
"""Characters kept free for the filter button beside a heading."""
LONGEST = 32_767
"""Characters that a cell can hold; the rest is cut off."""
FIRST_YEAR = 1900
"""A workbook cannot hold earlier dates; they are written as text."""
DAY_ZERO, LEAP_DAY = dt.date(1899, 12, 30).toordinal(), 61
"""Days are counted from 0; Excel believes in a 29 February 1900, so earlier days are one less."""
DAY, AMOUNT, SHARE = "[$-421]d mmmm yyyy", "#,##0.00", "0%"
"""[$-421]: months are named in Indonesian, whatever the language of the computer."""
DAY_WIDTH = len("30 September 2026")
SPECIAL = re.compile(r"[\x00-\x1f\x7f&<>\ufffe\uffff]|^\s|\s$|_x[0-9a-fA-F]{4}_")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
LOOKS_ESCAPED = re.compile(r"(_x[0-9a-fA-F]{4}_)")


class RowSheet(Worksheet):
    """A sheet of a workbook with `constant_memory` that takes whole rows as XML."""

    def take(self, row: str) -> None:
        self.fh.write(row)  # the file of rows, until the workbook is closed

    def spans(self, rows: int, columns: int) -> None:
        """Say what `take` has filled."""
        self._check_dimensions(0, 0)
        self._check_dimensions(rows - 1, columns - 1)


class Cells:
    """The XML of cells, and how wide each column has to be. `words` gives the text of a value that is no number."""

    def __init__(self, book: xlsxwriter.Workbook, heads: Sequence[str], words: Callable[[Any], str]):
        self._book, self._words, self._zone = book, words, timezone.get_current_timezone()
        self._formats: dict[str, str] = {}
        self._columns = [xl_col_to_name(column) for column in range(len(heads))]
        self.widths = [len(head) + ARROW - 1 for head in heads]
        self._bold = book.add_format({"bold": True})._get_xf_index()
        self._writers: dict[type, Callable[[Any], tuple[str, int]]] = {
            str: _text, int: _number, float: _number, Decimal: self._amount, dt.datetime: self._moment,
            dt.date: self._day,
        }  # fmt: skip

    def head_row(self, heads: Sequence[str]) -> str:
        pairs = zip(self._columns, heads, strict=True)
        cells = (f'<c r="{column}1" s="{self._bold}"{_text(head)[0]}' for column, head in pairs)
        return f'<row r="1">{"".join(cells)}</row>'

    def row(self, number: int, values: Iterable) -> str:
        """The row with this number, counted from 1."""
        made, widths, writers = [], self.widths, self._writers
        for place, value in enumerate(values):
            if value is None or value == "":
                continue
            written, width = (writers.get(type(value)) or self._other)(value)
            if width > widths[place]:
                widths[place] = width
            made.append(f'<c r="{self._columns[place]}{number}"{written}')
        return f'<row r="{number}">{"".join(made)}</row>'

    def _format(self, pattern: str) -> str:
        """The attribute for a number format, made once for the workbook."""
        if pattern not in self._formats:
            self._formats[pattern] = f' s="{self._book.add_format({"num_format": pattern})._get_xf_index()}"'
        return self._formats[pattern]

    def _amount(self, value: Decimal) -> tuple[str, int]:
        return f"{self._format(AMOUNT)}><v>{value:.16G}</v></c>", len(f"{value:,.2f}")

    def _day(self, value: dt.date) -> tuple[str, int]:
        if value.year < FIRST_YEAR:
            return _text(self._words(value))
        return f"{self._format(DAY)}><v>{_serial(value)}</v></c>", DAY_WIDTH

    def _moment(self, value: dt.datetime) -> tuple[str, int]:
        """A moment as it is, with the name of its zone in the format, because a cell itself has no zone."""
        if value.year < FIRST_YEAR:
            return _text(self._words(value))
        value = on_reader_clock(value, self._zone)
        pattern = f'{DAY} hh:mm "{value.tzname()}"'
        seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
        return f"{self._format(pattern)}><v>{_serial(value) + seconds / 86400:.16G}</v></c>", DAY_WIDTH + len(
            " 14:05 WITA"
        )

    def _other(self, value) -> tuple[str, int]:
        """A share, a value of a derived type, and whatever is no plain value."""
        share = getattr(value, "share", None)
        if share is not None:
            return f"{self._format(SHARE)}><v>{share:.16G}</v></c>", len("100%")
        write = next((write for kind, write in self._writers.items() if isinstance(value, kind)), None)
        return write(value) if write else _text(self._words(value))


def write(
    file: IO[bytes], title: str, heads: Sequence[str], rows: Iterable[Sequence], words: Callable[[Any], str],
    *, frozen: int = 1, total: Sequence = (),
) -> None:  # fmt: skip
    """Write one sheet named `title` into `file`.

    The first `frozen` columns and the headings stay in view. Headings carry filters; `total` stands below the filtered
    rows.
    """
    with xlsxwriter.Workbook(file, CONSTANT_MEMORY) as book:
        sheet = book.add_worksheet(title[:31], RowSheet)
        sheet.freeze_panes(1, frozen)
        cells, last = Cells(book, heads, words), 1
        sheet.take(cells.head_row(heads))
        for last, values in enumerate(rows, start=2):
            sheet.take(cells.row(last, values))
        if total:
            sheet.take(cells.row(last + 1, total))
        if heads:
            sheet.spans(last + bool(total), len(heads))
            sheet.autofilter(0, 0, last - 1, len(heads) - 1)
        for column, width in enumerate(cells.widths):
            sheet.set_column(column, column, min(max(width + 1, NARROWEST), WIDEST))


def _serial(day: dt.date) -> int:
    days = day.toordinal() - DAY_ZERO
    return days if days >= LEAP_DAY else days - 1


def _number(value: float) -> tuple[str, int]:
    return f"><v>{value:.16G}</v></c>", len(str(value))


def _text(value: str) -> tuple[str, int]:
    """A text is always a string cell, never a formula or a link."""
    length = len(value)
    if not SPECIAL.search(value) and length <= LONGEST:
        return f' t="inlineStr"><is><t>{value}</t></is></c>', length
    value = value[:LONGEST]
    keep = ' xml:space="preserve"' if value[:1].isspace() or value[-1:].isspace() else ""
    value = CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", LOOKS_ESCAPED.sub(r"_x005F\1", value))
    return f' t="inlineStr"><is><t{keep}>{escape(value)}</t></is></c>', length
