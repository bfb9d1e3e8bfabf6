"""The day of a moment on the calendar of an office or another unit, independent of the user and of where code runs.

In Python `today`, `today_at`, `day_at`; in a query `office_day`, `on_days`. Django's `__date` converts with the current
zone: in a request that of the user, in a worker that of the portal. It would count an activity in Jayapura at 00.30 on
the day before.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import DateField, DateTimeField, F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from apps.wilayah.models import Bapas, Zona

# ── In Python ──────────────────────────────────────────────────────────────────────────────────────


def today(user) -> date:
    """Today on the calendar of the user's unit."""
    return timezone.localdate(timezone=clock_of(user))


def clock_of(user) -> ZoneInfo:
    """The time zone of the user's unit; without a unit the current zone."""
    duty = getattr(user, "penugasan", None)
    return ZoneInfo(duty.zona_waktu if duty else timezone.get_current_timezone_name())


def today_at(unit) -> date:
    """Today at an office or another unit, for any user: partners and headquarters look at several offices."""
    return day_at(unit, timezone.now())


def day_at(unit, moment: datetime) -> date:
    """The date of `moment` on the calendar of a unit."""
    return timezone.localdate(moment, timezone=ZoneInfo(unit.zona_waktu))


# ── In a query ─────────────────────────────────────────────────────────────────────────────────────


def office_day(moment: str, *, office: str = "bapas") -> Cast:
    """Expression: the date of the column `moment` in the zone of the Bapas at the lookup path `office`."""
    return day_in(F(f"{office}__zona_waktu"), F(moment))


def day_in(zone, moment) -> Cast:
    """Expression: the date of `moment` in `zone`, both expressions."""
    return Cast(Func(zone, moment, function="timezone", output_field=DateTimeField()), DateField())


def today_in(zone, now=None) -> Cast:
    """Expression: today's date in `zone`; `now` is the present moment where a statement takes it as a value."""
    return day_in(zone, Value(timezone.now()) if now is None else now)


def on_days(moment: str, *, since: date | None = None, until: date | None = None, office: str = "bapas") -> Q:
    """Rows whose `moment` lies on a day from `since` up to and including `until`, in the zone of the row's office.

    One plain range per zone and its offices: no join, no function per row. The widest range of all zones is added so
    that PostgreSQL can use an index on `moment`.
    """
    bounds = [(f"{moment}__gte", since), (f"{moment}__lt", until and until + timedelta(days=1))]
    asked = [(lookup, day) for lookup, day in bounds if day]
    widest = {lookup: (min if lookup.endswith("gte") else max)(midnights(day)) for lookup, day in asked}
    rows = Q()
    for zone in Zona.values:
        there = {f"{office}__in": Bapas.objects.filter(zona_waktu=zone).values("pk")}
        rows |= Q(**there, **{lookup: midnight(day, zone) for lookup, day in asked})
    return Q(**widest) & rows if asked else Q()


def midnight(day: date, zone: str) -> datetime:
    """The moment when `day` begins in `zone`."""
    return datetime.combine(day, time.min, ZoneInfo(zone))


def first_moment(day: date) -> datetime:
    """The moment when `day` begins somewhere in Indonesia."""
    return min(midnights(day))


def midnights(day: date) -> set[datetime]:
    """The moments when `day` begins in the zones of Indonesia."""
    return {midnight(day, zone) for zone in Zona.values}
