"""Which values hidden cells can still have: whole numbers that fit a system of rules, found with HiGHS."""

import re
from collections.abc import Collection, Mapping
from functools import cache

import highspy

from apps.rilis.adversary import MOST, Cell, Known, Rule

FEW = range(1, 5)
VALUES_LEFT = 5
QUICK: dict[str, bool | int | str] = {
    "output_flag": False, "threads": 1, "presolve": "off", "solver": "simplex",
    "simplex_strategy": 1, "simplex_dual_edge_weight_strategy": 1,
}  # fmt: skip
"""Each question differs from the one before in one bound: the dual simplex method goes on from there, with weights that
cost nothing to begin with."""


class _Highs(highspy.Highs):
    def enableCallbacks(self) -> None:
        pass


class System:
    """Variables and rules in HiGHS. It remembers every solution in whole numbers, so that few questions are asked: sums
    nearly always have them at the corners that the simplex method finds; where not, whole numbers are asked for."""

    def __init__(self, faces: Mapping[Cell, str], cells: list[Cell], rules: list[Rule]):
        self.faces, self.rules = faces, rules
        self.solver = _Highs()
        for option, value in QUICK.items():
            self.solver.setOptionValue(option, value)
        self.cells = {cell: place for place, cell in enumerate(cells)}
        self.bounds = [_bounds(faces.get(cell, "*")) for cell in cells]
        for bounds in self.bounds:
            self.solver.addVar(*bounds)
        for low, terms, high in rules:
            fixed = sum(factor * int(faces[cell]) for cell, factor in terms.items() if cell not in self.cells)
            mine = {self.cells[cell]: factor for cell, factor in terms.items() if cell in self.cells}
            self.solver.addRow(low - fixed, high - fixed, len(mine), list(mine), list(mine.values()))
        self.seen: list[set[int]] = [set() for _ in cells]

    def found(self, among: Collection[Cell]) -> list[Known]:
        """Which of these hidden cells are known too well, in the order of the cells."""
        known = []
        for cell, place in self.cells.items():
            sign = self.faces.get(cell, "")
            if cell in among and not self._keeps_its_values(place, sign):
                known.append(Known(cell, sign, tuple(sorted(self.seen[place])), self._because(place)))
        return known

    def _keeps_its_values(self, place: int, sign: str) -> bool:
        """Whether "<5" can be each of 1 to 4, and "*" at least five values."""
        seen = self.seen[place]
        if sign == "<5":
            for value in (value for value in FEW if value not in seen):
                self._value(place, value, value)
            return len(seen) == len(FEW)
        low, high = self.bounds[place]
        while len(seen) < VALUES_LEFT:
            gaps = [(max(seen) + 1, high), (low, min(seen) - 1)] if seen else [(low, high)]
            inside = [(one, one) for one in range(min(seen, default=0), max(seen, default=0)) if one not in seen][:50]
            if all(self._value(place, *gap) is None for gap in (*gaps, *inside)):
                return False
        return True

    def _value(self, place: int, low: int, high: int) -> int | None:
        """A whole number within these bounds that the cell can be."""
        if low > high:
            return None
        self.solver.changeColBounds(place, low, high)
        solution = self._solve()
        if solution and any(abs(value - round(value)) > 1e-6 for value in solution):
            every = range(len(self.cells))
            for one in every:
                self.solver.changeColIntegrality(one, highspy.HighsVarType.kInteger)
            solution = self._solve()
            for one in every:
                self.solver.changeColIntegrality(one, highspy.HighsVarType.kContinuous)
        self.solver.changeColBounds(place, *self.bounds[place])
        for values, value in zip(self.seen, solution, strict=False):
            values.add(round(value))
        return round(solution[place]) if solution else None

    def _solve(self) -> list[float]:
        self.solver.run()
        solved = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return list(self.solver.getSolution().col_value) if solved else []

    def _because(self, place: int) -> tuple[Cell, ...]:
        """The cells in the rules that keep a cell from being smaller or larger, but for those that can be anything."""
        tight = set()
        for sense in (highspy.ObjSense.kMaximize, highspy.ObjSense.kMinimize):
            self.solver.changeColCost(place, 1)
            self.solver.changeObjectiveSense(sense)
            self._solve()
            tight |= {number for number, dual in enumerate(self.solver.getSolution().row_dual) if abs(dual) > 1e-6}
            self.solver.changeColCost(place, 0)
        rules = [self.rules[number] for number in sorted(tight)] or self.rules
        told = {cell: None for _, terms, _ in rules for cell in terms if self.faces.get(cell, "*") != "*"}
        return tuple(cell for cell in told if self.cells.get(cell) != place)


@cache
def _bounds(face: str) -> tuple[int, int]:
    if re.fullmatch(r"\d+", face):
        return int(face), int(face)
    return (FEW[0], FEW[-1]) if face == "<5" else (0, MOST)
