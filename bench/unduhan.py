"""Shared by both benchmarks of a long list: the list, the way it leaves, and the way it left before.

Before anything is timed, both files are compared cell by cell. Both read as the web role, under the row policies; what
is timed is processor time of the thread, because that is what a web worker loses.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import xlsxwriter
from django.http import QueryDict
from python_calamine import CalamineWorkbook

from apps.dasar.lists import Listing
from apps.dasar.wording import tanggal
from apps.klien.caseload import Caseload
from apps.klien.views.lists import _columns
from apps.wilayah.scope import database_scope, scope_of
from bench.measure import Verdict, interleaved, processor_seconds
from bench.names import largest_office

ROWS, ROUNDS = 10_000, 7
ENDED = "tab=selesai&lingkup=kantor"


def compared(kind: str, before: Callable[[Listing], bytes], passes: float, aim: float) -> Verdict:
    """The verdict for one kind of file, against the way `before`."""
    officer = largest_office().officer
    with database_scope(scope_of(officer)):

        def listing() -> Listing:
            caseload = Caseload(officer, QueryDict(ENDED))
            return Listing(QueryDict(), _columns(caseload), caseload.rows(), most=ROWS)

        def now() -> bytes:
            out = io.BytesIO()
            listing().file(kind, "klien", "Klien", frozen=2, note=lambda taken: None).write_to(out)
            return out.getvalue()

        count = _same(kind, now(), before(listing()))
        ratio, pairs = interleaved(
            lambda: processor_seconds(now), lambda: processor_seconds(lambda: before(listing())), ROUNDS
        )
    each = ", ".join(f"{a * 1000:.0f}/{b * 1000:.0f} ms" for a, b in pairs)
    detail = f"{count} rows, equal cells; processor time now/before: {each}."
    return Verdict(f"a long list as {kind}", ratio, passes, aim, detail, higher_is_better=False)


def as_csv(listing: Listing) -> bytes:
    """Before: an object for each row, a call for each cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([column.head for column in listing.taken])
    writer.writerows([_plain(column.value_of(row)) for column in listing.taken] for row in listing.rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(listing: Listing) -> bytes:
    """Before: an object for each row, a call of XlsxWriter for each cell."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet, day = book.add_worksheet("Klien"), book.add_format({"num_format": "dd-mm-yyyy"})
        for place, column in enumerate(listing.taken):
            sheet.write_string(0, place, column.head)
        for number, row in enumerate(listing.rows, start=1):
            for place, column in enumerate(listing.taken):
                value = column.value_of(row)
                if isinstance(value, int | float | Decimal):
                    sheet.write_number(number, place, value)
                elif isinstance(value, dt.date):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write_string(number, place, str(value))
    return out.getvalue()


def _plain(value):
    if value is None or isinstance(value, int | float):
        return value
    written = tanggal(value) if isinstance(value, dt.date) else str(value)
    return f"'{written}" if written.startswith(("=", "+", "-", "@", "\t", "\r")) else written


def _same(kind: str, now: bytes, before: bytes) -> int:
    """How many rows both files have; `AssertionError` when a cell differs."""
    tables: list[list[list]] = [_cells(kind, body) for body in (now, before)]
    if tables[0] != tables[1]:
        raise AssertionError("the two files differ")
    return len(tables[0]) - 1


def _cells(kind: str, body: bytes) -> list[list]:
    if kind == "csv":
        return list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
