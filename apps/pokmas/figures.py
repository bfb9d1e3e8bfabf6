"""Figures about community groups."""

from collections.abc import Collection

from django.db.models import Count

from apps.pokmas.models import Pokmas


def active_per_office(offices: Collection[int]) -> dict[int, int]:
    """Bapas id → active Pokmas."""
    rows = Pokmas.objects.filter(bapas_id__in=offices, status=Pokmas.Status.AKTIF)
    return dict(rows.values_list("bapas_id").annotate(Count("pk")).order_by())
