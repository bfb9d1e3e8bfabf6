"""On which day a moment lies: the day of an office or another unit, whoever asks and wherever the code runs.

In Python `today`, `today_at`, `day_at`; in a query `office_day`, `on_days`. Django's `__date` converts with the zone of
the moment: that of the reader in a request, that of the portal in a worker. An activity in Jayapura at 00.30 is then
counted on the day before.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import DateField, DateTimeField, F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from apps.wilayah.models import Bapas, Zona

# ── In Python ──────────────────────────────────────────────────────────────────────────────────────


def today(user) -> date:
    """Today on the calendar of the unit that `user` works for."""
    return timezone.localdate(timezone=clock_of(user))


def clock_of(user) -> ZoneInfo:
    """The zone of the unit that `user` works for; a stranger has the zone of the portal."""
    duty = getattr(user, "penugasan", None)
    return ZoneInfo(duty.zona_waktu if duty else timezone.get_current_timezone_name())


def today_at(unit) -> date:
    """Today at an office or another unit, whoever asks: partners and headquarters look at several."""
    return day_at(unit, timezone.now())


def day_at(unit, moment: datetime) -> date:
    """The date of `moment` on the calendar of a unit."""
    return timezone.localdate(moment, timezone=ZoneInfo(unit.zona_waktu))


# ── In a query ─────────────────────────────────────────────────────────────────────────────────────


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

    A plain range per zone, its offices asked for once: no join, no function per row. The range of all zones stands
    beside them, because an index on `moment` is read by it.
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
    """When `day` begins there."""
    return datetime.combine(day, time.min, ZoneInfo(zone))


def midnights(day: date) -> set[datetime]:
    """When `day` begins in each of the zones of Indonesia."""
    return {midnight(day, zone) for zone in Zona.values}
