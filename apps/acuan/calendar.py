"""The calendar of offices: open days, months, and ages in years.

Offices are open from Monday to Friday (Perpres 21/2023 Pasal 3), but not on the holidays of the table `HariLibur`. The
rule stands in `Calendar`; `Calendar.between` and the functions that say so in their docstring read the table.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice

from django.utils.dateformat import format as date_format

from apps.acuan.models import HariLibur

ONE_DAY = timedelta(days=1)
SATURDAY = 5
LONGEST_CLOSURE = timedelta(days=21)
"""How many days are searched for an open one (own rule); longer than any run of holidays in a year."""


@dataclass(frozen=True)
class Calendar:
    """When offices are open. A day outside the span that was read never counts as a holiday."""

    holidays: Mapping[date, str]
    """Day → name of the holiday, with "perkiraan" while its date is an estimate."""

    @classmethod
    def between(cls, first: date, last: date) -> "Calendar":
        """The holidays from `first` up to and including `last`, read in one query."""
        rows = HariLibur.objects.filter(aktif=True, tanggal__range=(first, last))
        return cls({row.tanggal: str(row) for row in rows.only("tanggal", "nama", "perkiraan")})

    def is_open(self, day: date) -> bool:
        return not is_weekend(day) and day not in self.holidays

    def closed_because(self, day: date) -> str:
        """ "hari libur (Hari Natal)", "hari Sabtu", or "" on an open day."""
        if day in self.holidays:
            return f"hari libur ({self.holidays[day]})"
        return f"hari {date_format(day, 'l')}" if is_weekend(day) else ""

    def open_days(self, first: date) -> Iterator[date]:
        """Open days from `first` on, without end."""
        return (day for n in count() if self.is_open(day := first + n * ONE_DAY))

    def open_day(self, wished: date) -> date:
        """`wished`, or the first open day after it; `wished` itself when offices are closed for LONGEST_CLOSURE."""
        days = (wished + n * ONE_DAY for n in range(LONGEST_CLOSURE.days))
        return next(filter(self.is_open, days), wished)


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= SATURDAY


def open_day(wished: date) -> date:
    """`wished`, or the first open day after it. Reads the holidays; for many dates use `Calendar.open_day`."""
    return Calendar.between(wished, wished + LONGEST_CLOSURE).open_day(wished)


def last_open_day(day: date) -> date:
    """The last open day before `day`, or the day before if offices were closed for LONGEST_CLOSURE.

    Reads the holidays.
    """
    calendar = Calendar.between(day - LONGEST_CLOSURE, day)
    days = (day - n * ONE_DAY for n in range(1, LONGEST_CLOSURE.days + 1))
    return next(filter(calendar.is_open, days), day - ONE_DAY)


def working_day(start: date, number: int) -> date:
    """The `number`-th open day after `start`. Reads the holidays."""
    calendar = Calendar.between(start, start + number * 3 * ONE_DAY + LONGEST_CLOSURE)
    return next(islice(calendar.open_days(start + ONE_DAY), number - 1, None))


def working_days(start: date, end: date) -> int:
    """Number of open days after `start`, up to and including `end`. Reads the holidays."""
    calendar = Calendar.between(start, end)
    return sum(calendar.is_open(start + n * ONE_DAY) for n in range(1, (end - start).days + 1))


def month_end(day: date) -> date:
    """The last day of the month that `day` lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age(born: date, on: date) -> int:
    """Full years from the day of birth to `on`. Born on 29 February: a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
