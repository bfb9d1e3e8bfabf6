"""Bytes → rows. CSV is read here; a workbook by a child process with little memory and time (`workbook_child.py`)."""

import csv
import json
import os
import subprocess
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import IO, cast

from apps.dasar import limited
from apps.dasar.errors import Refused
from apps.impor.gate import MOST_COLUMNS, MOST_ROWS, XLSX
from apps.impor.values import Cell

Row = tuple[int, list[Cell]]
"""(number as the spreadsheet program shows it, cells); an empty cell is ""."""

CHILD = Path(__file__).with_name("workbook_child.py")
CHILD_MEMORY, CHILD_CPU, CHILD_WALL = 1_024, 60, 120
"""Megabytes, seconds of CPU time, seconds until the child is killed."""
LONGEST_CELL = 32_767
MOST_NAMED = 20
"""Hidden rows that a page names one by one."""
DELIMITERS = (";", ",", "\t")
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
UNREADABLE = "Berkas ini tidak dapat dibaca. Buka di Excel, lalu simpan ulang sebagai XLSX."
TOO_MANY_ROWS = f"Paling banyak {MOST_ROWS // 1000}.000 baris dalam satu berkas. Bagi menjadi beberapa berkas."
TOO_MANY_COLUMNS = f"Paling banyak {MOST_COLUMNS} kolom. Hapus kolom yang tidak dipakai."


@dataclass
class Sheet:
    """What people should know of the sheet that was read; filled while it is read."""

    name: str = ""
    """Empty when there is only one."""
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    """Numbers of hidden rows and columns, from 1."""

    def in_words(self) -> str:
        """ "Yang dibaca lembar “Data”. Baris tersembunyi ikut dibaca: 5–7, 9." """
        said = [f"Yang dibaca lembar “{self.name}”."] if self.name else []
        for what, numbers in (("Baris", list(map(str, self.rows))), ("Kolom", list(map(_letters, self.columns)))):
            if numbers:
                more = f", dan {len(numbers) - MOST_NAMED} lagi" if len(numbers) > MOST_NAMED else ""
                said.append(f"{what} tersembunyi ikut dibaca: {', '.join(numbers[:MOST_NAMED])}{more}.")
        return " ".join(said)


def _letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def rows(body: bytes, form: str, headings: Iterable[str] = (), sheet: Sheet | None = None) -> Iterator[Row]:
    """Rows of a file that passed the gate (`gate.inspect`); empty ones are left out.

    Of several sheets the one is read whose first rows hold most of `headings` (as `key_of` compares them).
    """
    found = _of_workbook(body, headings, sheet or Sheet()) if form == XLSX else _of_text(body)
    for number, cells in found:
        if len(cells) > MOST_COLUMNS:
            raise Refused(TOO_MANY_COLUMNS)
        if any(cells):
            yield number, cells


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────


def _of_text(body: bytes) -> Iterator[Row]:
    content = _decoded(body)
    first, _, rest = content.partition("\n")
    if first.strip().lower().startswith("sep="):
        delimiter, content, skipped = first.strip()[4:5] or ";", rest, 1
    else:
        delimiter, skipped = _delimiter(content), 0
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(content, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1 + skipped):
            if number > MOST_ROWS:
                raise Refused(TOO_MANY_ROWS)
            yield number, list(map(str.strip, cells))
    except csv.Error as error:
        raise Refused(f"Baris {reader.line_num} tidak dapat dibaca. Periksa tanda kutip pada baris itu.") from error


def _decoded(body: bytes) -> str:
    """The text, read as UTF-8 or UTF-16 if it is, else in the code page of Windows, which can read anything."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if body.startswith(mark)), "utf-8")
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _delimiter(content: str) -> str:
    """The most frequent delimiter in the first lines."""
    counts = Counter(letter for letter in content[:4_000] if letter in DELIMITERS)
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


# ── XLSX ─────────────────────────────────────────────────────────────────────────────────────────────────


def _of_workbook(body: bytes, headings: Iterable[str], sheet: Sheet) -> Iterator[Row]:
    """Rows as the child writes them. The child gets no setting of the portal and no path but its own."""
    command = limited.command(CHILD, MOST_ROWS, ",".join(sorted(headings)), memory=CHILD_MEMORY, seconds=CHILD_CPU)
    with open(os.memfd_create("buku"), "w+b") as source:  # in memory: a full disk stops no reading
        source.write(body)
        source.seek(0)
        child = subprocess.Popen(
            command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, encoding="utf-8"
        )
    watch = threading.Timer(CHILD_WALL, child.kill)
    watch.start()
    output = cast(IO[str], child.stdout)
    try:
        yield from _lines(output, sheet)
        if code := child.wait():
            raise Refused(TOO_MANY_ROWS if code == 3 else UNREADABLE)
    finally:
        watch.cancel()
        child.kill()
        output.close()
        child.wait()


def _lines(output: IO[str], sheet: Sheet) -> Iterator[Row]:
    try:
        told = json.loads(next(output, "{}"))
        sheet.name, sheet.rows, sheet.columns = told.get("sheet", ""), told.get("rows", []), told.get("columns", [])
        yield from enumerate(chain.from_iterable(map(json.loads, output)), start=told.get("first", 0))
    except (ValueError, UnicodeDecodeError) as error:
        raise Refused(UNREADABLE) from error
