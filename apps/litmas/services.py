"""Writing the two books. An entry is corrected or withdrawn, never deleted."""

from typing import TypeVar

from django.db import transaction

from apps.dasar.errors import Refused
from apps.jejak.services import refuse_stale
from apps.litmas.models import Litmas, Pendampingan

Entry = TypeVar("Entry", Litmas, Pendampingan)


@transaction.atomic
def record(entry: Entry, *, key, by) -> tuple[Entry, bool]:
    """Store a new entry under the key of its form; a key that is known returns the first entry and False."""
    entry.bapas, entry.dicatat_oleh, entry.kunci = by.penugasan.bapas, by, key
    facts = {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    manager = type(entry)._default_manager
    return manager.get_or_create(bapas_id=entry.bapas_id, kunci=key, defaults=facts)


@transaction.atomic
def change(entry: Entry, *, seen: int | None, **facts) -> Entry:
    """Correct or complete an entry. Refused when somebody else saved since `seen`, or when it is withdrawn."""
    current = _locked(entry)
    refuse_stale(current, seen)
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
    current = type(entry)._default_manager.select_for_update(of=("self",)).select_related("bapas").get(pk=entry.pk)
    if current.alasan_batal:
        raise Refused("Catatan ini sudah dibatalkan.")
    return current
