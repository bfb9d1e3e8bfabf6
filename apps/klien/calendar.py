"""Dates of guidance: today where the office is, months, and the next day on which the office is open."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.acuan.models import HariLibur

LONGEST_CLOSURE = 21
"""Days after a wished date in which an open day is looked for; longer than the long holidays of a year."""
FURTHEST = timedelta(days=200)
"""No meeting is planned further ahead: the longest frequency, 180 days, moved off a long closure. A year typed wrongly
would take the client off every list of work."""
FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""A clock that says less was never set."""


def today(user) -> date:
    """Today on the calendar of the unit that `user` works for."""
    return timezone.localdate(timezone=clock_of(user))


def today_at(unit) -> date:
    """Today at an office or another unit, whoever asks: partners and headquarters look at several."""
    return day_at(unit, timezone.now())


def day_at(unit, moment: datetime) -> date:
    """The date of `moment` on the calendar of a unit."""
    return timezone.localdate(moment, timezone=ZoneInfo(unit.zona_waktu))


def clock_of(user) -> ZoneInfo:
    """The zone of the unit that `user` works for; a stranger has the zone of the portal."""
    duty = getattr(user, "penugasan", None)
    return ZoneInfo(duty.zona_waktu if duty else timezone.get_current_timezone_name())


def saved_at(words: str) -> datetime:
    """The moment that a device says it saved (ISO 8601), unless it is unreadable, unset or ahead of ours: then now."""
    now = timezone.now()
    try:
        made = parse_datetime(words)
    except ValueError:
        return now
    return made if made and timezone.is_aware(made) and FIRST_MOMENT <= made <= now else now


def months_later(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(month: date) -> date:
    """The last day of the month that `month` lies in."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def open_day(wished: date) -> date:
    """`wished`, or the first day after it that is neither weekend nor public holiday."""
    return first_open_day(wished, closed_days(wished, wished + timedelta(days=LONGEST_CLOSURE)))


def first_open_day(wished: date, closed: set[date]) -> date:
    """`open_day` for many dates; `closed` reaches far enough beyond `wished`."""
    days = (wished + timedelta(days=n) for n in range(LONGEST_CLOSURE))
    return next((day for day in days if day not in closed), wished)


def closed_days(first: date, last: date) -> set[date]:
    """Weekends and public holidays from `first` to `last`."""
    weekends = {day for n in range((last - first).days + 1) if (day := first + timedelta(days=n)).weekday() >= 5}
    holidays = HariLibur.objects.filter(aktif=True, tanggal__range=(first, last))
    return weekends | set(holidays.values_list("tanggal", flat=True))
