"""No printed total gives a masked count away."""

from hypothesis import given
from hypothesis import strategies as st

from apps.wilayah.disclosure import HIDDEN, MASKED, protect, protect_column

COUNTS = st.integers(min_value=0, max_value=40)
SECRET = (MASKED, HIDDEN)


def test_small_counts_are_masked_and_zero_is_not():
    assert protect_column([0, 1, 4, 5, 600]) == [0, MASKED, MASKED, 5, 600]


def test_a_single_masked_count_takes_the_next_smallest_with_it():
    assert protect_column([908, 4]) == [HIDDEN, MASKED]
    assert protect_column([300, 20, 3]) == [300, HIDDEN, MASKED]


def test_nothing_is_hidden_without_need():
    assert protect_column([12, 9, 0]) == [12, 9, 0]


@given(st.lists(COUNTS, max_size=8))
def test_a_column_never_has_one_secret_beside_an_open_count(counts):
    shown = protect_column(counts)
    assert not alone(shown)
    assert all(cell == count for cell, count in zip(shown, counts, strict=True) if cell not in SECRET)
    assert all(cell is MASKED for cell, count in zip(shown, counts, strict=True) if 0 < count < 5)


@given(st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), max_size=6)))
def test_no_row_or_column_of_a_table_has_one_secret_beside_an_open_count(table):
    shown = protect(table)
    lines = [*shown, *map(list, zip(*shown, strict=True))]
    assert not any(alone(line) for line in lines)


def alone(line):
    secret = [cell for cell in line if cell in SECRET]
    opened = [cell for cell in line if cell not in SECRET and cell > 0]
    return len(secret) == 1 and bool(opened)
