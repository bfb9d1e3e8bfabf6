"""All measures of a period together, against a reader with a solver."""

from collections import defaultdict
from random import Random

import pytest

from apps.dasar.disclosure import HIDDEN, MASKED, SECRET
from apps.rilis.adversary import Adversary
from apps.rilis.deciding import NATION, decide, region, tree_over
from apps.rilis.measures import (
    CHILDREN,
    CLIENTS,
    DONE,
    FACTOR,
    IN_NEED,
    MET,
    MISSED,
    NEED,
    ONCE_MET,
    OUTCOME,
    OVERDUE,
    PROGRAMME,
    STATUS,
    office,
    place,
)
from apps.rilis.models import Khalayak
from apps.rilis.trees import SIGNS

FACTORS = {f"{NEED}{kind}": f"{FACTOR}{kind // 3}" for kind in range(5)}
STEPS = ("terbuka", "dirujuk", "dilayani", "tidak")


def world(rng, *, kinds=5, sizes=(2, 6, 15, 40, 90), regions=3):
    """Random lives in up to so many regions: (units, counts), as a day would find them."""
    units, places, counts = {}, {}, defaultdict(lambda: defaultdict(int))
    for name in (CLIENTS, CHILDREN, OVERDUE, IN_NEED):
        counts[name] = defaultdict(int)
    for kanwil in range(1, rng.randint(1, regions) + 1):
        units[kanwil] = [10 * kanwil + n for n in range(rng.randint(1, 4))]
        for bapas in units[kanwil]:
            places[bapas] = [100 * bapas + n for n in range(rng.randint(1, 3))]
            for _ in range(rng.choice(sizes)):
                live(rng, bapas, places[bapas], kinds, counts)
    return tree_over(units, places), {name: dict(cells) for name, cells in counts.items()}


def crowded(rng):
    """Two regions of three or seven small offices."""
    units, places, counts = {}, {}, defaultdict(lambda: defaultdict(int))
    for name in (CLIENTS, CHILDREN, OVERDUE, IN_NEED):
        counts[name] = defaultdict(int)
    for kanwil in (1, 2):
        units[kanwil] = [10 * kanwil + n for n in range(rng.choice([3, 7]))]
        for bapas in units[kanwil]:
            places[bapas] = [100 * bapas]
            for _ in range(rng.choice([8, 16, 22])):
                live(rng, bapas, places[bapas], 5, counts)
    return tree_over(units, places), {name: dict(cells) for name, cells in counts.items()}


