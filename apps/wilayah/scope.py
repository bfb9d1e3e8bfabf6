"""Who may see which office. The rule is written here and nowhere else.

A jurisdiction is a set of Bapas ids, also for a Kanwil and for the nation. Actors outside the service
(Pokmas, OPD, company, Griya) have no Bapas: they carry the id of their own Mitra and see rows addressed to it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from apps.wilayah.models import Bapas


@dataclass(frozen=True)
class Scope:
    """Ids that PostgreSQL compares rows with; `actor` is only written into the history of changes."""

    bapas: frozenset[int] = frozenset()
    mitra: int | None = None
    actor: int | None = None

    def settings(self) -> list[str]:
        ids = ",".join(map(str, sorted(self.bapas)))
        return [f"{{{ids}}}", str(self.mitra or ""), str(self.actor or "")]


NOTHING = Scope()


def scope_of(user) -> Scope:
    """The jurisdiction of the assignment that `user` works under now; nothing without one."""
    duty = user.penugasan if user.is_authenticated else None
    if duty is None:
        return NOTHING
    if duty.mitra_id:
        return Scope(mitra=duty.mitra_id, actor=user.pk)
    if duty.bapas_id:
        return Scope(frozenset([duty.bapas_id]), actor=user.pk)
    if duty.reads_no_cases:
        return Scope(actor=user.pk)
    offices = Bapas.objects.filter(kanwil=duty.kanwil_id) if duty.kanwil_id else Bapas.objects.all()
    return Scope(frozenset(offices.values_list("id", flat=True)), actor=user.pk)


def office_scope(bapas_id: int, *, actor: int | None = None) -> Scope:
    """The scope of a system job that works for one office at a time."""
    return Scope(frozenset([bapas_id]), actor=actor)


def handover_scope(giver: int, taker: int, *, actor: int) -> Scope:
    """Both ends of one handover of a client, for the one function that asks for it and the one that answers it.

    The only scope that is wider than a person's own office; `tests/perjalanan/test_wall.py` names who may use it.
    """
    return Scope(frozenset([giver, taker]), actor=actor)


@contextmanager
def database_scope(scope: Scope) -> Iterator[None]:
    """Limit PostgreSQL itself to `scope` until the block ends. Opens a transaction; nests.

    The settings end with the transaction. Only a nested block has to restore what it found, because a released
    savepoint does not (one that is rolled back does).
    """
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if nested:
            cursor.execute(READ)
            outer = [value or "" for value in cursor.fetchone()]
        enter(scope)
        yield
        if nested and not connection.needs_rollback:
            cursor.execute(WRITE, outer)


def enter(scope: Scope) -> None:
    """Set `scope` for the rest of the current transaction."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE, scope.settings())


NAMES = ("app.scope", "app.mitra", "app.actor")
READ = "SELECT " + ", ".join(f"current_setting('{name}', true)" for name in NAMES)
WRITE = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in NAMES)
