"""Rows → COPY, the bulk load of PostgreSQL."""

import json
from collections.abc import Iterable
from datetime import date
from io import StringIO

from django.db import models


class _Days(dict):
    """Cache: day number → text."""

    def __missing__(self, day: int) -> str:
        text = self[day] = date.fromordinal(day).isoformat()
        return text


iso = _Days().__getitem__
"""Day number → ISO date, cached because there are millions of them."""


def encode(value) -> str:
    """One value in the text format of COPY."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return value.replace("\\", r"\\").replace("\t", " ").replace("\n", r"\n")
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    if isinstance(value, (list, tuple)):
        return "{" + ",".join(map(encode, value)) + "}"
    if isinstance(value, dict):
        return encode(json.dumps(value))
    return str(value)


class Table:
    """Rows of one model. Columns that are not named get the default of the model's field."""

    def __init__(self, model: type[models.Model], *columns: str):
        self.name = model._meta.db_table
        self.lines: list[str] = []
        named = {field.attname: field for field in model._meta.local_concrete_fields}
        rest = [field for name, field in named.items() if name not in columns and _needs_value(field)]
        self.columns = [named[name].column for name in columns] + [field.column for field in rest]
        self.tail = "".join(f"\t{encode(field.get_default())}" for field in rest) + "\n"
        """Encoded defaults and the end of the line, for callers that write whole lines."""

    def add(self, *values) -> None:
        """Add one row: values of the named columns, in their order."""
        self.lines.append("\t".join(map(encode, values)) + self.tail)

    def copy(self, cursor) -> int:
        """Send the rows to PostgreSQL and clear them; gives their number."""
        columns = ", ".join(f'"{column}"' for column in self.columns)
        text = StringIO("".join(self.lines))
        cursor.copy_expert(f'COPY "{self.name}" ({columns}) FROM STDIN', text)
        count = len(self.lines)
        self.lines.clear()
        return count


def _needs_value(field: models.Field) -> bool:
    """False for columns that PostgreSQL fills: identity, generated and database defaults."""
    return not (field.primary_key or field.generated or field.has_db_default())


def copy_all(tables: Iterable[Table], cursor) -> dict[str, int]:
    """Send all tables; gives table name → number of rows."""
    return {table.name: table.copy(cursor) for table in tables}
