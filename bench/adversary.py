"""A reader who wants to know hidden counts: it writes down everything that it saw and everything that must hold, and
asks a solver for whole numbers.

    reader = Adversary()
    reader.saw(("absen", "bapas 1"), "<5")
    reader.saw(("absen", "bapas 2"), "17")
    reader.adds_up(("absen", "kanwil"), [("absen", "bapas 1"), ("absen", "bapas 2")])
    reader.found()      # → [] or what it knows too well

A cell that no page prints may have any value. For each "<5" every one of 1, 2, 3, 4 must stay possible, for each "*" at
least five values.
"""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cache

import highspy

Cell = Hashable
MOST = 1_000_000
FEW = range(1, 5)
VALUES_LEFT = 5


@dataclass(frozen=True)
class Known:
    """A hidden cell of which the reader knows too much: the values that are left, as far as they were looked for."""

    cell: Cell
    sign: str
    values: tuple[int, ...]


class Contradiction(Exception):
    """Two pages show one cell with two faces."""


class Adversary:
    def __init__(self) -> None:
        self.faces: dict[Cell, str] = {}
        self.cells: dict[Cell, int] = {}
        self.rules: list[tuple[float, dict[Cell, float], float]] = []

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

    def found(self) -> list[Known]:
        """Every hidden cell that is known too well."""
        known = []
        for cells, rules in self._systems():
            system = _System(self, cells, rules)
            for cell in cells:
                sign = self.faces.get(cell, "")
                values = system.values(cell, sign) if sign in ("<5", "*") else None
                if values is not None and len(values) < (len(FEW) if sign == "<5" else VALUES_LEFT):
                    known.append(Known(cell, sign, values))
        return known

    def hidden(self) -> int:
        return sum(face in ("<5", "*") for face in self.faces.values())

    def _systems(self) -> Iterable[tuple[list[Cell], list]]:
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
        groups: dict[Cell, tuple[list[Cell], list]] = {}
        for cell in self.cells:
            if not is_open.get(cell):
                groups.setdefault(root(cell), ([], []))[0].append(cell)
        for rule in self.rules:
            closed = [cell for cell in rule[1] if not is_open.get(cell)]
            if closed:
                groups[root(closed[0])][1].append(rule)
        return groups.values()


class _System:
    """Whole-number variables and rules in HiGHS; it remembers every solution, so that few questions are asked."""

    def __init__(self, reader: Adversary, cells: list[Cell], rules: list):
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.cells = {cell: place for place, cell in enumerate(cells)}
        self.bounds = [_bounds(reader.faces.get(cell, "*")) for cell in cells]
        for low, high in self.bounds:
            self.solver.addVar(low, high)
        for place in range(len(cells)):
            self.solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        for low, terms, high in rules:
            fixed = sum(factor * int(reader.faces[cell]) for cell, factor in terms.items() if cell not in self.cells)
            mine = {self.cells[cell]: factor for cell, factor in terms.items() if cell in self.cells}
            self.solver.addRow(low - fixed, high - fixed, len(mine), list(mine), list(mine.values()))
        self.solutions: list[list[float]] = []

    def values(self, cell: Cell, sign: str) -> tuple[int, ...]:
        """Values that the cell can have: all of 1 to 4 for "<5", at most five for "*"."""
        place = self.cells[cell]
        if sign == "<5":
            return tuple(value for value in FEW if self._possible(place, value, value))
        seen: set[int] = {round(solution[place]) for solution in self.solutions}
        low, high = self.bounds[place]
        while len(seen) < VALUES_LEFT:
            gaps = [(low, min(seen) - 1), (max(seen) + 1, high)] if seen else [(low, high)]
            inside = [(one, one) for one in range(min(seen, default=0), max(seen, default=0)) if one not in seen][:50]
            found = next((new for gap in (*gaps, *inside) if (new := self._value(place, *gap)) is not None), None)
            if found is None:
                break
            seen.add(found)
        return tuple(sorted(seen))

    def _possible(self, place: int, low: int, high: int) -> bool:
        if any(low <= round(solution[place]) <= high for solution in self.solutions):
            return True
        return self._value(place, low, high) is not None

    def _value(self, place: int, low: int, high: int) -> int | None:
        if low > high:
            return None
        self.solver.changeColBounds(place, low, high)
        self.solver.run()
        solved = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if solved:
            self.solutions.append(list(self.solver.getSolution().col_value))
        self.solver.changeColBounds(place, *self.bounds[place])
        return round(self.solutions[-1][place]) if solved else None


@cache
def _bounds(face: str) -> tuple[int, int]:
    if re.fullmatch(r"\d+", face):
        return int(face), int(face)
    return (FEW[0], FEW[-1]) if face == "<5" else (0, MOST)
