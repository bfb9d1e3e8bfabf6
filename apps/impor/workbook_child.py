"""Run as a program: a workbook on standard input → JSON arrays of rows on standard output, some hundred in a line.

The library that parses foreign files runs here, in a process of its own with little memory and little time, without the
settings of the portal. A file that crashes it harms nothing else. `parsing.py` starts it.
"""

import datetime as dt
import json
import resource
import sys
from io import BytesIO
from itertools import islice

MEGABYTE = 1024 * 1024
TOGETHER = 500
"""Rows per line: fewer and longer lines are read faster (`bench/impor_xlsx.py` measures the whole)."""


def main(memory: int, seconds: int, rows: int) -> int:
    for what, limit in (
        (resource.RLIMIT_AS, memory * MEGABYTE),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
    # imported under the limits, which bind the library too
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    sheet = book.get_sheet_by_name(shown[0])
    if sheet.total_height > rows:
        return 3
    first = sheet.start[0] if sheet.start else 0
    write = sys.stdout.write
    write(f"{first + 1}\n")
    dumps = json.JSONEncoder(ensure_ascii=False, default=plain, separators=(",", ":")).encode
    source = sheet.iter_rows()
    while some := list(islice(source, TOGETHER)):
        write(dumps(some))
        write("\n")
    return 0


def plain(value):
    """A date as yyyy-mm-dd, the rest as text."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
