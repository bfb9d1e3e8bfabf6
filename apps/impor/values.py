"""One cell → one value. Pure: text, number or boolean in, a value for the database out, or `Wrong` with a sentence.

Cells come as offices keep them: from CSV everything is text, from XLSX also numbers. A reader is a function of one cell
that is not empty; `parsing.py` has turned dates of a workbook into yyyy-mm-dd already.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from apps.dasar import entries
from apps.dasar.entries import NIK_DIGITS

Cell = str | int | float | bool
Reader = Callable[[Cell], object]

SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of spreadsheet programs; right for every day after February 1900."""
FIRST_SERIAL, LAST_SERIAL = 3_654, 73_415
"""1 January 1910 and 31 December 2100: outside, a bare number is no date."""
EXACT_DIGITS = 15
"""Spreadsheet programs keep 15 digits of a number and write zeros behind them."""
MOST_EXACT = 2**53
"""Above, a spreadsheet cannot hold every whole number: some digits may have become others."""
ERRORS = re.compile(r"#(?:REF|N/A|NAME|VALUE|NUM|NULL|DIV/0|SPILL|CALC|GETTING_DATA)[!?]?", re.IGNORECASE)
NOTHING = {"nihil", "tidakada", "tdkada", "kosong", "belumada"}
"""How people write in a table that there is nothing, as `key_of` compares it."""
DASHES = "-–—−. "

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari february", "maret mar march", "april apr", "mei may",
            "juni jun june", "juli jul july", "agustus agu agt ags aug august", "september sep sept",
            "oktober okt oct october", "november nov nop nopember", "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d+)")
_WORDS = re.compile(r"(?:[a-z']+,?\s+)?(\d{1,2})[\s./-]*([a-z]+)[\s./-]*(\d+)")
_CLOCK = re.compile(r"(?:[t\s]+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?$")
_PLACE_FIRST = re.compile(r"[^\d,/]*[^\W\d_][^\d,/]*[,/]\s*(?=\d)|[^\d,/]*[^\W\d_][.\s]+(?=\d{1,2}[\s./-])")
_ROUNDED = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")
_SPACES = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

DATE_FORMS = "Tulis hari-bulan-tahun, misalnya 03-05-2026."
LANDLINE, AREA_CODES = range(8, 11), "234567"
"""Digits of a landline without its zero, and what its area code begins with (021, 0451, 0711)."""
AS_TEXT = "Ubah format sel menjadi Teks, lalu ketik ulang."


class Wrong(ValueError):
    """A cell that cannot be stored; the message is a sentence for the user."""


def text(cell: Cell) -> str:
    """A cell as people read it: no apostrophe of the spreadsheet program, no control characters, single spaces."""
    if isinstance(cell, str):
        plain = cell[1:] if cell.startswith("'") else cell
        if not plain.isprintable():
            plain = _CONTROL.sub("", plain.replace("\r\n", "\n").replace("\t", " "))
        return (_SPACES.sub(" ", plain) if "  " in plain else plain).strip()
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def is_nothing(cell: Cell) -> bool:
    """Whether the cell says that there is nothing: "-", "–", "nihil", "tidak ada"."""
    if not isinstance(cell, str) or len(cell) > 20:
        return False
    return not cell.strip(DASHES) or key_of(cell) in NOTHING


def refuse_errors(cell: Cell) -> None:
    """`Wrong` for what a spreadsheet program writes when it could not work a cell out."""
    if isinstance(cell, str) and cell.startswith("#") and ERRORS.fullmatch(cell.strip()):
        raise Wrong(f"Sel ini berisi galat Excel ({cell.strip()}), bukan isi. Tulis isinya, atau kosongkan.")


def line(longest: int) -> Reader:
    """Text of at most `longest` characters."""

    def read(cell: Cell) -> str:
        plain = text(cell)
        if len(plain) > longest:
            raise Wrong(f"Paling banyak {longest} huruf; isinya {len(plain)} huruf.")
        return plain

    return read


def whole(least: int, most: int) -> Reader:
    """A whole number in a range."""

    def read(cell: Cell) -> int:
        plain = text(cell)
        if not plain.isascii() or not plain.isdigit() or not least <= int(plain[:9]) <= most:
            raise Wrong(f"Tulis angka antara {least} dan {most}.")
        return int(plain)

    return read


