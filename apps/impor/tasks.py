"""What the worker does; every task is safe to run twice."""

from celery import shared_task

from apps.impor import working


@shared_task
def work(bapas_id: int, impor_id: int) -> None:
    working.work(bapas_id, impor_id)


@shared_task
def look_after() -> None:
    """Send stalled imports to a worker again, and delete what is old."""
    for ids in working.reap_stalled():
        work.delay(*ids)
    working.purge()
