"""Celery tasks; every task is safe to run twice."""

from celery import shared_task

from apps.klien import services
from apps.wilayah.scope import database_scope, nation_scope


@shared_task
def remove_outdated_drafts() -> None:
    """Runs once a day, in the scope of all offices; it reads no content, only dates."""
    with database_scope(nation_scope()):
        services.remove_outdated()
