"""A reader who wants to know hidden counts: it writes down everything that it saw and everything that must hold, and
asks a solver for whole numbers. A release asks it before anything is stored (`deciding.py`), and `bin/penyerang` lets
it read the pages.

    reader = Adversary()
    reader.saw(("absen", "bapas 1"), "<5")
    reader.saw(("absen", "bapas 2"), "17")
    reader.adds_up(("absen", "kanwil"), [("absen", "bapas 1"), ("absen", "bapas 2")])
    reader.found()      # → [] or what it knows too well

A cell that no page prints may have any value. For each "<5" every one of 1, 2, 3, 4 must stay possible, for each "*" at
least five values.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

Cell = Any
"""Whatever names a cell; it can be hashed."""
Rule = tuple[float, dict[Cell, float], float]
"""At least, cells with their factors, at most."""
SIGNS = ("<5", "*")
MOST = 1_000_000


@dataclass(frozen=True)
class Known:
    """A hidden cell of which the reader knows too much: the values that are left, as far as they were looked for."""

    cell: Cell
    sign: str
    values: tuple[int, ...]
    because: tuple[Cell, ...] = ()
    """Cells, open or "<5", that hold it so narrow: with "*" for one of them it may have more values."""


class Contradiction(Exception):
    """Two pages show one cell with two faces, or what is known cannot be."""


class Adversary:
    def __init__(self) -> None:
        self.faces: dict[Cell, str] = {}
        self.cells: dict[Cell, int] = {}
        self.rules: list[Rule] = []

    def saw(self, cell: Cell, face: str) -> None:
        """What a page prints for a cell: a number, "<5", "*", or "–", which says nothing."""
        face = face.strip().replace(".", "")
        if face == "–":
            return
        if self.faces.setdefault(cell, face) != face:
            raise Contradiction(f"{cell}: {self.faces[cell]} and {face}")
        self._place(cell)

    def adds_up(self, whole: Cell, parts: Iterable[Cell]) -> None:
        self._rule(0, {whole: 1} | dict.fromkeys(parts, -1), 0)

    def at_least(self, larger: Cell, smaller: Cell) -> None:
        self._rule(0, {larger: 1, smaller: -1}, MOST)

    def covered(self, whole: Cell, parts: Iterable[Cell]) -> None:
        """The whole is at most the sum of the parts."""
        self._rule(-MOST, {whole: 1} | dict.fromkeys(parts, -1), 0)

    def covered_by(self, whole: Cell, parts: Iterable[Cell]) -> None:
        """The parts together are at most the whole."""
        self._rule(0, {whole: 1} | dict.fromkeys(parts, -1), MOST)

    def share(self, percent: int, part: Cell, rest: Cell) -> None:
        """Part of part and rest, rounded to whole percent."""
        low, high = (percent - 0.5) / 100, (percent + 0.5) / 100
        self._rule(0, {part: 1 - low, rest: -low}, MOST)
        self._rule(-MOST, {part: 1 - high, rest: -high}, 0)

    def _place(self, cell: Cell) -> None:
        self.cells.setdefault(cell, len(self.cells))

    def _rule(self, low: float, terms: dict[Cell, float], high: float) -> None:
        for cell in terms:
            self._place(cell)
        self.rules.append((low, terms, high))

    def found(self, among: Collection[Cell] | None = None) -> list[Known]:
        """Every hidden cell that is known too well, all or of those asked for."""
        from apps.rilis.solving import System  # noqa: PLC0415 – who only reads releases needs no solver

        asked = {cell for cell, face in self.faces.items() if face in SIGNS and (among is None or cell in among)}
        systems = ((asked.intersection(cells), cells, rules) for cells, rules in self._systems())
        return [one for mine, cells, rules in systems if mine for one in System(self.faces, cells, rules).found(mine)]

    def hidden(self) -> int:
        return sum(face in SIGNS for face in self.faces.values())

    def _systems(self) -> Iterable[tuple[list[Cell], list[Rule]]]:
        """Cells that rules connect by way of cells that are not open, each with its rules."""
        above = {cell: cell for cell in self.cells}

        def root(cell: Cell) -> Cell:
            while above[cell] != cell:
                above[cell] = above[above[cell]]
                cell = above[cell]
            return cell

        is_open = {cell: face.isdigit() for cell, face in self.faces.items()}
        for _, terms, _ in self.rules:
            first, *others = [cell for cell in terms if not is_open.get(cell)] or [None]
            for other in others:
                above[root(other)] = root(first)
        groups: dict[Cell, tuple[list[Cell], list[Rule]]] = {}
        for cell in self.cells:
            if not is_open.get(cell):
                groups.setdefault(root(cell), ([], []))[0].append(cell)
        for rule in self.rules:
            closed = [cell for cell in rule[1] if not is_open.get(cell)]
            if closed:
                groups[root(closed[0])][1].append(rule)
        return groups.values()
