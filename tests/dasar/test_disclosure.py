"""How the signs of counts that cannot be printed are read."""

import pytest

from apps.dasar.disclosure import HIDDEN, MASKED, NO_DATA, added, in_order, known, mask


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, MASKED), (4, MASKED), (5, 5), (600, 600)])
def test_small_counts_are_masked_and_zero_is_not(count, shown):
    assert mask(count) == shown


def test_known_and_added():
    assert [known(n) for n in (0, 7, MASKED, HIDDEN, NO_DATA)] == [True, True, False, False, False]
    assert added(2, 3) == 5
    assert added(2, MASKED) == added(HIDDEN, 9) == added(NO_DATA, MASKED) == HIDDEN
    assert (added(), added(NO_DATA, NO_DATA), added(NO_DATA, 5)) == (0, NO_DATA, 5)


def test_the_order_tells_nothing_about_secret_counts():
    rows = [("d", MASKED), ("c", 0), ("b", 7), ("a", HIDDEN), ("e", 12)]
    ordered = in_order(rows, count=lambda row: row[1], name=lambda row: row[0])
    assert [name for name, _ in ordered] == ["e", "b", "a", "d", "c"]