def day(cell: Cell) -> date:
    """A date: 03-05-2026, 3/5/2026, 2026-05-03, 3 Mei 2026, or the serial number of a spreadsheet program."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _serial(cell)
    plain = _CLOCK.sub("", text(cell).lower())
    if found := _ISO.fullmatch(plain):
        year, month, number = found.groups()
    elif found := _DAY_FIRST.fullmatch(plain) or _WORDS.fullmatch(plain):
        number, month, year = found.groups()
    elif plain.isascii() and plain.isdigit() and len(plain) == len(str(LAST_SERIAL)):
        return _serial(int(plain))
    else:
        raise Wrong(f"Tanggal ini tidak terbaca. {DATE_FORMS}")
    return _date(year, month, number)


def born(cell: Cell) -> date:
    """A day of birth, alone or behind a place: "Palu, 5-1-1990"."""
    if isinstance(cell, str) and (found := _PLACE_FIRST.match(text(cell))):
        return day(text(cell)[found.end() :])
    return day(cell)


def _date(year: str, month: str, number: str) -> date:
    if len(year) != 4:
        raise Wrong(f"Tulis tahun dengan empat angka. {DATE_FORMS}")
    place = int(month) if month.isdigit() else MONTHS.get(month, 0)
    if not 1 <= place <= 12:
        raise Wrong(f"Bulan “{month}” tidak dikenal. {DATE_FORMS}")
    try:
        return date(int(year), place, int(number))
    except ValueError:
        raise Wrong(f"Tanggal ini tidak ada pada kalender. {DATE_FORMS}") from None


def _serial(number: float) -> date:
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise Wrong(f"Angka ini bukan tanggal. {DATE_FORMS}")
    return SERIAL_ZERO + timedelta(days=int(number))


def nik(cell: Cell) -> str:
    """16 digits. A number is trusted only when it cannot have lost its last digit."""
    plain = text(cell)
    if _ROUNDED.fullmatch(plain.strip()):
        raise Wrong(f"NIK tersimpan sebagai angka bulat, sehingga sebagian angkanya hilang. {AS_TEXT}")
    if isinstance(cell, (int, float)) and (plain.endswith("0") or cell > MOST_EXACT) and len(plain) == NIK_DIGITS:
        raise Wrong(
            f"NIK tersimpan sebagai angka. Excel hanya menyimpan {EXACT_DIGITS} angka, "
            f"jadi angka terakhir mungkin hilang. {AS_TEXT}"
        )
    try:
        return entries.nik(plain)
    except ValueError as problem:
        raise Wrong(str(problem)) from problem


def phone(cell: Cell) -> str:
    """A telephone number; restores the zero or plus that a spreadsheet program dropped."""
    plain = text(cell)
    if _ROUNDED.fullmatch(plain):
        raise Wrong(f"Nomor HP tersimpan sebagai angka bulat, sehingga sebagian angkanya hilang. {AS_TEXT}")
    try:
        plain = entries.telephone(plain)
    except ValueError as problem:
        raise Wrong(str(problem)) from problem
    landline = not isinstance(cell, str) and len(plain) in LANDLINE and plain[0] in AREA_CODES
    if plain.startswith("8") or (landline and not plain.startswith("62")):
        return f"0{plain}"
    return f"+{plain}" if plain.startswith("62") else plain


def one_of(words: Mapping[str, object], known: str) -> Reader:
    """One of some words, in any case; `known` lists them for the sentence."""
    table = {key_of(word): value for word, value in words.items()}

    def read(cell: Cell) -> object:
        try:
            return table[key_of(text(cell))]
        except KeyError:
            raise Wrong(f"Isian ini tidak dikenal. Pilihan: {known}.") from None

    return read


def number_key(number: str) -> str:
    """How register numbers are compared: 1/11/2026 is not 11/1/2026, so signs count; case and spaces do not."""
    return "".join(number.casefold().split())


def key_of(words: str) -> str:
    """How words are compared: small letters and digits only."""
    folded = words.casefold()
    return folded if folded.isalnum() else _NO_WORD.sub("", folded)
