"""Cost lines pasted from a spreadsheet: text → rows → one form per row → all errors at once, or lines to add."""

from dataclasses import dataclass
from decimal import Decimal

from apps.acuan.models import AkunBelanja
from apps.program.forms import BiayaForm, active_accounts
from apps.program.models import RincianBiaya, Sumber

COLUMNS = ("akun", "uraian", "hitungan", "volume", "satuan", "harga", "sumber")
MOST_ROWS = 200


@dataclass(frozen=True)
class RowError:
    """The error in one cell, in words."""

    row: int
    column: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Pasted:
    """The result of a pasted text: without errors, every line can be added."""

    lines: list[RincianBiaya]
    errors: list[RowError]

    @property
    def total(self) -> Decimal:
        return sum((line.nilai for line in self.lines), Decimal(0))


def parse(text: str) -> list[tuple[int, list[str]]]:
    """(row number, cells) of every row that is not empty; a heading row is skipped."""
    rows = [
        (number, [cell.strip() for cell in row.split("\t")])
        for number, row in enumerate(text.splitlines(), 1)
        if row.strip()
    ]
    return rows[1:] if rows and rows[0][1][0].casefold() in ("akun", "kode akun") else rows


def read(text: str) -> Pasted:
    """Check every row with the form of the editor."""
    rows = parse(text)
    if len(rows) > MOST_ROWS:
        error = RowError(rows[MOST_ROWS][0], "", "", f"Tempel paling banyak {MOST_ROWS} baris sekaligus.")
        return Pasted([], [error])
    lines: list[RincianBiaya] = []
    errors: list[RowError] = []
    accounts = active_accounts()
    for number, cells in rows:
        line, wrong = _read_row(number, cells, accounts)
        errors += wrong
        lines += [line] if line else []
    return Pasted(lines, errors)


def _read_row(number: int, cells: list[str], accounts: list[AkunBelanja]) -> tuple[RincianBiaya | None, list[RowError]]:
    if len(cells) != len(COLUMNS):
        sentence = f"Baris ini berisi {len(cells)} kolom. Siapkan {len(COLUMNS)} kolom: {', '.join(COLUMNS)}."
        return None, [RowError(number, "", "", sentence)]
    data = dict(zip(COLUMNS, cells, strict=True))
    form = BiayaForm({**data, "sumber": _source(data["sumber"])}, accounts=accounts)
    if form.is_valid():
        return form.save(commit=False), []
    return None, [
        RowError(number, str(form.fields[name].label) if name in data else "", data.get(name, ""), str(sentence))
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def _source(text: str) -> str:
    """ "Pemda" → "pemda"; anything unknown stays and is refused by the form."""
    return next((value for value, label in Sumber.choices if text.casefold() == label.casefold()), text)
