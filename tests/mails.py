"""What people get by mail once a worker has sent what waits."""

from django.core import mail

from apps.akun import mailing
from apps.akun.models import Surat


def delivered() -> list:
    """All mails of this test so far, the oldest first."""
    for pk in Surat.objects.order_by("pk").values_list("pk", flat=True):
        mailing.send(pk)
    return mail.outbox
