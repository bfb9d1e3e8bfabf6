"""Celery tasks; every task is safe to run twice."""

from celery import shared_task

from apps.dasar.media import MediaFiles
from apps.klien import scans, services
from apps.wilayah.scope import database_scope, nation_scope


@shared_task
def remove_outdated_drafts() -> None:
    """Runs once a day, in the scope of all offices; it reads no content, only dates."""
    with database_scope(nation_scope()):
        services.remove_outdated()


@shared_task
def scan_uploads() -> None:
    """Have the virus scanner read what waits for it."""
    scans.scan_waiting()


@shared_task
def remove_forgotten_files() -> None:
    """Delete what processes that were killed had begun to write."""
    MediaFiles().remove_forgotten()
