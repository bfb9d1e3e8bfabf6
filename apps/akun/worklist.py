"""Rows of the Beranda: today's work, offered by each app and shown in one place."""

from dataclasses import dataclass, field
from datetime import date

SHOWN = 7
"""Rows of one group on the Beranda; the rest is behind "Lihat semua"."""


@dataclass(frozen=True)
class TaskRow:
    """One thing to do: what · about whom · due · one button."""

    what: str
    about: str
    url: str
    action: str
    due: date | None = None
    note: str = ""


@dataclass(frozen=True)
class TaskGroup:
    """A headed group. `total` counts all rows, also those not shown; `empty` is the sentence for none."""

    title: str
    empty: str
    rows: list[TaskRow] = field(default_factory=list)
    total: int = 0
    all_url: str = ""
