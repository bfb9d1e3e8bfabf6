"""Counts of one period → the face of every cell for both audiences. Pure.

Every measure is a tree of sums over units (`trees.py`). Measures are not sums of each other on purpose: a client with
two needs counts once in "butuh" and once under each kind. What remains are comparisons at one office: nobody needs more
than everything, and who is in need needs something. A cell keeps its values inside these limits too; where one is too
tight, the cell that it is compared with is hidden as well.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from apps.dasar.disclosure import HIDDEN, MASKED, SECRET, Shown, mask
from apps.rilis.adversary import Contradiction, Known
from apps.rilis.knowledge import Comparison, Counted, Faces, questions, starting
from apps.rilis.measures import (
    CHILDREN,
    CLIENTS,
    DONE,
    ELSEWHERE,
    IN_NEED,
    PROGRAMME,
    STATUS,
    Counts,
    office,
    place,
)
from apps.rilis.models import Khalayak
from apps.rilis.trees import ENDLESS, EVERYTHING, VALUES_LEFT, Node, Range, Tree, protect, unsafe

OPEN_TO_OFFICIALS = (CLIENTS, DONE)
"""Measures of which Kanwil and Ditjenpas read every number. Taking one more off the list of what is sensitive for them
needs a page in docs/keputusan."""
NATION: Node = ("nasional", 0, 0)
CONCLUSIONS = 4
"""How often a conclusion is drawn from the one before. Without an end ranges would creep by one for ever."""
SUMS = ("kanwil", "nasional")
LEVELS = ("tempat", "bapas", *SUMS)
Cell = tuple[str, Node]


def region(pk: int) -> Node:
    return ("kanwil", pk, 0)


def tree_over(regions: Mapping[int, Collection[int]], places: Mapping[int, Collection[int]]) -> dict[Node, Node | None]:
    """Node → the node above it: places, offices, regions (Kanwil id → its offices), the nation."""
    above: dict[Node, Node | None] = {NATION: None}
    for pk, offices in regions.items():
        above[region(pk)] = NATION
        for bapas in offices:
            above[office(bapas)] = region(pk)
            above |= {place(bapas, where): office(bapas) for where in (*places[bapas], ELSEWHERE)}
    return above


def decide(
    above: Mapping[Node, Node | None],
    counts: Counts,
    before: Mapping[str, Mapping[str, Collection[Node]]] | None = None,
    factors: Mapping[str, str] | None = None,
) -> dict[str, Faces]:
    """Audience → measure → node → face. `before` are the cells hidden in the period before, by audience and measure,
    `factors` the measure of the factor that each measure of a category belongs to."""
    counted, before = Counted.of(above, counts, factors or {}), before or {}
    start = _beforehand(counted.trees)
    officials = _proved(counted, start, OPEN_TO_OFFICIALS, before.get(Khalayak.DINAS, {}))
    everybody = _proved(counted, _secrets(counted, officials), (), before.get(Khalayak.LUAR, {}), officials)
    return {Khalayak.DINAS: officials, Khalayak.LUAR: everybody}


def _proved(
    counted: Counted, hidden: Faces, plain: Collection[str], before: Mapping, proved: Faces | None = None
) -> Faces:
    """Faces of which a reader with a solver learns nothing. What is decided cell by cell nearly always holds; where
    several comparisons narrow a cell only together, one of the cells behind them is hidden too.

    Each round tells less than the one before, and than `proved`, faces of which the same is known: what was safe there
    stays safe.
    """
    untold: set[Cell] = set()
    while True:
        faces = _faces(counted, hidden, plain, before)
        faces |= _factors(counted, faces, untold, proved)
        _without_programmes_of_hidden_clients(counted.trees, faces)
        narrow = _narrow(counted, faces, proved)
        if not narrow:
            return faces
        hidden = _secrets(counted, faces)
        for cell in _widened(counted, narrow, plain):
            if cell[0] in counted.local:
                untold.add(cell)
            else:
                hidden[cell[0]][cell[1]] = HIDDEN
        known = {one.cell for one in narrow}
        proved = {
            name: {node: face for node, face in cells.items() if (name, node) not in known}
            for name, cells in faces.items()
        }


def _narrow(counted: Counted, faces: Faces, proved: Faces | None) -> list[Known]:
    """Hidden cells that a reader knows too well. A reader who knows every count of a region and of the nation is asked
    first: for him regions are separate, so it is quick, and what is safe from him is safe from all."""
    ask = {
        (name, node)
        for name, cells in faces.items()
        for node, face in cells.items()
        if face in SECRET and (proved is None or proved[name].get(node, 0) != face)
    }
    known = {name: counted.every[name].counts for name in faces}
    knowing = {
        name: {node: known[name][node] if node[0] in SUMS else face for node, face in cells.items()}
        for name, cells in faces.items()
    }
    doubtful = {one.cell for one in counted.reader(knowing).found(ask)}
    return counted.reader(faces).found(doubtful | {cell for cell in ask if cell[1][0] in SUMS})


def _widened(counted: Counted, narrow: Iterable[Known], plain: Collection[str]) -> set[Cell]:
    """For each cell that is known too well one to hide, the one that tells a reader least: factors, steps of needs,
    then cells of small units, sums last. One serves for all that it holds."""
    size = counted.trees[CLIENTS].counts if CLIENTS in counted.trees else {}

    def cost(cell: Cell) -> tuple:
        name, node = cell
        tree = counted.trees.get(name)
        zero = tree is not None and not tree.counts[node]
        rank = (name not in counted.local, not name.startswith(STATUS))
        return name in plain, *rank, zero, LEVELS.index(node[0]), size.get(node, 0), cell

    chosen: set[Cell] = set()
    for one in narrow:
        because = [cell for cell in one.because if not cell[0].startswith(PROGRAMME)]
        if not because:
            raise Contradiction(f"nothing that is told holds {one.cell} so narrow")
        if not chosen & set(because):
            chosen.add(min(because, key=cost))
    return chosen


def _without_programmes_of_hidden_clients(trees: Mapping[str, Tree], faces: Faces) -> None:
    """Programmes add up to the clients. They are told where these are open, and those of every office in them."""
    for name in starting(PROGRAMME, faces):
        faces[name] = {
            node: face
            for node, face in faces[name].items()
            if not any(faces[CLIENTS][near] in SECRET for near in (node, *trees[CLIENTS].under(node)))
        }


def _factors(counted: Counted, faces: Faces, untold: Collection[Cell], proved: Faces | None) -> Faces:
    """Factors of needs in the place of their categories: told where several categories occur, all of them are hidden,
    all clients in need are open up to the nation, and every hidden cell keeps its values beside it. Each one is looked
    at with those told before it, and of one factor at most one unit in a sum is told: two would add up."""
    trees = counted.trees
    found: Faces = {factor: {} for factor in counted.local}
    limits = _limits(trees, faces, counted.known)
    above = trees[IN_NEED].above if IN_NEED in trees else {}  # of offices; places stand in the tree of the factor
    for factor, tree in counted.local.items():
        chosen: dict[Node | None, Node] = {}
        needs = counted.categories[factor]
        for node, n in tree.counts.items():
            if (factor, node) in untold or (proved is not None and node not in proved[factor]):
                continue
            occur = [name for name in needs if trees[name].counts[node]]
            if mask(n) is MASKED or len(occur) < 2 or any(faces[name][node] not in SECRET for name in occur):
                continue
            if not _all_in_need_is_open(office(node[1]), trees[IN_NEED], faces[IN_NEED]):
                continue
            inside = office(node[1])
            line = {above.get(inside): inside} | ({inside: node} if node != inside else {})
            if any(chosen.get(whole, part) != part for whole, part in line.items()):
                continue
            narrower = _beside_factor(n, node, needs, trees, faces, limits)
            if not any(unsafe(trees[name], faces[name], narrower[name]) for name in needs):
                limits |= narrower
                found[factor][node] = n
                chosen |= line
    return found


def _all_in_need_is_open(node: Node | None, tree: Tree, faces: Mapping[Node, Shown]) -> bool:
    while node is not None:
        if faces[node] in SECRET:
            return False
        node = tree.above[node]
    return True


def _beside_factor(
    n: int,
    node: Node,
    needs: Sequence[str],
    trees: Mapping[str, Tree],
    faces: Faces,
    limits: Mapping[str, dict[Node, Range]],
) -> dict[str, dict[Node, Range]]:
    """The limits of the categories of a factor when it is told to be `n` at `node`."""
    ranges = {name: trees[name].ranges(faces[name], limits[name])[node] for name in needs}
    most = sum(high for _, high in ranges.values())
    narrowed = {name: (max(low, n - (most - high)), min(high, n)) for name, (low, high) in ranges.items()}
    return {name: {**limits[name], node: bounds} for name, bounds in narrowed.items()}


def _beforehand(trees: Mapping[str, Tree]) -> Faces:
    """What is hidden before sums are looked at: all answers to a question of which one is small, and children where the
    others are few."""
    hidden: Faces = {name: {} for name in trees}
    for answers in questions(trees).values():
        for node in trees[answers[0]].above:
            if any(mask(trees[name].counts[node]) is MASKED for name in answers):
                for name in answers:
                    hidden[name][node] = HIDDEN
    if CHILDREN in trees:
        children, clients = trees[CHILDREN].counts, trees[CLIENTS].counts
        hidden[CHILDREN] |= {node: HIDDEN for node, n in children.items() if n and mask(clients[node] - n) is MASKED}
    return hidden


def _faces(counted: Counted, hidden: Faces, plain: Collection[str], before: Mapping) -> Faces:
    """Hide until every secret cell is safe in its tree and inside its limits. Each round only hides more."""
    trees, known = counted.trees, counted.known
    size = trees[CLIENTS].counts if CLIENTS in trees else {}

    def protected(name: str, secret: Mapping[Node, Shown], limits: Mapping[Node, Range]) -> dict[Node, Shown]:
        small, earlier = name not in plain, before.get(name, ())
        return protect(trees[name], hidden=secret, limits=limits, before=earlier, small=small, order=size)

    faces = {name: protected(name, hidden[name], {}) for name in trees}
    while True:
        limits = _limits(trees, faces, known)
        found = {name: protected(name, _secret(cells), limits[name]) for name, cells in faces.items()}
        _without_steps_beside_hidden_need(trees, found)
        _without_some_of_the_answers(trees, found)
        limits = _limits(trees, found, known)
        for name, tree in trees.items():
            for node in (node for node in unsafe(tree, found[name], limits[name]) if node[0] != "tempat"):
                _hide_compared(name, node, trees, found, known)
        if found == faces:
            return faces
        faces = found


def _without_steps_beside_hidden_need(trees: Mapping[str, Tree], faces: Faces) -> None:
    """Who is in need stands on some step. Where the one is hidden at an office of a region, no office tells the other:
    both add up to what is open above."""
    for name in starting(STATUS, faces):
        for parts in trees[IN_NEED].below.values():
            if any(faces[IN_NEED][part] in SECRET for part in parts):
                told = (part for part in parts if trees[name].counts[part] and faces[IN_NEED][part] is not MASKED)
                faces[name] |= dict.fromkeys(told, HIDDEN)


def _without_some_of_the_answers(trees: Mapping[str, Tree], faces: Faces) -> None:
    """Each client answers every question: the answers to one tell how many answers another has."""
    for answers in questions(trees).values():
        for node in trees[answers[0]].above:
            if any(faces[name][node] in SECRET for name in answers):
                for name in answers:
                    faces[name][node] = HIDDEN


def _limits(trees: Mapping[str, Tree], faces: Faces, known: Iterable[Comparison]) -> dict[str, dict[Node, Range]]:
    """What a reader concludes about cells of one unit from the cells that they are compared with, and from what follows
    from these in their own trees."""
    found: dict[str, dict[Node, Range]] = {name: {} for name in trees}
    for _ in range(CONCLUSIONS):
        ranges = {name: trees[name].ranges(faces[name], found[name]) for name in trees}
        narrower = _compared(trees, ranges, known)
        if narrower == found:
            break
        found = narrower
    return found


def _compared(
    trees: Mapping[str, Tree], ranges: Mapping[str, Mapping[Node, Range]], known: Iterable[Comparison]
) -> dict[str, dict[Node, Range]]:
    found: dict[str, dict[Node, Range]] = {name: {} for name in trees}

    def narrow(name: str, node: Node, low: int, high: int) -> None:
        was = found[name].get(node, EVERYTHING)
        found[name][node] = max(was[0], low), min(was[1], high)

    for one in known:
        for node in (node for node in trees[one.whole].above if node[0] != "tempat"):
            whole, parts = ranges[one.whole][node], {name: ranges[name][node] for name in one.parts}
            most = sum(high for _, high in parts.values())
            narrow(one.whole, node, max(low for low, _ in parts.values()), most if one.covered else ENDLESS)
            for name, (_, high) in parts.items():
                least = whole[0] - (most - high) if one.covered else 0
                narrow(name, node, least, _at_most(node, trees[one.whole], ranges[one.whole], ranges[name]))
    return found


def _at_most(node: Node, tree: Tree, whole: Mapping[Node, Range], part: Mapping[Node, Range]) -> int:
    """What a part can be at a unit when at every office it is at most the whole: where the part of an office is known,
    the rest of the whole is not for the others."""
    known = [office for office in tree.below.get(node, ()) if part[office][0] == part[office][1]]
    return whole[node][1] - sum(whole[office][0] - part[office][0] for office in known)


def _hide_compared(name: str, node: Node, trees: Mapping[str, Tree], faces: Faces, known: Iterable[Comparison]) -> None:
    """Hide one cell that `node` is compared with, the one that tells a reader least: steps of needs, then wholes, then
    the smallest part. At last a small cell gets the sign that tells less."""
    wholes = {one.whole for one in known if name == one.whole or name in one.parts}
    near = [one for one in known if one.whole in wholes]

    def cost(other: str) -> tuple:
        n = trees[other].counts.get(node, 0)
        return not other.startswith(STATUS), other not in wholes, not n, n, other

    roomy = {whole for whole in wholes if trees[whole].counts[node] - trees[name].counts[node] >= VALUES_LEFT - 1}
    others = {other for one in near for other in (one.whole, *one.parts)} - {name, *roomy}
    compared = sorted((other for other in others if node in faces[other]), key=cost)
    open_cells = [other for other in compared if faces[other][node] not in SECRET]
    masked = [other for other in compared if faces[other][node] is MASKED and faces[name][node] == HIDDEN]
    for other in (open_cells or masked)[:1]:
        faces[other][node] = HIDDEN


def _secret(faces: Mapping[Node, Shown]) -> dict[Node, Shown]:
    return {node: face for node, face in faces.items() if face in SECRET}


def _secrets(counted: Counted, faces: Faces) -> Faces:
    return {name: _secret(faces[name]) for name in counted.trees}
