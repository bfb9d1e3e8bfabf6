"""What the worker does; every task is safe to run twice."""

from celery import shared_task


@shared_task
def work(bapas_id: int, impor_id: int) -> None:
    from apps.impor import services

    services.work(bapas_id, impor_id)


@shared_task
def look_after() -> None:
    from apps.impor import services

    services.reap_stalled()
    services.purge()
