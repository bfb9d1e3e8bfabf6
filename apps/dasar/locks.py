"""Locking rows in one order, so that nobody waits in a circle, and counting seats under a lock.

**One order.** Whoever locks rows of several kinds takes them in this order, and rows of one kind by id:

1. what is decided or worked on: `Pelimpahan`, `PeristiwaAkhir`, `UsulPencabutan`, `Penggabungan`, `Impor`, `Kegiatan`
2. the file of the client, `Klien` (`apps/klien/services/holding.py`), and in the same statement after it
3. the client's `JadwalLapor`, or another row of the client: `Kebutuhan`, `Asesmen`, `Penjamin`, `MasaBimbingan`
4. `TempatKerjaSosial`, then `KerjaSosial`

A row that is only inserted needs no place here: nobody else sees it before the commit. All other locks stand alone: a
service takes one of them, or several of one kind, and none of the list.

**The file first.** Everything written about a client is written while its file is held, also by people who know only a
code: what an end or a handover counts and closes is then complete, and whoever waited for it reads the status as it is
now. Hours of community service are the exception, because a partner sees no client: they hold the sentence, which an
end closes. A column that was joined but not locked is as old as the statement; so a service that waits locks the file
in the same statement (`above`) or reads it afterwards, and never asks a row that the page has brought along.

**Strength.** FOR NO KEY UPDATE: others may still insert rows that point at the locked one (a foreign key takes FOR KEY
SHARE). FOR UPDATE only where columns of a unique index may change: the register of a client (`clients.update`).

A deadlock that remains possible, between two imports of the same new persons for example, ends one of the two
transactions; `apps/dasar/again.py` repeats it.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Slot = TypeVar("Slot", bound=Hashable)


def lock(row: Row, *related: str, above: str = "") -> Row:
    """`row` as it is stored now; nobody else changes it until the transaction ends.

    The row to which the foreign key `above` points is locked before it, and is as fresh. The rows of `related` are read
    too, but not locked.
    """
    stored = type(row)._default_manager.select_related(*related) if related else type(row)._default_manager.all()
    return (under(stored, above) if above else held(stored)).get(pk=row.pk)


def held(rows: QuerySet) -> QuerySet:
    """`rows`, each locked when it is read."""
    return rows.select_for_update(of=("self",), no_key=True)


def under(rows: QuerySet, above: str) -> QuerySet:
    """`rows`, each locked when it is read, and before it the row to which its foreign key `above` points."""
    return rows.select_related(above).select_for_update(of=(above, "self"), no_key=True)


def lock_all(rows: QuerySet) -> list:
    """All of `rows`, locked in the order of their ids."""
    return list(held(rows.order_by("pk")))


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
