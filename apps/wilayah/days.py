"""On which day a moment lies: the day of the office that the row belongs to, whoever asks and wherever the code runs.

Django's `__date` converts with the zone of the moment: that of the reader in a request, that of the portal in a worker.
An activity in Jayapura at 00.30 is then counted on the day before.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import DateField, DateTimeField, F, Func, Q, Value
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone

from apps.wilayah.models import Zona


def office_day(moment: str, *, office: str = "bapas") -> Cast:
    """The date of the column `moment` on the clock of the Bapas that `office` leads to; an expression to filter, group
    or annotate by."""
    return day_in(F(f"{office}__zona_waktu"), F(moment))


def day_in(zone, moment) -> Cast:
    """The date of `moment` in `zone`; both are expressions."""
    return Cast(Func(zone, moment, function="timezone", output_field=DateTimeField()), DateField())


def today_in(zone) -> Cast:
    """The date of this moment in `zone`, an expression."""
    return day_in(zone, Value(timezone.now()))


def on_days(moment: str, *, since: date | None = None, until: date | None = None, office: str = "bapas") -> Q:
    """Rows whose `moment` lies on a day from `since` up to and including `until`, each on the clock of its own office.

    Beside the exact days stands a plain range that is a few hours too wide: an index on `moment` is read by it.
    """
    day, rows = office_day(moment, office=office), Q()
    if since:
        rows &= Q(**{f"{moment}__gte": min(midnights(since))}) & Q(GreaterThanOrEqual(day, since))
    if until:
        rows &= Q(**{f"{moment}__lt": max(midnights(until + timedelta(days=1)))}) & Q(LessThanOrEqual(day, until))
    return rows


def midnights(day: date) -> set[datetime]:
    """When `day` begins in each of the zones of Indonesia."""
    return {datetime.combine(day, time.min, ZoneInfo(zone)) for zone in Zona.values}
