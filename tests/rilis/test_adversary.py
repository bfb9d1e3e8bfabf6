"""The adversary against counting out every possible world."""

from itertools import product
from random import Random

import pytest

from apps.rilis.adversary import Adversary

CELLS, LARGEST = "abcde", 9


def worlds(faces, sums, limits):
    """Every way to fill the cells with up to LARGEST persons each."""
    room = {"<5": range(1, 5), "*": range(LARGEST + 1)}
    for values in product(*(room.get(faces[cell]) or [int(faces[cell])] for cell in CELLS)):
        world = dict(zip(CELLS, values, strict=True))
        if all(world[whole] == sum(world[part] for part in parts) for whole, parts in sums) and all(
            world[part] <= world[whole] for whole, part in limits
        ):
            yield world


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_what_counting_out_finds(seed):
    """Two sums and a comparison over five cells; a world that is true makes the faces."""
    rng = Random(seed)
    a, b = rng.randint(0, 6), rng.randint(0, 3)
    truth = {"a": a, "b": b, "c": a + b, "d": (d := rng.randint(0, 3)), "e": a + d}
    sums, limits = [("c", "ab"), ("e", "ad")], [(rng.choice("be"), "a")] if rng.random() < 0.5 else []
    limits = [(whole, part) for whole, part in limits if truth[whole] >= truth[part]]
    faces = {cell: rng.choice((str(n), "<5" if 0 < n < 5 else "*", "*")) for cell, n in truth.items()}
    shown = rng.choice("ce")
    faces[shown] = str(truth[shown])
    possible = list(worlds(faces, sums, limits))
    reader = Adversary()
    for cell, face in faces.items():
        reader.saw(cell, face)
    for whole, parts in sums:
        reader.adds_up(whole, parts)
    for whole, part in limits:
        reader.at_least(whole, part)
    reader.saw("largest", str(LARGEST))
    for cell in CELLS:
        reader.at_least("largest", cell)
    left = {cell: {world[cell] for world in possible} for cell in CELLS}
    least = {"<5": 4, "*": 5}
    known = {cell: values for cell, values in left.items() if len(values) < least.get(faces[cell], 0)}
    assert {one.cell: set(one.values) for one in reader.found()} == known


def test_whole_numbers_are_asked_for_where_corners_are_none():
    """Three sums of pairs, together an odd number: halves would fit, persons do not."""
    reader = Adversary()
    for cell, face in {"a": "*", "b": "*", "c": "*", "ab": "*", "bc": "3", "ac": "4"}.items():
        reader.saw(cell, face)
    for whole in ("ab", "bc", "ac"):
        reader.adds_up(whole, whole)
    odd = Adversary()
    odd.faces, odd.cells, odd.rules = {**reader.faces, "ab": "4"}, dict(reader.cells), list(reader.rules)
    assert [one.values for one in odd.found()] == [(), (), ()]
    assert {one.cell: one.values for one in reader.found()} == {
        "a": (1, 2, 3, 4), "b": (0, 1, 2, 3), "c": (0, 1, 2, 3), "ab": (1, 3, 5, 7),
    }  # fmt: skip


def test_it_names_the_cells_that_hold_another_so_narrow():
    reader = Adversary()
    for cell, face in {"one": "<5", "other": "*", "sum": "9", "elsewhere": "7"}.items():
        reader.saw(cell, face)
    reader.adds_up("sum", ["one", "other"])
    reader.at_least("elsewhere", "one")
    (known,) = reader.found()
    assert (known.cell, known.values, known.because) == ("other", (5, 6, 7, 8), ("sum", "one"))
