"""Who makes an API request. Not part of `api.py`, because DRF's views import this module while they are loaded."""

import hashlib

from django.contrib.auth.models import AnonymousUser
from rest_framework import authentication, exceptions

from apps.akun.models import UNITS, TokenApi
from apps.wilayah.scope import NOTHING


def fingerprint(key: str) -> str:
    """What the database keeps of a token: SHA-256, 64 hex digits."""
    return hashlib.sha256(key.encode()).hexdigest()


class Nobody(AnonymousUser):
    """A caller without a token: no assignment, no rows. The API schema is generated for this user."""

    penugasan = None
    scope = NOTHING


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token …`. A token acts under the assignment that it was made for, and ends with it."""

    def authenticate_credentials(self, key):
        token = (
            TokenApi.objects.select_related("pengguna", *(f"penugasan__{unit}" for unit in UNITS))
            .filter(sidik=fingerprint(key), pengguna__is_active=True)
            .first()
        )
        if token is None or token.kedaluwarsa < token.penugasan.hari_ini or not token.penugasan.in_force():
            raise exceptions.AuthenticationFailed("Token tidak berlaku.")
        token.pengguna.penugasan_aktif = token.penugasan
        return token.pengguna, token
