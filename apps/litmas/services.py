"""The verbs of the two books (tables Litmas and Pendampingan). An entry is corrected or withdrawn, never deleted.

Its state has no column: an entry is finished when `selesai` is filled, withdrawn when `alasan_batal` is.
"""

from typing import TypeVar

from django.db import transaction

from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.dasar.once import stored_once
from apps.jejak.versions import refuse_changed
from apps.litmas.models import Litmas, Pendampingan

Entry = TypeVar("Entry", Litmas, Pendampingan)


def record(entry: Entry, *, key, by) -> tuple[Entry, bool]:
    """Store a new entry under the key of its form; a known key gives the first entry and False."""
    entry.bapas, entry.dicatat_oleh, entry.kunci = by.penugasan.bapas, by, key

    def store() -> Entry:
        entry.save(force_insert=True)
        return entry

    return stored_once(store, type(entry)._default_manager.filter(bapas=entry.bapas, kunci=key).first)


@transaction.atomic
def change(entry: Entry, *, seen: str, **facts) -> Entry:
    """Correct or complete an entry; refused when somebody changed it since `seen` or when it is withdrawn."""
    current = _locked(entry)
    refuse_changed(current, seen)
    for name, value in facts.items():
        setattr(current, name, value)
    current.save(update_fields=list(facts))
    return current


@transaction.atomic
def cancel(entry: Entry, *, alasan: str) -> None:
    """Withdraw an entry: it stays readable and counts nowhere."""
    current = _locked(entry)
    current.alasan_batal = alasan
    current.save(update_fields=["alasan_batal"])


def _locked(entry: Entry) -> Entry:
    current = lock(entry, "bapas")
    if current.alasan_batal:
        raise Refused("Catatan ini sudah dibatalkan.")
    return current
