"""The code printed on a report, by which anyone finds it again."""

from django.conf import settings
from django.urls import reverse

from apps.dasar.codes import readable_code
from apps.laporan.models import Laporan


def new_code() -> str:
    """Twelve letters and digits that nobody can guess."""
    return readable_code(12)


def spaced(kode: str) -> str:
    """7K3MQ9TX2F4A → 7K3M-Q9TX-2F4A"""
    return "-".join(kode[start : start + 4] for start in range(0, len(kode), 4))


def verify_url(laporan: Laporan) -> str:
    """The address of the public page about this report, as in its QR code."""
    return settings.PORTAL_URL + reverse("laporan:verify", args=[laporan.kode])
