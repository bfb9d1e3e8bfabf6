"""Handing work to a worker."""

from django.db import transaction


def enqueue(task, *ids: int) -> None:
    """Send the task to a worker after commit. If the broker is away, beat finds the waiting row later."""
    transaction.on_commit(lambda: task.apply_async(ids, retry=False), robust=True)
