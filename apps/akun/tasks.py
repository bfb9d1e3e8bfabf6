"""Celery tasks; every task is safe to run twice."""

from celery import shared_task
from django.core.management import call_command

from apps.akun import limits


@shared_task
def remove_outdated() -> None:
    """Runs once a day: sessions that ended, and attempts that no longer count."""
    call_command("clearsessions")
    limits.remove_outdated()
