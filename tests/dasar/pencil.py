"""What somebody with a pencil learns from a printed line of cells and their sum, by trying every number."""

from collections.abc import Iterable, Sequence

from apps.dasar.disclosure import HIDDEN, MASKED, Shown

FEW = range(1, 5)


def certain(parts: Sequence[Shown], total: Shown) -> bool:
    """True when a secret cell of the line can be only one number, seen from the signs and the open numbers."""
    if MASKED not in (*parts, total) and HIDDEN not in (*parts, total):
        return False
    most = 60 + sum(part for part in parts if part and part > 0) + (total or 0)  # enough: larger ones work as well
    choices = [_choices(part, most) for part in parts]
    wholes = _choices(total, most)
    found: list[set[int]] = [set() for _ in (*parts, total)]
    for place, choice in enumerate(choices):
        others = _sums(choices[:place] + choices[place + 1 :], most)
        found[place] = {n for n in choice if any(n + other in wholes for other in others)}
    found[-1] = {whole for whole in wholes if whole in _sums(choices, most)}
    return any(cell in (MASKED, HIDDEN) and len(seen) < 2 for cell, seen in zip((*parts, total), found, strict=True))


def _choices(cell: Shown, most: int) -> set[int]:
    if cell is MASKED:
        return set(FEW)
    return set(range(most + 1)) if cell == HIDDEN else {cell}


def _sums(choices: Iterable[set[int]], most: int) -> set[int]:
    """Every number that one of each can add up to, as far as it matters."""
    reached = {0}
    for choice in choices:
        reached = {a + b for a in reached for b in choice if a + b <= most}
    return reached
