"""Run as a program: a workbook on standard input → JSON arrays of rows on standard output, some hundred in a line.

Arguments: the most rows, and the words of headings, by which the sheet with the table is found. The first line is an
object: `first` (number of the first row), `sheet` (its name when there are several), `rows` and `columns` (numbers of
hidden ones).

The library that parses foreign files runs here, under the limits of `apps/dasar/limited.py`; `parsing.py` starts it.
"""

import datetime as dt
import json
import posixpath
import re
import sys
import zipfile
from io import BytesIO
from itertools import islice
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

TOGETHER = 500
"""Rows per line: fewer and longer lines are read faster (`bench/impor_xlsx.py` measures the whole)."""
LOOKED_AT, MOST_COLUMNS = 10, 200
PIECE, OVERLAP = 1024 * 1024, 512
NO_WORD = re.compile(r"[\W_]+")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row(?=[^>]*\shidden="(?:1|true)")[^>]*\sr="(\d+)"')
HIDDEN_COLUMNS = re.compile(rb'<(?:\w+:)?col(?=[^>]*\shidden="(?:1|true)")[^>]*>')
ERROR_CELL = re.compile(rb'<(?:\w+:)?c(?=[^>]*\st="e")[^>]*\sr="([A-Z]+)(\d+)"[^>]*><(?:\w+:)?v>([^<]{1,20})<')


def main(rows: int, headings: set[str]) -> int:
    body = sys.stdin.buffer.read()
    book = CalamineWorkbook.from_filelike(BytesIO(body))
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    sheets = [sheet for sheet in map(book.get_sheet_by_name, shown) if sheet.total_height <= rows]
    if not sheets:
        return 3
    sheet = max(sheets, key=lambda sheet: likeness(sheet, headings))
    first = (sheet.start[0] if sheet.start else 0) + 1
    hidden, errors = beside(body, sheet.name)
    write = sys.stdout.write
    write(json.dumps({"first": first, "sheet": sheet.name if len(shown) > 1 else "", **hidden}) + "\n")
    dumps = json.JSONEncoder(ensure_ascii=False, default=plain, separators=(",", ":")).encode
    source, left = sheet.iter_rows(), sheet.start[1] if sheet.start else 0
    number = first
    while some := list(islice(source, TOGETHER)):
        if errors:
            fill_in(errors, some, number, left)
        number += len(some)
        write(dumps(some))
        write("\n")
    return 0


def fill_in(errors: dict[int, dict[int, str]], rows: list[list], first: int, left: int) -> None:
    """Write the words of errors into `rows`; `first`: number of the first row, `left`: of the first column."""
    for number, row in enumerate(rows, first):
        for column, words in errors.get(number, {}).items():
            if 0 <= column - left < len(row):
                row[column - left] = words


def likeness(sheet, headings: set[str]) -> int:
    """How many cells of its best row among the first ones are words of headings."""
    rows = islice(sheet.iter_rows(), LOOKED_AT)
    found = (sum(NO_WORD.sub("", str(cell).casefold()) in headings for cell in row) for row in rows)
    return max(found, default=0)


def beside(body: bytes, name: str) -> tuple[dict, dict]:
    """What the library leaves out of a sheet: hidden rows and columns, and cells that hold an error."""
    rows: set[int] = set()
    columns: set[int] = set()
    errors: dict[int, dict[int, str]] = {}
    for xml in pieces_of(body, name):
        if b"hidden=" in xml:
            rows |= set(map(int, HIDDEN_ROW.findall(xml)))
            for found in HIDDEN_COLUMNS.finditer(xml):
                columns |= set(range(bound(found[0], b"min"), min(bound(found[0], b"max"), MOST_COLUMNS) + 1))
        if b't="e"' in xml:
            for column, row, words in ERROR_CELL.findall(xml):
                errors.setdefault(int(row), {})[place(column)] = words.decode()
    return {"rows": sorted(rows)[:5_000], "columns": sorted(columns)}, errors


def pieces_of(body: bytes, name: str):
    """The XML of a sheet in overlapping pieces; nothing when the workbook is unusual."""
    with zipfile.ZipFile(BytesIO(body)) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 – the gate refused declarations
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        target = {link.get("Id"): link.get("Target", "") for link in links}
        here = next((s.get(RELATION) for s in book.iter() if s.get("name") == name and s.get(RELATION)), None)
        path = posixpath.normpath(posixpath.join("/xl", target.get(here, ""))).lstrip("/")
        if path in archive.namelist():
            with archive.open(path) as part:
                tail = b""
                while piece := part.read(PIECE):
                    yield tail + piece
                    tail = piece[-OVERLAP:]


def bound(tag: bytes, name: bytes) -> int:
    found = re.search(rb"\s" + name + rb'="(\d+)"', tag)
    return int(found[1]) if found else 0


def place(letters: bytes) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def plain(value):
    """A date as yyyy-mm-dd, the rest as text."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), set(sys.argv[2].split(","))))
