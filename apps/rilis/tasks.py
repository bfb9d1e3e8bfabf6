"""Celery tasks; every task is safe to run twice."""

from celery import shared_task

from apps.rilis import releasing


@shared_task
def release_due() -> None:
    """Release what is closed by now. It runs every ten minutes, so a worker that was away catches up."""
    releasing.release_due()
