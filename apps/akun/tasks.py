"""Celery tasks; every task is safe to run twice."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from apps.akun import limits, mailing

ATTEMPTS_KEPT = timedelta(days=90)
"""How long a failed log-in is kept with its address (own rule; `templates/umum/privasi.html` says so)."""


@shared_task
def send_mail(surat_id: int) -> None:
    mailing.send(surat_id)


@shared_task
def send_waiting_mails() -> None:
    """Send mails that no worker has got yet, and those that the mail server did not take."""
    for pk in mailing.due():
        send_mail.delay(pk)


@shared_task
def remove_outdated() -> None:
    """Runs once a day: sessions that ended, and attempts that no longer count or lie long back."""
    call_command("clearsessions")
    limits.remove_outdated()
    for attempts in (AccessAttempt, AccessFailureLog, AccessLog):
        attempts.objects.filter(attempt_time__lt=timezone.now() - ATTEMPTS_KEPT).delete()
