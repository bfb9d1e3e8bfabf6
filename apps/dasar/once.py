"""A form that is sent twice is stored once: it carries a key (`kunci`), and the row it makes keeps the key."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

from apps.dasar.errors import Refused

Stored = TypeVar("Stored")


def stored_once(store: Callable[[], Stored], earlier: Callable[[], Stored | None]) -> tuple[Stored, bool]:
    """(what `store` makes, True), or (what an earlier submit of the same form has made, False).

    PostgreSQL decides, not a query beforehand: `store` runs in a savepoint. A second submit fails there, at the unique
    constraint of the key or at a rule that the first one has used up (the hours overlap with themselves, the version
    has moved on). Then `earlier` looks for rows under the key; when it finds none, the failure stands. Of two submits
    at the same moment the second waits in PostgreSQL for the first, so both get the same answer.
    """
    try:
        with transaction.atomic():
            return store(), True
    except (IntegrityError, Refused):
        first = earlier()
        if not first:
            raise
        return first, False
