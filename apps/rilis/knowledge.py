"""What everybody knows of the counts of one period without reading one: which cells add up, and which are never smaller
than others. `deciding.py` reckons with it cell by cell, the adversary with all of it at once. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from django.utils.functional import cached_property

from apps.dasar.disclosure import Shown
from apps.rilis.adversary import Adversary
from apps.rilis.measures import (
    CHILDREN,
    CLIENTS,
    ELSEWHERE,
    FACTOR,
    IN_NEED,
    MET,
    NEED,
    ONCE_MET,
    OUTCOME,
    OVERDUE,
    PROGRAMME,
    STATUS,
    Counts,
)
from apps.rilis.trees import SIGNS, Node, Tree

Faces = dict[str, dict[Node, Shown]]


@dataclass(frozen=True)
class Comparison:
    """At every office, so also at every unit above it, the `whole` is at least each of its `parts`; if `covered`, also
    at most their sum."""

    whole: str
    parts: tuple[str, ...]
    covered: bool = False


@dataclass(frozen=True)
class Counted:
    """The counts of a period: `trees` of the measures, `local` trees of factors (places and offices only), and the
    measures of the categories of each factor."""

    trees: Mapping[str, Tree]
    local: Mapping[str, Tree]
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, above: Mapping[Node, Node | None], counts: Counts, factors: Mapping[str, str]) -> Self:
        """`factors`: measure of a category → measure of its factor."""
        trees = {name: Tree(_levels(above, name), cells) for name, cells in counts.items()}
        local = {name: trees.pop(name) for name in starting(FACTOR, trees)}
        its = {factor: tuple(name for name in factors if factors[name] == factor and name in trees) for factor in local}
        return cls(trees, local, its)

    @cached_property
    def every(self) -> Mapping[str, Tree]:
        return {**self.trees, **self.local}

    @property
    def known(self) -> list[Comparison]:
        """What is known beyond sums of the measures that every office has."""
        steps = tuple(name for name in starting(STATUS, self.trees) if name != ONCE_MET)
        known = [
            Comparison(CLIENTS, (IN_NEED, OVERDUE, CHILDREN, ONCE_MET)),
            Comparison(IN_NEED, starting(NEED, self.trees), covered=True),
            Comparison(IN_NEED, steps, covered=True),
            Comparison(ONCE_MET, starting(MET, self.trees), covered=True),
        ]
        present = [replace(one, parts=tuple(part for part in one.parts if part in self.trees)) for one in known]
        return [one for one in present if one.whole in self.trees and one.parts]

    def reader(self, faces: Mapping[str, Mapping[Node, Shown]]) -> Adversary:
        """Somebody who reads all these faces and knows all that is known."""
        reader = Adversary()
        for name, tree in self.every.items():
            for node, face in faces[name].items():
                if not (node[0] == "tempat" and node[2] == ELSEWHERE):  # no page has them
                    reader.saw((name, node), SIGNS.get(face, str(face)))
            for whole, parts in tree.below.items():
                reader.adds_up((name, whole), [(name, part) for part in parts])
        for at, places in self._places().items():  # nobody prints who is in need at a place, but everybody is somewhere
            reader.adds_up((IN_NEED, at), [(IN_NEED, where) for where in places])
        for one, nodes in self._compared_where(faces):
            for node in (node for node in nodes if self._holds(one, node)):
                cells = [(name, node) for name in one.parts if faces[name].get(node) != 0]
                for cell in cells:
                    reader.at_least((one.whole, node), cell)
                if one.covered:
                    reader.covered((one.whole, node), cells)
        for told in starting(PROGRAMME, self.trees)[:1]:
            for node in faces[told]:
                reader.adds_up((CLIENTS, node), [(programme, node) for programme in starting(PROGRAMME, self.trees)])
        for answers in questions(self.trees).values():  # whoever is asked answers every question
            for node in self.trees[answers[0]].at("bapas"):
                reader.adds_up((OUTCOME, node), [(name, node) for name in answers])
        return reader

    def _compared_where(self, faces: Mapping[str, Mapping[Node, Shown]]) -> Iterator[tuple[Comparison, Iterable[Node]]]:
        """Comparisons, those of needs at every place too, and those of factors around the units where one is told."""
        for one in self.known:
            yield one, self.trees[one.whole].at("bapas")
        places = [place for inside in self._places().values() for place in inside]
        yield Comparison(IN_NEED, starting(NEED, self.trees), covered=True), places
        told = {
            near
            for factor, tree in self.local.items()
            for node in faces[factor]
            for near in (node, *tree.below.get(node, ()))
        }
        for factor, parts in self.categories.items():
            yield Comparison(factor, parts, covered=True), told
        yield Comparison(IN_NEED, tuple(self.local), covered=True), told

    def _holds(self, one: Comparison, node: Node) -> bool:
        """False where rows contradict each other, as a need that was closed without a trace in its history: nobody can
        know what is not so. Places where the whole is not counted hold it."""
        parts = [self.every[name].counts[node] for name in one.parts]
        whole = self.every[one.whole].counts.get(node)
        return whole is None or (max(parts) <= whole and (not one.covered or whole <= sum(parts)))

    def _places(self) -> dict[Node, list[Node]]:
        """Office → its places, where needs are counted."""
        needs = starting(NEED, self.trees)
        if not needs or IN_NEED not in self.trees:
            return {}
        tree = self.trees[needs[0]]
        return {office: tree.below[office] for office in tree.at("bapas") if office in tree.below}


def questions(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Question about life after guidance → the measures of its answers."""
    answers = starting(OUTCOME, names)
    asked = dict.fromkeys(name.rpartition(":")[0] for name in answers)
    return {question: starting(f"{question}:", answers) for question in asked}


def starting(prefix: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if name.startswith(prefix)))


def _levels(above: Mapping[Node, Node | None], name: str) -> dict[Node, Node | None]:
    """The units that a measure is counted for. Factors are told of places and offices only."""
    if name.startswith(FACTOR):
        local = {node: up for node, up in above.items() if node[0] in ("tempat", "bapas")}
        return {node: up if up in local else None for node, up in local.items()}
    return {node: up for node, up in above.items() if name.startswith(NEED) or node[0] != "tempat"}
