"""The agenda of one week: expected clients by day, and overdue ones. Page and export read the same rows."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from apps.acuan.calendar import Calendar, is_weekend
from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.dasar.wording import tanggal
from apps.klien.models import Klien, KlienQuerySet
from apps.wajib_lapor.forms import OfficerFilter
from apps.wilayah.days import today

WEEK = re.compile(r"(20\d\d)-W(\d\d)")
LATE_SHOWN = 25
"""Rows of overdue and unscheduled clients above the week; a link leads to the rest."""
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Day:
    """One day with the clients expected on it; `closed` is the reason why the office is closed, or ""."""

    date: date
    rows: list[Klien]
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

    def clients(self) -> KlienQuerySet:
        """Active clients of the view, with everything that a row shows."""
        rows = Klien.objects.visible_to(self.user).active().select_related("jadwal", "pk_pembimbing")
        if not self.everyone:
            return rows.filter(pk_pembimbing=self.user)
        chosen = self.form.chosen.get("pk")
        return rows.filter(pk_pembimbing=chosen) if chosen else rows

    def rows(self) -> KlienQuerySet:
        """Clients expected in the week, by day and hour."""
        rows = self.clients().filter(jadwal__berikutnya__range=(self.monday, self.sunday))
        return rows.order_by("jadwal__berikutnya", "jadwal__jam", "nama", "pk")

    def late(self) -> KlienQuerySet:
        """Clients overdue since before this week; those of this week appear on their own day."""
        return self.clients().filter(jadwal__berikutnya__lt=self._this_monday).order_by("jadwal__berikutnya", "pk")

    def unscheduled(self) -> KlienQuerySet:
        return self.clients().filter(jadwal__berikutnya=None).order_by("nama", "pk")

    def days(self) -> list[Day]:
        """Monday to Friday, and a weekend day only when a client is expected on it."""
        expected = defaultdict(list)
        for klien in self.rows():
            expected[klien.jadwal.berikutnya].append(klien)
        calendar = Calendar.between(self.monday, self.sunday)
        days = [self.monday + timedelta(days=number) for number in range(7)]
        return [
            Day(day, expected[day], calendar.closed_because(day), day == self.today)
            for day in days
            if expected[day] or not is_weekend(day)
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
