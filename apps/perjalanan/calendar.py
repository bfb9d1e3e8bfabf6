"""Working days, holidays left out; and when a stage of guidance is due."""

from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from apps.acuan.models import HariLibur

DAY = timedelta(days=1)


def working_day(start: date, number: int) -> date:
    """The `number`-th working day after `start`."""
    holidays, day = _holidays(start, start + number * 3 * DAY + 30 * DAY), start
    while number:
        day += DAY
        number -= day.weekday() < 5 and day not in holidays
    return day


def working_days(start: date, end: date) -> int:
    """How many working days passed after `start` up to and including `end`."""
    holidays = _holidays(start, end)
    days = (start + n * DAY for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in holidays for day in days)


def stage_due(first: date, last: date, percent: Decimal) -> date:
    """The day on which `percent` of the term from `first` to `last` has passed."""
    return first + ceil(((last - first).days + 1) * percent / 100) * DAY


def _holidays(first: date, last: date) -> set[date]:
    rows = HariLibur.objects.filter(aktif=True, tanggal__range=(first, last))
    return set(rows.values_list("tanggal", flat=True))
