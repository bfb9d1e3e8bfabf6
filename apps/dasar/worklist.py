"""Rows of the Beranda: today's work, offered by each app and shown in one place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import wraps

from django.db.models import Count, F, QuerySet, Window

from apps.dasar.prepared import Prepared

SHOWN = 7
"""Rows of one group on the Beranda; the rest is behind "Lihat semua"."""


class Urgency(IntEnum):
    """The place of a group on the Beranda, across rooms (apps)."""

    DECIDE = 0
    """Others have to wait until this person decides."""
    OVERDUE = 1
    TODAY = 2
    WAITING = 3
    """Somebody else has to act."""
    WEEK = 4
    """This week, or whenever there is time."""


@dataclass(frozen=True)
class TaskRow:
    """One thing to do: what · about whom · due · one button. `tag` is the one word to notice."""

    what: str
    about: str
    url: str
    action: str
    due: date | None = None
    note: str = ""
    tag: str = ""


@dataclass(frozen=True)
class TaskGroup:
    """A headed group. `total` counts all rows, also those not shown; `empty` is the sentence for none."""

    title: str
    empty: str
    rows: list[TaskRow] = field(default_factory=list)
    total: int = 0
    all_url: str = ""
    urgency: Urgency = Urgency.WEEK
    remark: str = ""
    """One sentence under the heading, for instance what the law says."""


@dataclass(frozen=True)
class DoneRow:
    """Something this person finished a moment ago. `undo` is an address that takes a POST."""

    what: str
    about: str
    url: str
    undo: str


def first_rows(compose: Callable[..., QuerySet]) -> Prepared:
    """Decorator: the rows of a group that are shown, each with the number of all rows as `banyak`, in one statement
    that is composed once (`dasar.prepared`)."""

    @wraps(compose)
    def shown(user, **values):
        return compose(user, **values).annotate(banyak=Window(Count(F("pk"))))[:SHOWN]

    return Prepared(shown)


def group_of(
    title: str, empty: str, rows: list, as_row: Callable, all_url: str = "", urgency: Urgency = Urgency.WEEK,
    remark: str = "",
) -> TaskGroup:  # fmt: skip
    """A group from the rows of a statement under `first_rows`."""
    total = rows[0].banyak if rows else 0
    return TaskGroup(
        title=title, empty=empty, rows=[as_row(row) for row in rows], total=total,
        all_url=all_url if total > SHOWN else "", urgency=urgency, remark=remark,
    )  # fmt: skip
