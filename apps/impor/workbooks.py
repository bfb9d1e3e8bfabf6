"""Workbooks of an import: an empty one to fill in, and one with the rows to correct."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from apps.dasar.tables import to_xlsx
from apps.impor.kinds import Kind
from apps.impor.models import Impor, TemuanImpor
from apps.impor.parsing import Row
from apps.impor.values import EXACT_DIGITS, Cell, text

MISTAKES = "Yang perlu diperbaiki"


def template(kind: type[Kind]) -> tuple[list[str], list[list[str]]]:
    """(headings, one example row)."""
    return [column.title for column in kind.columns], [[column.example for column in kind.columns]]


def of_mistakes(impor: Impor, rows: Iterable[Row]) -> bytes:
    """The `rows` of the file that were not accepted, unchanged, each with its mistakes.

    An import ignores the added column, so the corrected workbook can be uploaded as it is.
    """
    wrong: dict[int, list[str]] = defaultdict(list)
    found = TemuanImpor.objects.filter(bapas=impor.bapas_id, impor=impor).order_by("baris", "pk")
    for row, column, sentence in found.values_list("baris", "kolom", "kalimat"):
        wrong[row].append(f"{column}: {sentence}" if column else sentence)
    return to_xlsx("Perbaikan", [*impor.judul, MISTAKES], _with_mistakes(rows, wrong, len(impor.judul)))


def _with_mistakes(rows: Iterable[Row], wrong: dict[int, list[str]], width: int) -> Iterator[list[Cell]]:
    for number, cells in rows:
        plain = [_as_it_came(cell) for cell in cells[:width]]
        yield [*plain, *[""] * (width - len(plain)), " ".join(wrong[number])]


def _as_it_came(cell: Cell) -> Cell:
    """A number of 16 digits stays a number: as text its lost last digit would look like a true one."""
    return cell if isinstance(cell, float) and abs(cell) >= 10**EXACT_DIGITS else text(cell)
