"""Celery tasks; every task is safe to run twice."""

from celery import shared_task

from apps.jejak import seals


@shared_task
def seal() -> None:
    """Runs every hour: seals the days that are closed, also those that were missed."""
    for _ in seals.seal():
        pass
