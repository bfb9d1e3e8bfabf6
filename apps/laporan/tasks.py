"""What the worker does; every task is safe to run twice."""

from celery import shared_task


@shared_task
def make_report(laporan_id: int) -> None:
    from apps.laporan import services

    services.run(laporan_id)


@shared_task
def make_edition(pengesahan_id: int) -> None:
    from apps.laporan import services

    services.run_edition(pengesahan_id)


@shared_task
def reap_stalled() -> None:
    from apps.laporan import services

    services.reap_stalled()
