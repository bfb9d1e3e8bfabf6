"""Releases for tests: everything up to today, as if its day, month, quarter and year were closed."""

import datetime as dt

from django.utils import timezone

from apps.acuan.calendar import months_later
from apps.rilis.models import Masa, Rilis
from apps.rilis.releasing import release
from tests.clock import office_today


def publish(*days: dt.date) -> None:
    """Release anew the state of today and of `days`, and the months, quarters and years that they and the month before
    today lie in."""
    Rilis.objects.all().delete()
    today = office_today()
    for day in {today, timezone.localdate(), *days}:
        release(Masa.HARI, day)
    for month in {today.replace(day=1), months_later(today.replace(day=1), -1), *(day.replace(day=1) for day in days)}:
        release(Masa.BULAN, month)
        release(Masa.TRIWULAN, month.replace(month=(month.month - 1) // 3 * 3 + 1))
        release(Masa.TAHUN, month.replace(month=1))
