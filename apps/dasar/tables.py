"""A list as a file: rows of typed values → XLSX or CSV. Pure.

A cell keeps its type: dates, moments, money and shares are real cells of a workbook, so a spreadsheet program filters,
sorts and adds them. Text stays text: a cell that begins like a formula is never run (CSV gets an apostrophe, XLSX a
string cell). The caller writes the trail: every file that leaves the portal is an export.
"""

import codecs
import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from itertools import chain
from typing import IO

from django.http import Http404, HttpResponse
from django.utils import timezone

from apps.dasar import workbook
from apps.dasar.wording import on_reader_clock, persen, tanggal

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
BREAKS = tuple("\t\r\n")
FORMULA_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""A text that begins with one of these letters, also behind spaces, is a formula for a spreadsheet program that opens a
CSV. The last four are the wide forms that East Asian keyboards write."""
SUSPECT = frozenset((*FORMULA_STARTS, *filter(str.isspace, map(chr, range(0x3001)))))
"""First letters of texts at which `_plain` has to look."""


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


def write(
    file: IO[bytes], kind: str, title: str, heads: Sequence[str], rows: Iterable[Sequence], *, frozen: int = 1,
    total: Sequence = (),
) -> None:  # fmt: skip
    """Write the list into `file`, row by row, so that its length does not matter; `kind` is a key of KINDS.

    A workbook has one sheet named `title`: the first `frozen` columns and the headings stay in view, headings carry
    filters, `total` stands below the filtered rows.
    """
    zone = timezone.get_current_timezone()  # asking for the zone costs more than a row
    if kind == "xlsx":
        workbook.write(file, title, heads, rows, partial(text, zone=zone), frozen=frozen, total=total)
    else:
        _write_csv(file, heads, chain(rows, [total] if total else ()), zone)


def to_xlsx(
    title: str, heads: Sequence[str], rows: Iterable[Sequence], *, frozen: int = 1, total: Sequence = ()
) -> bytes:
    out = io.BytesIO()
    write(out, "xlsx", title, heads, rows, frozen=frozen, total=total)
    return out.getvalue()


def to_csv(heads: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    out = io.BytesIO()
    write(out, "csv", "", heads, rows)
    return out.getvalue()


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
    out = io.BytesIO()
    write(out, kind, title, heads, rows, frozen=frozen, total=total)
    return as_download(HttpResponse(out.getvalue()), kind, name)


def as_download(response: HttpResponse, kind: str, name: str) -> HttpResponse:
    """Says of `response` that it is a file named `name`, and no cache's business."""
    response["Content-Type"] = KINDS[kind]
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def text(value, zone: dt.tzinfo | None = None) -> str:
    """A value as a person in `zone` reads it: 21 November 2026; 21 November 2026, 14.05 WITA; 74%."""
    if isinstance(value, dt.datetime):
        at = on_reader_clock(value, zone)
        return f"{_day(at.date())}, {at.hour:02}.{at.minute:02} {at.tzname()}"  # `moment_in_words`, but faster
    return _day(value) if isinstance(value, dt.date) else str(value)


def _write_csv(file: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence], zone: dt.tzinfo) -> None:
    """Semicolons and a byte-order mark: what a spreadsheet program in Indonesia opens without questions. Days are
    written 2026-11-21: such a text sorts by itself, and a spreadsheet program reads it as a day."""
    file.write(codecs.BOM_UTF8)
    out = io.TextIOWrapper(file, "utf-8", newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(heads)
    # The condition is the first case of `_plain`, written out: nearly every cell is such a text.
    writer.writerows(
        [
            value if type(value) is str and value[:1] not in SUSPECT else _plain(value, zone)
            for value in row
        ]
        for row in rows
    )  # fmt: skip
    out.detach()  # writes the rest, and leaves the file open


def _plain(value, zone: dt.tzinfo | None):
    """The value as `csv` writes it; a text that begins like a formula gets an apostrophe."""
    kind = type(value)
    if value is None or kind is int:
        return value
    if kind is dt.date:
        return value.isoformat()
    if kind is dt.datetime:
        at = on_reader_clock(value, zone)
        return f"{at:%Y-%m-%d %H:%M} {at.tzname()}"
    if isinstance(value, Decimal | float):
        return str(value).removesuffix(".0").replace(".", ",")
    if isinstance(value, int):
        return value
    written = text(value, zone)
    formula = written.startswith(BREAKS) or written.lstrip().startswith(FORMULA_STARTS)
    return f"'{written}" if formula else written


@lru_cache(maxsize=4096)
def _day(day: dt.date) -> str:
    """A list repeats its days."""
    return tanggal(day)
