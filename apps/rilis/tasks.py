"""Celery tasks; every task is safe to run twice."""

from celery import shared_task

from apps.dasar.queue import enqueue
from apps.rilis import releasing


@shared_task
def release_due() -> None:
    """Release one period that is closed by now; the next one is a task of its own, so that other work gets its turn. It
    runs every ten minutes besides, so a worker that was away catches up."""
    if releasing.release_due(most=1):
        enqueue(release_due)
