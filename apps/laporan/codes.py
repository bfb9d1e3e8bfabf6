"""The code on a report, by which anyone finds it again."""

import secrets

from django.conf import settings
from django.urls import reverse

from apps.laporan.models import Laporan

ALPHABET = "234679ACDEFGHJKLMNPQRTUVWXYZ"  # nothing that is read as something else: no 0 O 1 I 5 S 8 B


def new_code() -> str:
    """Twelve letters and digits that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def spaced(kode: str) -> str:
    """7K3MQ9TX2F4A → 7K3M-Q9TX-2F4A"""
    return "-".join(kode[start : start + 4] for start in range(0, len(kode), 4))


def verify_url(laporan: Laporan) -> str:
    """The public page about this report, as its QR code says it."""
    return settings.PORTAL_URL + reverse("laporan:verify", args=[laporan.kode])