def live(rng, bapas, places, kinds, counts):
    here = office(bapas)
    counts[CLIENTS][here] += 1
    counts[CHILDREN][here] += rng.random() < 0.06
    counts[OVERDUE][here] += rng.random() < 0.12
    home, steps, domains, met = rng.choice([*places, 0]), set(), set(), False
    for kind in rng.sample(range(kinds), rng.choice([0, 0, 1, 1, 2, 3])):
        if rng.random() < 0.3:
            counts[f"{MET}{kind}"][here] += 1
            met = True
        else:
            counts[f"{NEED}{kind}"][place(bapas, home)] += 1
            domains.add(kind // 3)
            steps.add(rng.choice(STEPS))
    counts[IN_NEED][here] += bool(steps)
    for domain in domains:
        counts[f"{FACTOR}{domain}"][place(bapas, home)] += 1
    for step in steps:
        counts[STATUS + step][here] += 1
    counts[ONCE_MET][here] += met


def reads(reader, above, faces):
    """Everything that an audience may read, and everything that it knows must hold."""
    below = defaultdict(list)
    for node, parent in above.items():
        below[parent].append(node)
    for name, cells in faces.items():
        for node, face in cells.items():
            if not (node[0] == "tempat" and not node[2]):
                reader.saw((name, node), SIGNS.get(face, str(face)))
            if [child for child in below[node] if child in cells] and not name.startswith(FACTOR):
                reader.adds_up((name, node), [(name, child) for child in below[node]])
    named = lambda prefix: [name for name in faces if name.startswith(prefix)]  # noqa: E731
    steps = [f"{STATUS}{step}" for step in STEPS]
    known = [(CLIENTS, [IN_NEED, OVERDUE, CHILDREN, ONCE_MET], False), (ONCE_MET, named(MET), True)]
    known += [(IN_NEED, parts, True) for parts in (named(NEED), named(FACTOR), steps)]
    known += [(factor, [need for need, its in FACTORS.items() if its == factor], True) for factor in named(FACTOR)]
    for whole, parts, covered in known:
        for node in (node for node in above if node[0] == "bapas" or whole.startswith(FACTOR)):
            for part in parts:
                reader.at_least((whole, node), (part, node))
            if covered and parts:
                reader.covered((whole, node), [(part, node) for part in parts])


@pytest.mark.parametrize("seed", range(8))
def test_a_reader_with_a_solver_finds_no_hidden_count(seed):
    above, counts = world(Random(seed))
    for faces in decide(above, counts, factors=FACTORS).values():
        reader = Adversary()
        reads(reader, above, faces)
        assert reader.found() == []


def all_read(above, counts):
    """What a reader with a solver finds on the pages of officials."""
    reader = Adversary()
    reads(reader, above, decide(above, counts, factors=FACTORS)[Khalayak.DINAS])
    return reader.found()


def of(first, *counts):
    return {office(first + n): count for n, count in enumerate(counts)}


def at_home(first, *counts):
    return {place(first + n, 0): count for n, count in enumerate(counts)}


def test_who_is_in_need_at_one_office_is_not_in_need_at_another():
    """Seen: 13 in need, 8 of them at an office without this need. So the two others have at most five, and a "*" of
    their sum kept four values."""
    above = tree_over({1: [11, 12, 13], 2: [21], 3: [31]}, {11: [], 12: [], 13: [], 21: [], 31: []})
    clients = of(11, 22, 22, 22) | {office(21): 90, office(31): 50}
    needs = of(11, 4, 1, 8) | {office(21): 60, office(31): 20}
    counts = {CLIENTS: clients, IN_NEED: needs, CHILDREN: {}, OVERDUE: {}, f"{NEED}3": at_home(11, 4, 1, 8)}
    counts |= {f"{NEED}0": at_home(11, 2, 1, 0) | {place(21, 0): 30, place(31, 0): 9}}
    assert all_read(above, counts) == []


@pytest.mark.parametrize("seed", [0, 10, 12, 15, 21, 201, 211, 218])
def test_small_offices_do_not_tell_each_other(seed):
    """Seen: two offices that told one factor; steps of needs beside an office that hid how many are in need;
    in the last three several comparisons that narrow a cell only together."""
    assert all_read(*crowded(Random(seed))) == []


def test_the_reader_would_find_what_is_hidden_badly():
    above, counts = world(Random(6))
    faces = decide(above, counts)[Khalayak.DINAS]
    naive = {
        name: {node: MASKED if 0 < (n := counts_of(above, counts[name])[node]) < 5 else n for node in cells}
        for name, cells in faces.items()
    }
    reader = Adversary()
    reads(reader, above, naive)
    assert len(reader.found()) > 5


def counts_of(above, leaves):
    """Counts of every unit, added up without the code under test."""
    found = defaultdict(int)
    for node, n in leaves.items():
        while node is not None:
            found[node] += n
            node = above[node]
    return found


def test_officials_read_every_number_of_clients_and_of_guidance_done():
    above = tree_over({1: [11, 12]}, {11: [], 12: []})
    counts = {DONE: {office(11): 2, office(12): 40}, MISSED: {office(11): 2, office(12): 9}}
    faces = decide(above, counts)
    assert faces[Khalayak.DINAS][DONE] == {office(11): 2, office(12): 40, region(1): 42, NATION: 42}
    assert faces[Khalayak.DINAS][MISSED] == {office(11): HIDDEN, office(12): HIDDEN, region(1): 11, NATION: 11}
    assert faces[Khalayak.LUAR][DONE] == {office(11): HIDDEN, office(12): HIDDEN, region(1): 42, NATION: 42}


def test_others_never_read_what_officials_do_not():
    for seed in range(8):
        above, counts = world(Random(seed))
        faces = decide(above, counts)
        for name, cells in faces[Khalayak.DINAS].items():
            assert all(faces[Khalayak.LUAR][name][node] in SECRET for node, face in cells.items() if face in SECRET)


def test_all_answers_to_a_question_are_hidden_when_one_is_small():
    above = tree_over({1: [11]}, {11: []})
    names = [f"{OUTCOME}pekerjaan:{answer}" for answer in ("yes", "no", "unknown")]
    faces = decide(above, {name: {office(11): n} for name, n in zip(names, (40, 2, 0), strict=True)})
    assert [faces[Khalayak.DINAS][name][office(11)] for name in names] == [HIDDEN] * 3


def test_few_adults_hide_the_number_of_children():
    """A prison for children: forty clients, thirty-eight of them children."""
    above = tree_over({1: [11, 12]}, {11: [], 12: []})
    counts = {
        CLIENTS: {office(11): 40, office(12): 90}, CHILDREN: {office(11): 38, office(12): 6}, OVERDUE: {}, IN_NEED: {},
    }  # fmt: skip
    assert decide(above, counts)[Khalayak.LUAR][CHILDREN][office(11)] == HIDDEN


def test_the_day_before_is_remembered():
    above = tree_over({1: [11, 12, 13]}, {11: [], 12: [], 13: []})
    counts = {OVERDUE: {office(11): 2, office(12): 8, office(13): 7}}
    first = decide(above, counts)[Khalayak.DINAS][OVERDUE]
    assert (first[office(12)], first[office(13)]) == (HIDDEN, 7)
    again = decide(above, counts, {Khalayak.DINAS: {OVERDUE: {office(11), office(13)}}})[Khalayak.DINAS][OVERDUE]
    assert (again[office(12)], again[office(13)]) == (8, HIDDEN)


def test_a_factor_is_told_where_all_of_its_categories_are_few():
    """Eight factors instead of twenty categories: 2, 3 and 3 clients, seven different ones."""
    above = tree_over({1: [11, 12]}, {11: [], 12: []})
    few = {f"{NEED}{kind}": {place(11, 0): n, place(12, 0): 30} for kind, n in enumerate((2, 3, 3))}
    counts = {CLIENTS: {office(11): 50, office(12): 90}, CHILDREN: {}, OVERDUE: {}, **few}
    counts |= {IN_NEED: {office(11): 7, office(12): 60}, f"{FACTOR}0": {place(11, 0): 7, place(12, 0): 60}}
    faces = decide(above, counts, factors=FACTORS)[Khalayak.DINAS]
    assert all(faces[name][office(11)] in SECRET for name in few)
    assert faces[f"{FACTOR}0"][office(11)] == 7
    assert faces[IN_NEED][office(11)] == 7


def test_what_need_not_be_hidden_is_told():
    """A country of offices of an ordinary size: nearly all numbers of five or more are open."""
    above, counts = world(Random(3), sizes=[60, 90, 140], regions=5)
    faces = decide(above, counts, factors=FACTORS)[Khalayak.DINAS]
    units = [node for node in above if node[0] != "tempat"]
    for name, least in ((CLIENTS, 1), (IN_NEED, 0.9), (f"{NEED}0", 0.8), (OVERDUE, 0.8)):
        sums = counts_of(above, counts[name])
        large = [node for node in units if sums[node] >= 5]
        assert sum(faces[name][node] == sums[node] for node in large) >= least * len(large), name


def test_a_factor_says_nothing_beside_a_category_that_is_told():
    for seed in range(8):
        above, counts = world(Random(seed))
        for faces in decide(above, counts, factors=FACTORS).values():
            for need, factor in FACTORS.items():
                for node in faces.get(factor, ()):
                    assert faces[need][node] in (0, *SECRET) if need in faces else True


def test_programmes_of_hidden_clients_are_not_told():
    """They add up to the clients. Twelve beside three: the three would be the difference of two sums."""
    above = tree_over({1: [11, 12], 2: [21, 22]}, {11: [], 12: [], 21: [], 22: []})
    clients = {office(11): 12, office(12): 3, office(21): 40, office(22): 9}
    counts = {CLIENTS: clients, CHILDREN: {}, OVERDUE: {}, IN_NEED: {}, f"{PROGRAMME}PB": clients}
    faces = decide(above, counts)
    told = faces[Khalayak.LUAR][f"{PROGRAMME}PB"]
    assert [told.get(node) for node in (office(11), office(12), region(1), office(21), region(2))] == [
        None, None, None, 40, 49,
    ]  # fmt: skip


def test_the_answers_to_one_question_do_not_tell_those_to_another():
    """Whoever is asked answers every question, so each office has as many answers to all of them. Seen: "*" that was
    exactly 10 and "*" that was one of four, beside a "no" that was told."""
    above = tree_over({1: [11, 12, 13], 2: [21, 22]}, {11: [], 12: [], 13: [], 21: [], 22: []})
    answers = {
        "work": ([16, 15, 4, 15, 8], [4, 6, 3, 7, 5], [5, 4, 1, 3, 2]),
        "home": ([12, 14, 4, 14, 9], [7, 9, 3, 6, 4], [6, 2, 1, 5, 2]),
        "law": ([5, 6, 1, 6, 3], [18, 17, 6, 16, 10], [2, 2, 1, 3, 2]),
    }
    offices = [office(pk) for pk in (11, 12, 13, 21, 22)]
    names = {question: [f"{OUTCOME}{question}:{answer}" for answer in ("yes", "no", "unknown")] for question in answers}
    counts = {
        name: dict(zip(offices, cells, strict=True))
        for question in answers
        for name, cells in zip(names[question], answers[question], strict=True)
    }
    for faces in decide(above, counts).values():
        reader = Adversary()
        reads(reader, above, faces)
        for node in offices:
            for question in answers:
                reader.adds_up(("answers", node), [(name, node) for name in names[question]])
                assert len({faces[name][node] in SECRET for name in names[question]}) == 1
        assert reader.found() == []
