"""Trees of sums: what is hidden, and what a reader of the rest can conclude."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.dasar.disclosure import HIDDEN, MASKED, SECRET
from apps.rilis.trees import Tree, is_safe, protect, unsafe

ROOT = ("nasional", 0, 0)
COUNTS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 8, 12, 30, 200])


def region(pk):
    return ("kanwil", pk, 0)


def office(pk):
    return ("bapas", pk, 0)


def line(*counts):
    """One region of offices, nothing above it."""
    return Tree({region(1): None} | {office(n): region(1) for n in range(len(counts))}, of(*counts))


def of(*counts):
    return {office(n): count for n, count in enumerate(counts)}


def faces(*counts):
    found = protect(line(*counts))
    return [found[office(n)] for n in range(len(counts))], found[region(1)]


@st.composite
def trees(draw):
    """Up to four regions of up to four offices, some with up to three places."""
    above, leaves = {ROOT: None}, {}
    for kanwil in range(draw(st.integers(1, 4))):
        above[region(kanwil)] = ROOT
        for number in range(draw(st.integers(1, 4))):
            bapas = office(10 * kanwil + number)
            above[bapas] = region(kanwil)
            below = [("tempat", bapas[1], place) for place in range(draw(st.integers(0, 3)))]
            above |= dict.fromkeys(below, bapas)
            leaves |= {leaf: draw(COUNTS) for leaf in below or [bapas]}
    return Tree(above, leaves)


def test_a_small_part_is_hidden_with_another_and_the_sum_stays():
    assert faces(2, 8) == ([HIDDEN, HIDDEN], 10)
    assert faces(0, 8, 12) == ([0, 8, 12], 20)


def test_small_parts_that_cover_each_other_need_no_other():
    assert faces(2, 3, 8) == ([MASKED, MASKED, 8], 13)


def test_four_small_parts_of_a_small_sum_are_not_told():
    """Four parts of one to four with a sum of one to four are all one."""
    found, whole = faces(1, 1, 1, 1)
    assert HIDDEN in (*found, whole)
    assert unsafe(line(1, 1, 1, 1), protect(line(1, 1, 1, 1))) == []


def test_a_small_sum_of_small_parts_costs_nobody_else_a_number():
    assert faces(2, 0, 2) == ([MASKED, 0, MASKED], HIDDEN)
    assert faces(1, 3, 0, 0) == ([MASKED, MASKED, 0, 0], HIDDEN)


def test_in_one_sum_stands_one_sign():
    """A "*" beside "<5" would be none of one to four."""
    found, _ = faces(2, 1, 8, 20)
    assert found[:3] == [HIDDEN] * 3


def test_what_is_hidden_besides_follows_what_everybody_may_read():
    """The smallest count would tell how large it is at most, to whoever knows the rule."""
    tree = line(2, 8, 30, 9)
    order = {office(1): 300, office(2): 100, office(3): 200}
    found = protect(tree, order=order)
    assert [found[office(n)] for n in range(4)] == [HIDDEN, 8, HIDDEN, 9]


def test_what_was_hidden_before_is_hidden_again():
    tree = line(2, 8, 7)
    assert protect(tree)[office(1)] == HIDDEN
    kept = protect(tree, before={office(2)})
    assert (kept[office(1)], kept[office(2)]) == (8, HIDDEN)


def test_what_another_audience_does_not_see_stays_hidden():
    found = protect(line(20, 30, 40), hidden={office(0): HIDDEN, office(1): HIDDEN})
    assert found == {office(0): HIDDEN, office(1): HIDDEN, office(2): 40, region(1): 90}


def test_a_measure_that_is_not_sensitive_is_printed_as_it_is():
    assert protect(line(2, 8), small=False) == line(2, 8).counts


def test_a_limit_makes_more_cells_hidden():
    """Two of the first: by the sum each of them may be one to four, but it is known that the first is at most two."""
    tree = line(2, 3, 8)
    found = protect(tree, limits={office(0): (0, 2)})
    assert unsafe(tree, found, {office(0): (0, 2)}) == [office(0)]  # the caller hides what the limit comes from
    assert found[office(2)] == HIDDEN


@given(trees())
@settings(max_examples=300, deadline=None)
def test_no_hidden_cell_can_be_narrowed_down(tree):
    found = protect(tree)
    ranges = tree.ranges(found)
    for node, face in found.items():
        assert face in (tree.counts[node], *SECRET)
        assert not (0 < tree.counts[node] < 5) or face in SECRET
        assert is_safe(face, ranges[node])


@given(st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 6]), min_size=2, max_size=3))
@settings(max_examples=60, deadline=None)
def test_ranges_are_what_trying_every_table_gives(counts):
    """Against brute force over all tables of numbers up to twenty."""
    tree = line(*counts)
    found = protect(tree)
    fits = lambda face, n: face == n or face == HIDDEN or (face is MASKED and 1 <= n <= 4)  # noqa: E731
    tables = [
        table
        for table in product(range(21), repeat=len(counts))
        if fits(found[region(1)], sum(table)) and all(fits(found[office(n)], cell) for n, cell in enumerate(table))
    ]
    ranges = tree.ranges(found)
    for n in range(len(counts)):
        values = {table[n] for table in tables}
        low, high = ranges[office(n)]
        assert values == set(range(low, min(high, 20) + 1))


@given(trees(), trees())
@settings(deadline=None)
def test_another_audience_never_sees_more(tree, other):
    officials = protect(tree, small=False, hidden={node: HIDDEN for node in other.above if node in tree.above})
    everybody = protect(tree, hidden={node: face for node, face in officials.items() if face in SECRET})
    assert all(everybody[node] in SECRET for node, face in officials.items() if face in SECRET)
