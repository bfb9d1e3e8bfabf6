"""The agenda of one week: expected clients by day, and overdue ones. Page and export read the same rows."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property

from apps.acuan.calendar import Calendar, is_weekend
from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.dasar.prepared import prepared
from apps.dasar.wording import tanggal
from apps.klien.models import Klien, KlienQuerySet
from apps.wajib_lapor.forms import OfficerFilter
from apps.wilayah.days import today

WEEK = re.compile(r"(20\d\d)-W(\d\d)")
LATE_SHOWN = 25
"""Rows of overdue and unscheduled clients above the week; a link leads to the rest."""
DAY_SHOWN = 15
"""Rows of one day in the week of a whole office; a link leads to all of the day."""
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Day:
    """One day with clients expected on it, `total` in all; `closed` is the reason why the office is closed, or ""."""

    date: date
    rows: list[Klien]
    total: int
    closed: str
    is_today: bool


@dataclass
class Agenda:
    """One request for a week: the user and the query string."""

    user: Pengguna
    query: QueryDict

    @cached_property
    def today(self) -> date:
        return today(self.user)

    @cached_property
    def monday(self) -> date:
        """First day of the week in the query string (2026-W48), or of this week."""
        asked = WEEK.fullmatch(self.query.get("minggu", ""))
        try:
            return date.fromisocalendar(int(asked[1]), int(asked[2]), 1) if asked else self._this_monday
        except ValueError:
            return self._this_monday

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def is_this_week(self) -> bool:
        return self.monday == self._this_monday

    @property
    def title(self) -> str:
        """ "23–29 November 2026", with both months when the week has two."""
        first = f"{self.monday.day}" if self.monday.month == self.sunday.month else tanggal(self.monday)
        return f"{first}–{tanggal(self.sunday)}" if first.isdecimal() else f"{first} – {tanggal(self.sunday)}"

    @property
    def is_officer(self) -> bool:
        return self.user.penugasan.peran == Peran.PK

    @property
    def everyone(self) -> bool:
        """True for the whole office. Only a PK has a view of their own clients."""
        return not self.is_officer or self.query.get("lingkup") == "kantor"

    @cached_property
    def form(self) -> OfficerFilter:
        return OfficerFilter(self.query, office=self.user.penugasan.bapas)

    @cached_property
    def only_day(self) -> date | None:
        """The day of the week that the query string asks for alone, with all its clients."""
        try:
            asked = parse_date(self.query.get("hari", ""))
        except ValueError:
            return None
        return asked if asked and self.monday <= asked <= self.sunday else None

    @cached_property
    def whose(self) -> dict[str, int]:
        """The officer whose clients the view shows, as a value of its statements; none for the whole office."""
        if not self.everyone:
            return {"officer": self.user.pk}
        chosen = self.form.chosen.get("pk")
        nobody = {"officer": 0} if self.form.errors else {}  # an unknown PK lists nothing, instead of everything
        return {"officer": chosen.pk} if chosen else nobody

    def clients(self) -> KlienQuerySet:
        """Active clients of the view, with everything that a row shows."""
        return _clients(self.user, **self.whose)

    def rows(self) -> KlienQuerySet:
        """Clients expected in the week, by day and hour."""
        return _expected.compose(self.user, first=self.monday, last=self.sunday, **self.whose)

    def late(self, most: int) -> list[Klien]:
        """Clients overdue since before this week; those of this week appear on their own day."""
        return _late(self.user, day=self._this_monday, most=most, **self.whose)

    def unscheduled(self, most: int) -> list[Klien]:
        return _unscheduled(self.user, most=most, **self.whose)

    def days(self) -> list[Day]:
        """Monday to Friday, and a weekend day only when a client is expected on it; or only the day asked for."""
        first, last = (self.only_day or day for day in (self.monday, self.sunday))
        read = _expected_first if self.everyone and not self.only_day else _expected
        expected = defaultdict(list)
        for klien in read(self.user, first=first, last=last, **self.whose):
            expected[klien.jadwal.berikutnya].append(klien)
        calendar = Calendar.between(first, last)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return [
            Day(day, expected[day], _total(expected[day]), calendar.closed_because(day), day == self.today)
            for day in days
            if expected[day] or self.only_day or not is_weekend(day)
        ]

    def address(self, monday: date | None = None, **changes: str) -> str:
        """Address of the agenda for another week or scope."""
        year, week, _ = (monday or self.monday).isocalendar()
        kept = {name: self.query[name] for name in ("lingkup", "pk") if self.query.get(name)}
        query = {"minggu": f"{year}-W{week:02}", **kept, **changes}
        return reverse("wajib_lapor:agenda", query={name: value for name, value in query.items() if value})

    @property
    def previous_address(self) -> str:
        return self.address(self.monday - ONE_WEEK)

    @property
    def next_address(self) -> str:
        return self.address(self.monday + ONE_WEEK)

    @property
    def this_week_address(self) -> str:
        return self.address(self._this_monday)

    def scopes(self) -> list[dict]:
        """Tabs "own" and "office" of a PK."""
        return [
            {"label": "Klien saya", "url": self.address(lingkup="", pk=""), "aktif": not self.everyone},
            {"label": "Semua klien kantor", "url": self.address(lingkup="kantor"), "aktif": self.everyone},
        ]

    @property
    def _this_monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())


def _clients(user, officer: int | None = None) -> KlienQuerySet:
    rows = Klien.objects.visible_to(user).active().select_related("jadwal", "pk_pembimbing")
    return rows if officer is None else rows.of_officer(user, officer)


@prepared
def _expected(user, first, last, officer=None):
    """Clients expected from the day `first` to `last`, by day and hour."""
    rows = _clients(user, officer).filter(jadwal__berikutnya__range=(first, last))
    return rows.order_by("jadwal__berikutnya", "jadwal__jam", "nama_urut", "pk")


@prepared
def _expected_first(user, first, last, officer=None):
    """The first ones of each day, with `banyak`, the number of all of that day."""
    day, order = "jadwal__berikutnya", ["jadwal__jam", "nama_urut", "pk"]
    rows = _expected.compose(user, first, last, officer)
    rows = rows.annotate(ke=Window(RowNumber(), partition_by=day, order_by=order))
    return rows.annotate(banyak=Window(Count("pk"), partition_by=day)).filter(ke__lte=DAY_SHOWN)


@prepared
def _late(user, day, officer=None):
    return _clients(user, officer).filter(jadwal__berikutnya__lt=day).order_by("jadwal__berikutnya", "pk")


@prepared
def _unscheduled(user, officer=None):
    return _clients(user, officer).filter(jadwal__berikutnya=None).order_by("nama_urut", "pk")


def _total(rows: list[Klien]) -> int:
    """How many clients a day has, of whom `rows` are the first."""
    return getattr(rows[0], "banyak", len(rows)) if rows else 0
