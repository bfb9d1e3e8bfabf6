"""Bytes → rows. CSV is read here; a workbook by a child process with little memory and time (`workbook_child.py`)."""

import csv
import json
import os
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
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
DELIMITERS = (";", ",", "\t")
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
UNREADABLE = "Berkas ini tidak dapat dibaca. Buka di Excel, lalu simpan ulang sebagai XLSX."
TOO_MANY_ROWS = f"Paling banyak {MOST_ROWS // 1000}.000 baris dalam satu berkas. Bagi menjadi beberapa berkas."
TOO_MANY_COLUMNS = f"Paling banyak {MOST_COLUMNS} kolom. Hapus kolom yang tidak dipakai."


def rows(body: bytes, form: str) -> Iterator[Row]:
    """Rows of a file that passed the gate (`gate.inspect`); empty ones are left out."""
    found = _of_workbook(body) if form == XLSX else _of_text(body)
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


def _of_workbook(body: bytes) -> Iterator[Row]:
    """Rows as the child writes them. The child gets no setting of the portal and no path but its own."""
    command = limited.command(CHILD, MOST_ROWS, memory=CHILD_MEMORY, seconds=CHILD_CPU)
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
        yield from _lines(output)
        if code := child.wait():
            raise Refused(TOO_MANY_ROWS if code == 3 else UNREADABLE)
    finally:
        watch.cancel()
        child.kill()
        output.close()
        child.wait()


def _lines(output: IO[str]) -> Iterator[Row]:
    try:
        first = int(next(output, "0"))
        yield from enumerate(chain.from_iterable(map(json.loads, output)), start=first)
    except (ValueError, UnicodeDecodeError) as error:
        raise Refused(UNREADABLE) from error
