"""Celery tasks; every task is safe to run twice."""

from celery import shared_task

from apps.jejak import jobs
from apps.laporan import making
from apps.laporan.models import Laporan, Pengesahan


@shared_task
def make_report(laporan_id: int) -> None:
    making.run(laporan_id)


@shared_task
def make_edition(pengesahan_id: int) -> None:
    making.run_edition(pengesahan_id)


@shared_task
def reap_stalled() -> None:
    """Send waiting and stalled jobs to a worker again."""
    for pk in jobs.reap_stalled(Laporan, making.STOPPED):
        make_report.delay(pk)
    for pk in jobs.reap_stalled(Pengesahan, making.STOPPED):
        make_edition.delay(pk)
