"""Figures about community service. Sums per Bapas; the caller masks small counts."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum

from apps.kerja_sosial.models import JamKerja, KerjaSosial


def running_per_office(offices: Collection[int], *, day: date) -> dict[int, int]:
    """Bapas id → sentences that ran at the end of `day`."""
    goes_on = Q(ditutup=None) | Q(ditutup__gt=day)
    rows = KerjaSosial.objects.filter(goes_on, bapas_id__in=offices, mulai__lte=day)
    return dict(rows.order_by().values_list("bapas_id").annotate(Count("pk")))


def hours_worked(offices: Collection[int], *, since: date, until: date) -> dict[int, Decimal]:
    """Bapas id → hours worked that count, from `since` up to and including `until`, confirmed or not."""
    rows = JamKerja.objects.counted().filter(bapas_id__in=offices, tanggal__range=(since, until))
    return dict(rows.order_by().values_list("bapas_id").annotate(n=Sum("jam")))
