"""The JSON API's doors: token, scope, verbs, errors."""

import hashlib

from django.utils import timezone
from rest_framework import authentication, exceptions, status, viewsets
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler

from apps.akun.models import TokenApi
from apps.akun.roles import may
from apps.wilayah.errors import Refused
from apps.wilayah.scope import enter


def fingerprint(key: str) -> str:
    """What the database keeps of a token: SHA-256, 64 hex digits."""
    return hashlib.sha256(key.encode()).hexdigest()


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token …`. A token acts under the assignment that it was made for, and ends with it."""

    def authenticate_credentials(self, key):
        token = (
            TokenApi.objects.select_related("pengguna", "penugasan__bapas", "penugasan__kanwil", "penugasan__mitra")
            .filter(sidik=fingerprint(key), kedaluwarsa__gte=timezone.localdate(), pengguna__is_active=True)
            .first()
        )
        if token is None or not token.penugasan.in_force():
            raise exceptions.AuthenticationFailed("Token tidak berlaku.")
        token.pengguna.penugasan_aktif = token.penugasan
        return token.pengguna, token


class ScopedViewSet(viewsets.GenericViewSet):
    """Deny by default: an action without a verb in `verbs` does not exist for anyone."""

    verbs: dict[str, str] = {}

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        verb = self.verbs.get(self.action or "")
        if verb is None or not may(request.user, verb):
            self.permission_denied(request)
        enter(request.user.scope)

    def get_queryset(self):
        return super().get_queryset().visible_to(self.request.user)


def exception_handler(exc, context):
    """A broken rule answers 409 with its sentence; the rest is DRF's."""
    if isinstance(exc, Refused):
        return Response({"detail": str(exc)}, status=status.HTTP_409_CONFLICT)
    return default_handler(exc, context)
