"""The day at the offices that the factories make: in WITA it is tomorrow in the last hour of headquarters."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def office_today() -> dt.date:
    """Inside `timezone.override` it is the day of that zone."""
    chosen = timezone.get_current_timezone_name() != settings.TIME_ZONE
    return timezone.localdate(timezone=None if chosen else ZoneInfo("Asia/Makassar"))
