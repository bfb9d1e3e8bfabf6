"""What a published program of statistical disclosure control hides in the same table (pytauargus, optimum)."""

from random import Random

import pytest
from pytauargus import protect as tau_argus

from apps.dasar.disclosure import SECRET
from apps.rilis.trees import Tree, protect

ROOT = ("nasional", 0, 0)


def table(seed):
    """Four regions of two to four offices: (tree, office → its name in the other program)."""
    rng, above, leaves = Random(seed), {ROOT: None}, {}
    for kanwil in range(4):
        above["kanwil", kanwil, 0] = ROOT
        for number in range(rng.randint(2, 4)):
            office = ("bapas", 10 * kanwil + number, 0)
            above[office] = ("kanwil", kanwil, 0)
            leaves[office] = rng.choice([0, 1, 2, 3, 5, 7, 12, 30, 60])
    return Tree(above, leaves)


def name(node):
    return "Total" if node == ROOT else f"{node[0][0]}{node[1]:02}"


def second_opinion(tree, folder):
    """Names of the cells that the other program leaves open."""
    levels = []
    for region in tree.below[ROOT]:
        levels += [name(region), *(f"@{name(office)}" for office in tree.below[region])]
    (folder / "unit.hrc").write_text("".join(f"{line}\n" for line in levels))
    persons = [{"unit": name(n), "n": 1} for n in tree.above if n not in tree.below for _ in range(tree.counts[n])]
    found = tau_argus(
        persons, ["unit"], "n", "FREQ(5,10)", suppress="OPT(1)", hrc={"unit": str(folder / "unit.hrc")},
        hierleadstring="@", workdir=str(folder),
    ).tables[0]  # fmt: skip
    codes = [row["unit"] for row in found.dataframe()]
    return {code for code, cell in zip(codes, found.safe(), strict=True) if cell != "x"}


@pytest.mark.parametrize("seed", range(6))
def test_both_hide_what_is_small_and_ours_hides_hardly_more(seed, tmp_path, monkeypatch):
    """Ours asks for more: four values for a small cell and five for others, where the other stops at less."""
    monkeypatch.chdir(tmp_path)  # the other program writes where it runs
    tree = table(seed)
    ours, theirs = protect(tree), second_opinion(tree, tmp_path)
    hidden = [node for node, face in ours.items() if face in SECRET]
    closed = [node for node in tree.above if name(node) not in theirs]
    assert {node for node, n in tree.counts.items() if 0 < n < 5} <= set(hidden) & set(closed)
    assert len(hidden) <= len(closed) + 4
