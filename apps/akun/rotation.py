"""Encrypts secrets of authenticator apps and recovery codes again, with the first key of the ring."""

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

from apps.dasar.locks import lock_all

SECRETS = ("secret", "seed")
"""Names under which allauth stores what it has encrypted, by kind of authenticator."""


def pending() -> int:
    """Authenticators that only an older key opens."""
    return sum(bool(_outdated(row.data)) for row in Authenticator.objects.all())


@transaction.atomic
def rotate() -> int:
    """Encrypt them with the first key. Returns how many."""
    ring, changed = MultiFernet([Fernet(key) for key in settings.FIELD_KEYS]), 0
    for row in lock_all(Authenticator.objects.all()):
        outdated = _outdated(row.data)
        if outdated:
            row.data |= {name: ring.rotate(row.data[name].encode()).decode() for name in outdated}
            row.save(update_fields=["data"])
            changed += 1
    return changed


def _outdated(data: dict) -> list[str]:
    first = Fernet(settings.FIELD_KEYS[0])
    return [name for name in SECRETS if name in data and not _opens(first, data[name])]


def _opens(key: Fernet, token: str) -> bool:
    try:
        key.decrypt(token.encode())
    except InvalidToken:
        return False
    return True
