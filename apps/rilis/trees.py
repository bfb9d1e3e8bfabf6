"""Which counts of a tree of sums are printed: cell suppression with a guarantee for every hidden cell. Pure.

A tree holds one count at every level: places add up to offices, offices to regions, regions to the nation. A count of
one to four is hidden behind "<5", further counts behind "*", until nobody who knows all printed numbers and all sums
can narrow one of them down: "<5" stays 1, 2, 3 or 4, "*" keeps at least five values. Sums of a tree are the only
equations that it prints, and on a tree the range of each cell follows exactly by passing ranges up and down once.

The method is cell suppression (primary, by a threshold rule; secondary, greedy) with protection intervals, as in
A. Hundepool et al., Statistical Disclosure Control (Wiley, 2012), chapter 4.
"""

from collections.abc import Callable, Collection, Mapping

from apps.dasar.disclosure import HIDDEN, MASKED, SECRET, Shown, mask
from apps.dasar.suppress import SMALLEST_SHOWN

Node = tuple[str, int, int]
"""(level, id of the unit or office, id of a place within the office or 0)."""
Range = tuple[int, int]
"""The least and the largest value that a cell can have."""

SIGNS: dict[Shown, str] = {MASKED: "<5", HIDDEN: "*"}
ENDLESS = 10**9
FEW, EVERYTHING = (1, SMALLEST_SHOWN - 1), (0, ENDLESS)
VALUES_LEFT = 5
"""How many values a cell behind "*" keeps at least."""


class Tree:
    """Counts of leaves and their sums. `above` names the node over each node, None over the root."""

    def __init__(self, above: Mapping[Node, Node | None], leaves: Mapping[Node, int]):
        self.above = above
        self.below: dict[Node, list[Node]] = {}
        for node, parent in above.items():
            if parent is not None:
                self.below.setdefault(parent, []).append(node)
        self.downwards = self._from_the_root()
        self._places = {node: place for place, node in enumerate(self.downwards)}
        self._parents = [-1 if (up := above[node]) is None else self._places[up] for node in self.downwards]
        self._inner = [node in self.below for node in self.downwards]
        self.counts = {node: leaves.get(node, 0) for node in above}
        for node in reversed(self.downwards):
            if node in self.below:
                self.counts[node] = sum(self.counts[child] for child in self.below[node])

    def _from_the_root(self) -> list[Node]:
        """Every node after the one above it."""
        nodes = [node for node, parent in self.above.items() if parent is None]
        for node in nodes:
            nodes += self.below.get(node, ())
        return nodes

    def ranges(self, faces: Mapping[Node, Shown], limits: Mapping[Node, Range] | None = None) -> dict[Node, Range]:
        """What each cell can be for a reader of `faces`. Every whole number in between is possible too.

        With `limits` only datasets count in which the cell stays inside its limits.
        """
        nodes, parents = self.downwards, self._parents
        bounds = [_of_face(faces[node]) for node in nodes]
        low, high = [bound[0] for bound in bounds], [bound[1] for bound in bounds]
        for node, (least_of, most_of) in (limits or {}).items():
            place = self._places[node]
            low[place], high[place] = max(low[place], least_of), min(high[place], most_of)
        least, most = [0] * len(nodes), [0] * len(nodes)  # the sums of what is below
        for place in range(len(nodes) - 1, -1, -1):
            if self._inner[place]:
                low[place], high[place] = max(low[place], least[place]), min(high[place], most[place])
            if (up := parents[place]) >= 0:
                least[up] += low[place]
                most[up] += high[place]
        for place, up in enumerate(parents):
            if up >= 0:  # what the sum leaves when the cells beside are as large, or as small, as they can be
                mine = low[place], high[place]
                low[place] = max(mine[0], low[up] - most[up] + mine[1])
                high[place] = min(mine[1], high[up] - least[up] + mine[0])
        return dict(zip(nodes, zip(low, high, strict=True), strict=True))

    def first_face(self, node: Node) -> Shown:
        """What is printed before anything is protected. A small sum of several small parts is not one of 1 to 4 for
        whoever counts the parts: "*" at once keeps others from being hidden for it."""
        parts = [part for part in self.below.get(node, ()) if self.counts[part]]
        return HIDDEN if mask(self.counts[node]) is MASKED and len(parts) > 1 else mask(self.counts[node])

    def at(self, level: str) -> list[Node]:
        return [node for node in self.downwards if node[0] == level]

    def under(self, node: Node) -> list[Node]:
        """All nodes below a node, at any level."""
        found = list(self.below.get(node, ()))
        for below in found:
            found += self.below.get(below, ())
        return found

    def line(self, node: Node) -> list[Node]:
        """The cells in one sum with `node`: those beside and above it, and those below it."""
        parent = self.above[node]
        beside = [] if parent is None else [*self.below[parent], parent]
        return [near for near in (*beside, *self.below.get(node, ())) if near != node]


