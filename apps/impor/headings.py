"""Guesses what each column of a file is: by the last choice of the office, then by the usual words of a heading."""

from collections.abc import Iterable, Mapping, Sequence

from apps.impor.kinds import Column
from apps.impor.values import Cell, key_of, text

LOOKED_AT = 10
"""Rows searched for headings: a title, the office's name and an empty line may stand above them."""


def headings(columns: Iterable[Column]) -> set[str]:
    """Every usual word of a heading, as `key_of` compares it."""
    return set().union(*(column.keys for column in columns))


def heading_row(rows: Sequence[tuple[int, list[Cell]]], columns: Sequence[Column]) -> int:
    """Index of the row among the first ones that looks most like headings; the first when none does."""
    known = headings(columns)
    scores = [sum(key_of(text(cell)) in known for cell in cells) for _, cells in rows[:LOOKED_AT]]
    return max(range(len(scores)), key=lambda index: scores[index]) if any(scores) else 0


def guess(titles: Sequence[str], columns: Sequence[Column], remembered: Mapping[str, str]) -> list[str]:
    """For each heading the name of a column, or ""; no column is taken twice."""
    names = {column.name for column in columns}
    usual = {key: column.name for column in reversed(columns) for key in column.keys}
    taken: set[str] = set()
    guessed = []
    for title in titles:
        key = key_of(title)
        name = remembered.get(key, usual.get(key, ""))
        fits = name in names and name not in taken
        guessed.append(name if fits else "")
        taken |= {name} if fits else set()
    return guessed
