"""A list as a file: rows of plain values → XLSX or CSV. Pure.

Text stays text: a cell that begins like a formula is never run by a spreadsheet program (CSV gets an apostrophe, XLSX a
string cell). The caller writes the trail: every file that leaves the portal is an export.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter
from django.http import Http404, HttpResponse

from apps.dasar.wording import tanggal

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
WIDTH, WIDEST = 14, 40
"""Width of columns in characters: at least that of the heading."""


def asked(request, otherwise: str = "xlsx") -> str:
    """The kind of file that `?format=` names, a key of KINDS."""
    kind = request.GET.get("format", otherwise)
    if kind not in KINDS:
        raise Http404
    return kind


def to_xlsx(title: str, heads: Sequence[str], rows: Iterable[Sequence], *, frozen: int = 1) -> bytes:
    """One sheet named `title`, written row by row so that the length of the list does not matter.

    Values are text, numbers, `Decimal` (money), dates or None; the first `frozen` columns stay in view.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WORKBOOK) as book:
        sheet, bold = book.add_worksheet(title[:31]), book.add_format({"bold": True})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.freeze_panes(1, frozen)
        for column, head in enumerate(heads):
            sheet.set_column(column, column, min(max(len(head) + 2, WIDTH), WIDEST))
            sheet.write_string(0, column, head, bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, money)
    return out.getvalue()


def to_csv(heads: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """Semicolons and a byte-order mark: what a spreadsheet program in Indonesia opens without questions."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(heads)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def file_response(kind: str, name: str, title: str, heads: Sequence[str], rows: Iterable[Sequence], **layout):
    """The list as a download named `name`; `kind` is a key of KINDS."""
    body = to_xlsx(title, heads, rows, **layout) if kind == "xlsx" else to_csv(heads, rows)
    response = HttpResponse(body, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def _write(sheet, row, column, value, money):
    if isinstance(value, Decimal):
        sheet.write_number(row, column, value, money)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, _text(value))


def _plain(value):
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, int | float) or value is None:
        return value
    text = _text(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _text(value) -> str:
    return tanggal(value) if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else str(value)
