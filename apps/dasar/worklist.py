"""Rows of the Beranda: today's work, offered by each app and shown in one place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import partial, update_wrapper

from django.db.models import Count, F, QuerySet, Window
from django.utils.text import slugify

from apps.dasar.prepared import Prepared
from apps.dasar.wording import angka

SHOWN = 3
"""Rows of one group on the Beranda; all of them are behind "Lihat semua"."""
UNDOABLE = 7
"""Finished rows that the Beranda offers to undo, of each room (app)."""


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

    @property
    def colour(self) -> str:
        """Red for what is late, as in lists and agenda."""
        return "merah" if self.tag.startswith("Terlewat") else "kuning"


@dataclass(frozen=True)
class TaskGroup:
    """A headed group of things to do. A group without a row is not shown.

    `rows` are all rows, or the first `SHOWN` of `total`; then `whole` gives the rows of the complete list.
    """

    title: str
    rows: Sequence[TaskRow] = ()
    total: int = 0
    all_url: str = ""
    """A list that has exactly these rows, with its own filters; without one the group has a page of its own."""
    urgency: Urgency = Urgency.WEEK
    remark: str = ""
    """One sentence under the heading, for instance what the law says."""
    unit: str = ""
    """What is counted, where the title does not say it: "kebutuhan"."""
    whole: Callable[[], Sequence[TaskRow]] | None = None

    @property
    def key(self) -> str:
        """The name of the group in addresses."""
        return slugify(self.title)

    @property
    def shown(self) -> Sequence[TaskRow]:
        return self.rows[:SHOWN]

    @property
    def counted(self) -> str:
        """ "27 kebutuhan"; only the number where the title names what is counted."""
        return f"{angka(self.total)} {self.unit}".strip()

    @property
    def everything(self) -> Sequence[TaskRow]:
        """All rows, for paging."""
        return self.whole() if self.whole else self.rows


@dataclass(frozen=True)
class Progress:
    """Done today, of all that today asks for, in `unit`."""

    done: int
    total: int
    unit: str


@dataclass(frozen=True)
class DoneRow:
    """Something this person finished a moment ago. `undo` is an address that takes a POST."""

    what: str
    about: str
    url: str
    undo: str


class Found(list):
    """The first rows of a group. `every` gives its complete list, unread."""

    every: Callable[[], QuerySet]


class FirstRows(Prepared):
    """The rows of a group that are shown, each with the number of all rows as `banyak`, in one statement that is
    composed once (`dasar.prepared`)."""

    def __init__(self, compose: Callable[..., QuerySet]):
        def shown(user, **values):
            return compose(user, **values).annotate(banyak=Window(Count(F("pk"))))[:SHOWN]

        super().__init__(update_wrapper(shown, compose))
        self._every = compose

    def __call__(self, user=None, *, most: int | None = None, **values) -> Found:
        found = Found(super().__call__(user, most=most, **values))
        found.every = partial(self._every, user, **values)
        return found


first_rows = FirstRows


@dataclass(frozen=True)
class Lines(Sequence):
    """The complete list of a group as task rows; only what is asked for is read."""

    rows: QuerySet
    as_row: Callable[..., TaskRow]

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, part):
        return (
            [self.as_row(row) for row in self.rows[part]] if isinstance(part, slice) else self.as_row(self.rows[part])
        )


def group_of(
    title: str, rows: list, as_row: Callable[..., TaskRow], all_url: str = "", urgency: Urgency = Urgency.WEEK,
    remark: str = "", unit: str = "",
) -> TaskGroup:  # fmt: skip
    """A group from the rows of a statement under `first_rows`."""
    return TaskGroup(
        title=title, rows=[as_row(row) for row in rows], total=rows[0].banyak if rows else 0, all_url=all_url,
        urgency=urgency, remark=remark, unit=unit,
        whole=(lambda: Lines(rows.every(), as_row)) if isinstance(rows, Found) else None,
    )  # fmt: skip
