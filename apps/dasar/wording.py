"""How the portal writes money, numbers, dates and times in Bahasa Indonesia.

Pages, spreadsheets and PDF documents use the same functions, so a figure looks the same everywhere.
"""

import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format


def grouped(value, decimals=0):
    """1234.5 → "1.234,5": a dot between thousands, a comma before decimals."""
    step = Decimal(1).scaleb(-decimals)
    text = f"{Decimal(value).quantize(step, rounding=ROUND_HALF_UP):,f}"
    return text.translate(str.maketrans(",.", ".,"))


def rupiah(value):
    """Rp1.234.567 – without a space, as the writing guide asks; decimals only when there are cents."""
    if value is None:
        return "–"
    amount = abs(Decimal(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    sign = "-" if Decimal(value) < 0 else ""
    return f"{sign}Rp{grouped(amount, 2 if amount % 1 else 0)}"


def angka(value, decimals=0):
    """1.234 – a dash for "no value", which is not the same as zero."""
    return "–" if value is None else grouped(value, decimals)


def persen(value, decimals=0):
    """A share between 0 and 1 as "74%"."""
    return "–" if value is None else f"{grouped(Decimal(value) * 100, decimals)}%"


def tanggal(value, place=None):
    """21 November 2026 – of a moment, the day where `place` is."""
    return _spelled(_day(value, place), "j F Y") if value else "–"


def hari_tanggal(value, place=None):
    """Sabtu, 21 November 2026."""
    return _spelled(_day(value, place), "l, j F Y") if value else "–"


def zona(place, at=None):
    """The suffix people read: WIB, WITA or WIT."""
    return (at or timezone.now()).astimezone(_zone(place)).tzname()


def jam_unit(value, place=None):
    """14.05 WITA – a moment in the time zone of the unit where it happened."""
    if not value:
        return "–"
    moment = value.astimezone(_zone(place))
    return f"{date_format(moment, 'H.i')} {moment.tzname()}"


def waktu_unit(value, place=None):
    """21 November 2026, 14.05 WITA."""
    return moment_in_words(on_clock(value, place)) if value else "–"


def on_clock(value, place=None):
    """A moment in the time zone of the unit where it happened; `moment_in_words` prints it, a workbook keeps it."""
    return value.astimezone(_zone(place)) if value else None


def on_reader_clock(moment, zone=None):
    """A moment in UTC, as the database gives it, moves to the reader's `zone`; one in another zone keeps its own."""
    return moment if moment.utcoffset() else moment.astimezone(zone or timezone.get_current_timezone())


def moment_in_words(moment):
    """21 November 2026, 14.05 WITA – in the time zone that the moment has."""
    return f"{date_format(moment, 'j F Y, H.i')} {moment.tzname()}"


def _zone(place):
    """`place` is a unit with a `zona_waktu`, the name of a zone, or nothing (the zone of the reader's unit)."""
    name = place if isinstance(place, str) else getattr(place, "zona_waktu", None)
    return ZoneInfo(name or timezone.get_current_timezone_name())


def _day(value, place):
    """A moment becomes a date where `place` is; a date has no zone and stays as it is."""
    if not isinstance(value, datetime.datetime):
        return value
    return (value.astimezone(_zone(place)) if timezone.is_aware(value) else value).date()


@lru_cache(maxsize=4096)
def _spelled(day, pattern):
    """A day in words. A page prints the same few days many times, always in the one language of the portal."""
    return date_format(day, pattern)