def protect(
    tree: Tree,
    *,
    hidden: Mapping[Node, Shown] | None = None,
    limits: Mapping[Node, Range] | None = None,
    before: Collection[Node] = (),
    small: bool = True,
    order: Mapping[Node, int] | None = None,
) -> dict[Node, Shown]:
    """The face of every node: its count, MASKED or HIDDEN.

    `hidden` are secret already and stay so. Cells hidden `before` are hidden first again, so that two days do not
    uncover each other. Then those go first that are small by `order`: something that everybody may know, as whoever
    knows the rule could turn round a choice that depends on the counts. Without `small` a small count is no secret by
    itself.
    """
    order = order or {}
    faces = {node: tree.first_face(node) if small else n for node, n in tree.counts.items()} | dict(hidden or {})
    _one_sign(tree, faces)
    while found := _unsafe_and_helpable(tree, faces, limits):
        touched: set[Node | None] = set()
        for node in found:  # one cell per sum and pass: the next pass looks what it changed
            sums = {node, tree.above[node]}
            if not sums & touched:
                cost = lambda other: (other not in before, order.get(other, 0), other)  # noqa: E731
                _hide_beside(tree, faces, node, cost, found[node])
                touched |= sums
        _one_sign(tree, faces)
    return faces


def _one_sign(tree: Tree, faces: dict[Node, Shown]) -> None:
    """In one sum stands "<5" or "*", never both: a "*" beside "<5" would be none of 1 to 4."""
    for parts in tree.below.values():
        if any(faces[part] == HIDDEN for part in parts):
            faces |= {part: HIDDEN for part in parts if faces[part] is MASKED}


def unsafe(tree: Tree, faces: Mapping[Node, Shown], limits: Mapping[Node, Range] | None = None) -> list[Node]:
    """Secret cells that a reader can narrow down too far."""
    ranges = tree.ranges(faces, limits)
    return [node for node in tree.downwards if not is_safe(faces[node], ranges[node])]


def is_safe(face: Shown, found: Range) -> bool:
    """Whether a cell with this face may be known to lie in this range."""
    if face is MASKED:
        return found[0] <= FEW[0] and found[1] >= FEW[1]
    return face != HIDDEN or found[1] - found[0] >= VALUES_LEFT - 1


def _unsafe_and_helpable(
    tree: Tree, faces: Mapping[Node, Shown], limits: Mapping[Node, Range] | None
) -> dict[Node, bool]:
    """Unsafe cells for which the tree can still do something, the lowest first: unsafe even without limits (then True),
    or inside their own limits with an open cell in one of their sums."""
    limits = limits or {}
    inside = tree.ranges(faces, limits)
    found = [node for node in reversed(tree.downwards) if not is_safe(faces[node], inside[node])]
    alone = tree.ranges(faces) if found else {}
    helpable = {}
    for node in found:
        around = {faces[near] for near in (node, *tree.line(node))}
        by_itself = not is_safe(faces[node], alone[node])
        has_room = is_safe(faces[node], limits.get(node, EVERYTHING))
        if (around - set(SECRET) and (by_itself or has_room)) or (MASKED in around and by_itself):
            helpable[node] = by_itself
    return helpable


def _hide_beside(
    tree: Tree, faces: dict[Node, Shown], node: Node, cost: Callable[[Node], tuple], by_itself: bool
) -> None:
    """Hide one more cell in a sum with `node`. "*" for small cells costs less than an open one, a part less than the
    sum."""
    parent = tree.above[node]
    line = tree.line(node)
    if faces[node] is MASKED:
        sums = [node] if parent is None else [node, parent]
        if any(sum(faces[part] in SECRET for part in tree.below.get(whole, ())) > 1 for whole in sums):
            faces[node] = HIDDEN
            return
    elif by_itself and (masked := [other for other in line if faces[other] is MASKED]):
        faces[min(masked, key=cost)] = HIDDEN
        return
    near = [other for other in line if faces[other] not in SECRET]
    faces[min(near, key=lambda other: (other == parent, cost(other)), default=node)] = HIDDEN


def _of_face(face: Shown) -> Range:
    if face is MASKED:
        return FEW
    return EVERYTHING if face == HIDDEN else (face, face)
