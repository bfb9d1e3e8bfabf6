"""Figures about activities. Sums per Bapas; the caller masks small counts."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count

from apps.kegiatan.models import Kegiatan
from apps.wilayah.days import on_days


def held_per_office(offices: Collection[int], *, since: date, until: date) -> dict[int, int]:
    """Bapas id → closed activities that began from `since` up to and including `until`."""
    rows = Kegiatan.objects.filter(
        on_days("mulai", since=since, until=until), bapas_id__in=offices, status=Kegiatan.Status.SELESAI
    )
    return dict(rows.order_by().values_list("bapas_id").annotate(Count("pk")))
