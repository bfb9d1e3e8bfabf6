"""Days on which an office is closed, and how many clients are spread over the days on which it is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.utils.dateformat import format as date_format

from apps.acuan.models import HariLibur
from apps.klien.calendar import LONGEST_CLOSURE

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Public holidays of a span of days, read once."""

    holidays: dict[date, str]

    @classmethod
    def around(cls, first: date, days: int = LONGEST_CLOSURE) -> "Calendar":
        span = (first, first + days * ONE_DAY)
        return cls(dict(HariLibur.objects.filter(aktif=True, tanggal__range=span).values_list("tanggal", "nama")))

    def closed_because(self, day: date) -> str:
        """ "hari libur (Hari Natal)", "hari Sabtu", or "" on a working day."""
        if day in self.holidays:
            return f"hari libur ({self.holidays[day]})"
        return f"hari {date_format(day, 'l')}" if day.weekday() >= SATURDAY else ""

    def open_days(self, first: date) -> Iterator[date]:
        """Working days from `first` on."""
        while True:
            if not self.closed_because(first):
                yield first
            first += ONE_DAY


def spread(first: date, count: int, per_day: int | None, *, keep_first: bool) -> list[date]:
    """A day for each of `count` clients: `per_day` on each working day, or all on the first (None).

    `keep_first`: the first day is used although the office is closed.
    """
    per_day = per_day or count
    needed = -(-count // per_day)
    calendar = Calendar.around(first, 2 * needed + LONGEST_CLOSURE)
    days = [first] if keep_first else []
    start = first + ONE_DAY if keep_first else first
    days += islice(calendar.open_days(start), needed - len(days))
    return [days[number // per_day] for number in range(count)]
