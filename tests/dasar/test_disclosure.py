"""No printed sum gives a masked count away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.dasar.disclosure import (
    HIDDEN,
    MASKED,
    SECRET,
    added,
    in_order,
    known,
    protect_column,
    protect_sums,
    protect_total,
)
from tests.dasar.pencil import certain

COUNTS = st.integers(min_value=0, max_value=40)
SMALL = st.integers(min_value=0, max_value=9)
TABLES = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(SMALL, min_size=width, max_size=width), max_size=5))


def test_small_counts_are_masked_and_zero_is_not():
    assert protect_column([0, 1, 4, 5, 600]) == [0, MASKED, MASKED, 5, 600]


def test_a_single_masked_count_takes_the_next_smallest_with_it():
    assert protect_column([908, 4]) == [HIDDEN, MASKED]
    assert protect_column([300, 20, 3]) == [300, HIDDEN, MASKED]


def test_nothing_is_hidden_without_need():
    assert protect_column([12, 9, 0]) == [12, 9, 0]
    assert protect_column([7, 2, 3]) == [7, MASKED, MASKED]


@pytest.mark.parametrize("few", [1, 4])
def test_two_masked_counts_that_can_only_be_the_same_take_a_third_with_them(few):
    assert protect_column([11, 8, few, few]) == [11, HIDDEN, MASKED, MASKED]


def test_the_second_cell_is_one_that_is_enough():
    """A hidden five beside a masked one could only be five and one."""
    assert protect_column([1, 5, 7]) == [MASKED, 5, HIDDEN]
    assert protect_column([2, 5, 7]) == [MASKED, HIDDEN, 7]


def test_where_no_part_is_left_the_sum_is_hidden():
    assert protect_total([4, 4]) == ([MASKED, MASKED], HIDDEN)
    assert protect_total([1, 5]) == ([MASKED, 5], HIDDEN)
    assert protect_total([2, 1]) == ([MASKED, MASKED], MASKED)
    assert protect_total([1, 1, 1, 1]) == ([MASKED] * 4, HIDDEN)
    assert protect_total([6, 3, 2]) == ([6, MASKED, MASKED], 11)


def test_a_hidden_sum_is_not_the_sum_of_open_parts():
    """Both totals of a table share a corner: a total that is hidden for one line needs company in the other."""
    counts = {"a": 9, "b": 8, "sum": 17, "rest": 2, "all": 19}
    shown = protect_sums(counts, [("sum", ["a", "b"]), ("all", ["sum", "rest"])])
    assert shown == {"a": 9, "b": HIDDEN, "sum": HIDDEN, "rest": MASKED, "all": 19}


def test_the_only_part_of_a_hidden_sum_is_hidden_like_it():
    counts = {"a": 1, "b": 1, "c": 1, "d": 1, "sum": 4, "same": 4}
    shown = protect_sums(counts, [("sum", ["a", "b", "c", "d"]), ("sum", ["same"])])
    assert (shown["sum"], shown["same"]) == (HIDDEN, HIDDEN)


def test_parts_that_do_not_add_up_are_no_line():
    assert protect_sums({"a": 9, "b": 2, "sum": 40}, [("sum", ["a", "b"])]) == {"a": 9, "b": MASKED, "sum": 40}


def test_a_count_of_few_persons_is_masked_however_large_it_is():
    assert protect_total([8, 9], persons=[2, 9]) == ([MASKED, HIDDEN], 17)
    assert protect_total([8, 9], persons=[2, 1]) == ([MASKED, MASKED], MASKED)


def test_known_and_added():
    assert [known(n) for n in (0, 7, MASKED, HIDDEN)] == [True, True, False, False]
    assert added(2, 3) == 5
    assert added(2, MASKED) == added(HIDDEN, 9) == HIDDEN


def test_the_order_tells_nothing_about_secret_counts():
    rows = [("d", MASKED), ("c", 0), ("b", 7), ("a", HIDDEN), ("e", 12)]
    ordered = in_order(rows, count=lambda row: row[1], name=lambda row: row[0])
    assert [name for name, _ in ordered] == ["e", "b", "a", "d", "c"]


@given(st.lists(COUNTS, max_size=8))
def test_small_counts_are_masked_and_the_open_ones_are_true(counts):
    shown = protect_column(counts)
    assert all(cell == count for cell, count in zip(shown, counts, strict=True) if cell not in SECRET)
    assert all((cell is MASKED) == (0 < count < 5) for cell, count in zip(shown, counts, strict=True))


@given(st.lists(SMALL, max_size=6))
def test_no_cell_of_a_column_is_certain(counts):
    shown, total = protect_total(counts)
    assert not certain(shown, total)


@given(st.lists(SMALL, max_size=6))
def test_beside_a_printed_sum_a_cell_is_certain_only_when_nothing_is_left_to_hide(counts):
    shown = protect_column(counts)
    assert not certain(shown, sum(counts)) or all(cell in (0, *SECRET) for cell in shown)


@given(TABLES)
def test_no_cell_of_a_table_with_its_sums_is_certain(table):
    cells = {(y, x): n for y, row in enumerate(table) for x, n in enumerate(row)}
    rows = [(("row", y), [(y, x) for x in range(len(row))]) for y, row in enumerate(table)]
    columns = [(("column", x), [(y, x) for y in range(len(table))]) for x in range(len(table[0]) if table else 0)]
    corner = [("all", [key for key, _ in rows]), ("all", [key for key, _ in columns])]
    for whole, parts in [*rows, *columns, *corner]:
        cells[whole] = sum(cells[part] for part in parts)
    shown = protect_sums(cells, [*rows, *columns, *corner])
    for whole, parts in [*rows, *columns, *corner]:
        assert not certain([shown[part] for part in parts], shown[whole])
