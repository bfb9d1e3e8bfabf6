"""Celery tasks; every task is safe to run twice."""

from celery import shared_task

from apps.jejak import jobs
from apps.unduhan import clearing, making
from apps.unduhan.models import Unduhan


@shared_task
def make_file(unduhan_id: int) -> None:
    making.run(unduhan_id)


@shared_task
def look_after() -> None:
    """Send waiting and stalled jobs to a worker again, and delete what is outdated."""
    for pk in jobs.reap_stalled(Unduhan, making.STOPPED):
        make_file.delay(pk)
    clearing.delete_outdated()
