"""Removes constraints, indexes, triggers and policies for a bulk load, and restores them.

COPY does not work where a row policy applies, and the policies of the portal apply to the owner of the tables too
(FORCE). `NO FORCE` exempts only the owner: the policies always apply to the web role.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction

from apps.wilayah.models import ScopedModel


@dataclass(frozen=True)
class Guard:
    """A constraint or an index, with the statements that drop it and build it again."""

    name: str
    points_elsewhere: bool
    """True for a foreign key: it is dropped first and built last."""
    drop: str
    build: str


class Damaged(Exception):
    """After the load the constraints, indexes or policies differ from those before."""


CONSTRAINTS = """
SELECT conname, contype = 'f',
       format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint
WHERE contype IN ('u', 'x', 'f')
  AND (conrelid = ANY (%(tables)s::regclass[]) OR contype = 'f' AND confrelid = ANY (%(tables)s::regclass[]))
ORDER BY 2, 1
"""
INDEXES = """
SELECT indexrelid::regclass::text, false, format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index
WHERE indrelid = ANY (%(tables)s::regclass[]) AND NOT indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY 1
"""
UNFORCED = "SELECT relname FROM pg_class WHERE relname = ANY (%s) AND NOT (relrowsecurity AND relforcerowsecurity)"
OWNED = "SELECT bool_and(pg_has_role(current_user, relowner, 'USAGE')) FROM pg_class WHERE relname = ANY (%s)"
MEMORY = "SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 4"


def scoped_tables() -> list[str]:
    """Every table with a row policy."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, ScopedModel))


def owns_tables() -> bool:
    """True when the connected role owns the scoped tables, so that it may drop the guards."""
    return _rows(OWNED, [scoped_tables()]) == [(True,)]


def unforced() -> list[str]:
    """Scoped tables whose policy is not forced on the owner: the trace of a killed load."""
    return [name for (name,) in _rows(UNFORCED, [scoped_tables()])]


@contextmanager
def owner_exempt() -> Iterator[None]:
    """Allow COPY within one transaction; other sessions never see a table without its policy."""
    with transaction.atomic():
        _execute("SET CONSTRAINTS ALL DEFERRED", *_force("NO FORCE"))
        yield
        _execute("SET CONSTRAINTS ALL IMMEDIATE", *_force("FORCE"))


@contextmanager
def unguarded(tables: Sequence[str], say: Callable[[str], None]) -> Iterator[None]:
    """Allow several processes to load `tables` without checks; afterwards every constraint and index is built again."""
    guards = _guards(tables)
    ordered = sorted(guards, key=lambda guard: guard.points_elsewhere)
    _execute(*_force("NO FORCE"), *_triggers(tables, "DISABLE"), *(guard.drop for guard in reversed(ordered)))
    with ExitStack() as always, ExitStack() as on_failure:
        always.callback(_execute, *_force("FORCE"), *_triggers(tables, "ENABLE"))
        on_failure.callback(_empty, tables, ordered, say)
        yield
        _build(ordered, say)
        on_failure.pop_all()
    if _guards(tables) != guards or unforced():
        raise Damaged("Pengaman basis data tidak sama dengan sebelum pemuatan.")


def empty(tables: Sequence[str]) -> None:
    """Empty the tables and all tables that point at them."""
    _execute(f"TRUNCATE {', '.join(tables)} CASCADE")


def _empty(tables: Sequence[str], guards: Sequence[Guard], say: Callable[[str], None]) -> None:
    """Empty the tables and build the guards that are missing."""
    empty(tables)
    standing = _guards(tables)
    _build([guard for guard in guards if guard not in standing], say)


def _build(guards: Sequence[Guard], say: Callable[[str], None]) -> None:
    _execute(MEMORY)
    for number, guard in enumerate(guards, start=1):
        say(f"Membangun {guard.name} ({number}/{len(guards)})")
        _execute(guard.build)


def _guards(tables: Sequence[str]) -> list[Guard]:
    names = {"tables": list(tables)}
    return [Guard(*row) for row in _rows(CONSTRAINTS, names) + _rows(INDEXES, names)]


def _force(word: str) -> list[str]:
    return [f"ALTER TABLE {table} {word} ROW LEVEL SECURITY" for table in scoped_tables()]


def _triggers(tables: Sequence[str], word: str) -> list[str]:
    """Statements for the triggers, which query once per row. The load does not check these rules again; tests do."""
    return [f"ALTER TABLE {table} {word} TRIGGER USER" for table in tables]


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _rows(sql: str, parameters) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
