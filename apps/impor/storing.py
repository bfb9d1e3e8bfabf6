"""Waiting rows → the tables of the portal: one INSERT … SELECT per table, whatever the number of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from apps.impor.models import Impor


@dataclass(frozen=True)
class Target:
    """A table that rows go into. `part` of a waiting row holds the columns `names`; the rest gets its defaults."""

    part: str
    model: type[models.Model]
    names: Sequence[str]
    join: str = ""
    """SQL that finds the parent; without it the row is left out."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """Column → SQL expression that is used instead of the value in the part."""
    yields: bool = False
    """A row that a unique constraint forbids is left out; otherwise it stops the whole import (a fifth faster)."""
    counts: bool = False
    """The number of its rows is the number that people are told."""


def store(targets: Sequence[Target], cursor, impor: "Impor", rows: list[int] | None = None) -> int:
    """Insert the new rows, or only those with these numbers; how many are really new.

    Where a target yields, a row that a unique constraint forbids, also because of a row of another office that no query
    shows, is left out without a word, and with it everything that hangs on it.
    """
    stored = 0
    for target in targets:
        cursor.execute(*_statement(target, impor, rows))
        stored += cursor.rowcount if target.counts else 0
    return stored


def _statement(target: Target, impor: "Impor", rows: list[int] | None) -> tuple[str, list]:
    fields = {column.attname: column for column in target.model._meta.concrete_fields}
    rest = [name for name, column in fields.items() if name not in target.names and _needs_value(column)]
    given = [target.instead.get(name, f'r."{fields[name].column}"') for name in target.names]
    columns = ", ".join(f'"{fields[name].column}"' for name in (*target.names, *rest))
    values = ", ".join(
        [_or_default(fields[name], value) for name, value in zip(target.names, given, strict=True)] + ["%s"] * len(rest)
    )
    table = target.model._meta.db_table
    sql = (
        f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM impor_barisimpor s'  # noqa: S608 – our own names
        f" CROSS JOIN jsonb_populate_record(NULL::\"{table}\", s.nilai -> '{target.part}') r {target.join}"
        f" WHERE s.bapas_id = %s AND s.impor_id = %s AND s.status = 'baru' AND jsonb_exists(s.nilai, '{target.part}')"
        f" AND (%s::int[] IS NULL OR s.baris = ANY(%s)) {'ON CONFLICT DO NOTHING' if target.yields else ''}"
    )
    defaults = [impor.bapas_id if name == "bapas_id" else fields[name].get_default() for name in rest]
    return sql, [*defaults, impor.bapas_id, impor.pk, rows, rows]


def _or_default(column: models.Field, value: str) -> str:
    """What a row does not bring gets the default of the field; text without one is empty, not NULL."""
    if not isinstance(column, models.CharField) or column.null:
        return value
    return f"COALESCE({value}, '{column.get_default()}')"


def _needs_value(column: models.Field) -> bool:
    """PostgreSQL fills the others: identity, generated and database defaults."""
    return not (column.primary_key or column.generated or column.has_db_default())
