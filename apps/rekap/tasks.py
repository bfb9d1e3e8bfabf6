"""Celery tasks; every task is safe to run twice."""

from celery import shared_task

from apps.rekap import keeping
from apps.wilayah.scope import database_scope, nation_scope


@shared_task
def merge() -> None:
    """Bring the sums of all offices up to date. Numbers are exact without it; it keeps reading them cheap."""
    everything = nation_scope()
    with database_scope(everything):
        keeping.merge(everything.bapas)
