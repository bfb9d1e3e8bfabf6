"""What all views of the JSON API share: scope, verbs, errors. `authentication.py` checks the token."""

from django.utils import timezone
from rest_framework import serializers, status, viewsets
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler

from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.wilayah.scope import set_scope


class ScopedViewSet(viewsets.GenericViewSet):
    """Deny by default: an action without a verb in `verbs` is refused to everybody."""

    verbs: dict[str, str] = {}
    answers: dict[str, dict[int, tuple[type[serializers.BaseSerializer], ...]]] = {}
    """Per action: status and serializers of a good answer, where they are not those of the request (`api_schema`)."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        verb = self.verbs.get(self.action or "")
        if verb is None or not may(request.user, verb):
            self.permission_denied(request)
        set_scope(request.user.scope)
        timezone.activate(request.user.penugasan.zona_waktu)  # reset by the middleware, which ran before the token

    def get_queryset(self):
        return super().get_queryset().visible_to(self.request.user)


def exception_handler(exc, context):
    """A broken rule answers 409 with its sentence; the rest is DRF's."""
    if isinstance(exc, Refused):
        return Response({"detail": str(exc)}, status=status.HTTP_409_CONFLICT)
    return default_handler(exc, context)
