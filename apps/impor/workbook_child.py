"""Run as a program: a workbook on standard input → JSON arrays of rows on standard output, some hundred in a line.

The library that parses foreign files runs here, under the limits of `apps/dasar/limited.py`; `parsing.py` starts it.
"""

import datetime as dt
import json
import sys
from io import BytesIO
from itertools import islice

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

TOGETHER = 500
"""Rows per line: fewer and longer lines are read faster (`bench/impor_xlsx.py` measures the whole)."""


def main(rows: int) -> int:
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
    sys.exit(main(int(sys.argv[1])))
