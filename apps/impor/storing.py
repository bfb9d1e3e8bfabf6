"""Checked rows → waiting rows → the tables of the portal: a statement per package, then one INSERT … SELECT per table.

A waiting row is an array of text. `Impor.susunan` names its values, once for the whole import: "klien.nama" is a part
and a column. NULL and empty text mean the same: the default of the column.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models

from apps.impor.models import Impor

SEPARATOR = "\x1f"
"""Stands between values of a column that are sent as one text; `values.text` removes control characters."""
PLACE = re.compile(r"<([\w.]+)>")


@dataclass(frozen=True)
class Target:
    """A table that rows go into. `part` of a waiting row holds the columns `names`; the others get defaults.

    A row without the first of `names` adds nothing to this table. SQL may name values of any part: `<orang.nik_hmac>`.
    """

    part: str
    model: type[models.Model]
    names: Sequence[str]
    join: str = ""
    """SQL that finds the parent; a row without a parent is left out."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """Column → SQL expression that is used instead of the value in the part."""
    yields: bool = False
    """A row that a unique constraint forbids is left out; otherwise it stops the whole import."""
    counts: bool = False
    """The number of its rows is the number that people see."""


# ── Waiting ──────────────────────────────────────────────────────────────────────────────────────────────


def send(impor: Impor, rows: Sequence[tuple[int, str, Mapping[str, Mapping[str, Any]]]], cursor) -> None:
    """Insert (number, status, values per part) as waiting rows, column by column.

    PostgreSQL refuses COPY into tables with row-level security, which applies to the worker too. JSON would be slower
    on both sides (`bench/impor_csv.py` measures the whole).
    """
    if not rows:
        return
    numbers, states, values = zip(*rows, strict=True)
    columns = [numbers, states, *_columns(impor.susunan, values)]
    sources = ", ".join(["string_to_table(%s, %s, '')"] * len(columns))
    names = ", ".join(f"c{number}" for number in range(len(impor.susunan)))
    cursor.execute(
        "INSERT INTO impor_barisimpor (bapas_id, impor_id, baris, status, nilai)"  # noqa: S608 – our own names
        f" SELECT %s, %s, baris::int, status, ARRAY[{names}] FROM ROWS FROM ({sources}) AS t(baris, status, {names})",
        [impor.bapas_id, impor.pk, *(part for column in columns for part in (_joined(column), SEPARATOR))],
    )


def _columns(layout: Sequence[str], rows: Sequence[Mapping[str, Mapping[str, Any]]]) -> list[list | None]:
    """A column for each name; None if no row has a value."""
    wanted = [name.split(".") for name in layout]
    parts = {part: [row.get(part, {}) for row in rows] for part in {part for part, _ in wanted}}
    brought = {part: set().union(*values) for part, values in parts.items()}
    return [[values.get(name) for values in parts[part]] if name in brought[part] else None for part, name in wanted]


def _joined(column: Sequence | None) -> str | None:
    """The values as one text, with SEPARATOR between them."""
    if column is None:
        return None
    filled = ["" if value is None else value for value in column] if None in column else column
    joined = SEPARATOR.join(map(str, filled))
    if joined.count(SEPARATOR) != len(column) - 1:
        raise ValueError("a value holds the separator")
    return joined


# ── Storing ──────────────────────────────────────────────────────────────────────────────────────────────


def store(targets: Sequence[Target], cursor, impor: Impor, rows: list[int] | None = None) -> int:
    """Insert the new rows, or only those with these numbers. Returns how many were stored.

    If a target yields, a row that a unique constraint forbids is left out, and with it everything that belongs to it.
    The row in its way may belong to another office, where no query shows it.
    """
    stored = 0
    for target in targets:
        cursor.execute(*_statement(target, impor, rows))
        stored += cursor.rowcount if target.counts else 0
    return stored


def placed(sql: str, impor: Impor) -> str:
    """`sql` about a waiting row `s`, with each name in angle brackets replaced by the place of its value."""
    return PLACE.sub(lambda name: f"s.nilai[{impor.susunan.index(name[1]) + 1}]", sql)


def _statement(target: Target, impor: Impor, rows: list[int] | None) -> tuple[str, list]:
    fields = {column.attname: column for column in target.model._meta.concrete_fields}
    here = [name for name in target.names if f"{target.part}.{name}" in impor.susunan]
    names = [*here, *(name for name in target.instead if name not in here)]
    rest = [name for name, column in fields.items() if name not in names and _needs_value(column)]
    read = ", ".join(f'{_typed(target.part, fields[name])} AS "{fields[name].column}"' for name in here)
    given = [_or_default(fields[name], target.instead.get(name, f'r."{fields[name].column}"')) for name in names]
    sql = (
        f'INSERT INTO "{target.model._meta.db_table}"'  # noqa: S608 – our own names
        f" ({', '.join(str(fields[name].column) for name in (*names, *rest))})"
        f" SELECT {', '.join([*given, *['%s'] * len(rest)])}"
        f" FROM impor_barisimpor s CROSS JOIN LATERAL (SELECT {read}) r {target.join}"
        f" WHERE s.bapas_id = %s AND s.impor_id = %s AND s.status = 'baru' AND <{target.part}.{here[0]}> IS NOT NULL"
        f" AND (%s::int[] IS NULL OR s.baris = ANY(%s)) {'ON CONFLICT DO NOTHING' if target.yields else ''}"
    )
    defaults = [impor.bapas_id if name == "bapas_id" else fields[name].get_default() for name in rest]
    return placed(sql, impor), [*defaults, impor.bapas_id, impor.pk, rows, rows]


def _typed(part: str, column: models.Field) -> str:
    """The text of a waiting row as the type of `column`; text stays text, so that nothing is cut to its length."""
    value = f"<{part}.{column.attname}>"
    return value if isinstance(column, models.CharField) else f"{value}::{column.rel_db_type(connection)}"


def _or_default(column: models.Field, value: str) -> str:
    """A missing value becomes the default of the field; text without a default becomes empty, not NULL."""
    if not isinstance(column, models.CharField) or column.null:
        return value
    return f"COALESCE({value}, '{column.get_default()}')"


def _needs_value(column: models.Field) -> bool:
    """False for columns that PostgreSQL fills: identity, generated and database defaults."""
    return not (column.primary_key or column.generated or column.has_db_default())
