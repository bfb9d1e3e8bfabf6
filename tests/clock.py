"""The day at the offices that the factories make: in WITA it is tomorrow in the last hour of headquarters."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone


def office_today() -> dt.date:
    return timezone.localdate(timezone=ZoneInfo("Asia/Makassar"))
