"""Locking one row, and counting seats under its lock."""

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)
Slot = TypeVar("Slot", bound=Hashable)


def lock(row: Row, *related: str) -> Row:
    """`row` as it is stored now; nobody else changes it until the transaction ends.

    The rows of `related` are read too, but not locked. FOR NO KEY UPDATE lets others add a child to the row meanwhile,
    so code that adds children with a limit takes this lock first.
    """
    rows = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
    return (rows.select_related(*related) if related else rows).get(pk=row.pk)


def full_slots(
    holder: Row, wanted: Mapping[Slot, int], *, seats: str, taken: Callable[[Row], Mapping[Slot, int]]
) -> dict[Slot, int]:
    """Slots in which `wanted` people find no seat, each with the seats left there; empty when everybody fits.

    `holder` (an activity, a place) is locked first and counted by `taken` afterwards, so two never take the last seat
    together. `seats` is the name of its field with the seats of each slot. The lock lasts until the transaction ends.
    """
    current = lock(holder)
    return shortages(getattr(current, seats), taken(current), wanted)


def shortages(seats: int, taken: Mapping[Slot, int], wanted: Mapping[Slot, int]) -> dict[Slot, int]:
    """Slots in which `wanted` is more than what `taken` leaves of `seats`, each with what is left: never below 0."""
    left = {slot: max(seats - taken.get(slot, 0), 0) for slot in wanted}
    return {slot: left[slot] for slot, people in wanted.items() if people > left[slot]}
