"""Hours are counted in halves, in Python and in PostgreSQL."""

import datetime as dt
from decimal import Decimal

from django.db.models import F, Value
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

HALF_HOUR = Decimal("0.5")


def in_halves(field: str) -> Exact:
    """Condition of a constraint: `field` holds whole or half hours."""
    return Exact(Mod(F(field), Value(HALF_HOUR)), Value(Decimal(0)))


def lasting(begin: dt.time, end: dt.time, pause: Decimal = Decimal(0)) -> Decimal:
    """Hours between two times of one day without the pause, rounded down to halves."""
    minutes = (end.hour * 60 + end.minute) - (begin.hour * 60 + begin.minute)
    return Decimal(max(minutes - int(pause * 60), 0) // 30) * HALF_HOUR
