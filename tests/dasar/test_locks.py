"""Seats of a holder: who still fits. That two never take the last one is tried with activities and places."""

import pytest

from apps.dasar.locks import shortages


@pytest.mark.parametrize(
    ("seats", "taken", "wanted", "short"),
    [
        (5, {}, {"a": 5}, {}),
        (5, {}, {"a": 6}, {"a": 5}),
        (5, {"a": 4}, {"a": 1}, {}),
        (5, {"a": 4}, {"a": 2}, {"a": 1}),
        (5, {"a": 5}, {"a": 1, "b": 1}, {"a": 0}),
        (2, {"a": 7}, {"a": 1}, {"a": 0}),
        (0, {}, {"a": 1}, {"a": 0}),
        (2, {"b": 2}, {"a": 1}, {}),
        (2, {"a": 3}, {}, {}),
        (1, {1: 1, 2: 0, 3: 2}, {1: 1, 2: 1, 3: 1}, {1: 0, 3: 0}),
    ],
)
def test_slots_without_enough_seats_tell_what_is_left(seats, taken, wanted, short):
    assert shortages(seats, taken, wanted) == short


def test_whoever_brings_nobody_always_fits():
    assert shortages(2, {"a": 3}, {"a": 0}) == {}
