"""Every mail of the portal is sent by a program and comes from the portal's own domain; its head says so."""

from collections.abc import Sequence
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Adds two lines to the head of each mail and hands it to the backend that EMAIL_URL names.

    `Auto-Submitted` (RFC 3834) keeps answers of absent people away. `Message-ID` carries the domain of PORTAL_URL;
    Django would write the name of the machine, in a container a random one, which spam filters count.
    """

    def __init__(self, fail_silently: bool = False, **options) -> None:
        super().__init__(fail_silently=fail_silently)
        self.carrier = get_connection(settings.MAIL_CARRIER, fail_silently=fail_silently, **options)

    def open(self):
        return self.carrier.open()

    def close(self):
        return self.carrier.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """The number of mails that were sent."""
        domain = urlsplit(settings.PORTAL_URL).hostname
        for mail in email_messages:
            mail.extra_headers = {
                "Auto-Submitted": "auto-generated",
                "Message-ID": make_msgid(domain=domain),
                **mail.extra_headers,
            }
        return self.carrier.send_messages(email_messages)
