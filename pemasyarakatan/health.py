"""What proxies ask: whether this process can serve (`/sehat/`), and who may send much (`/kiriman-besar/`)."""

from django.conf import settings
from django.db import Error, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from apps.akun.access import public


@public("tells only whether the database answers")
@require_safe
def healthy(request):
    """200 while the database answers. The broker is not asked: without it pages answer, and background jobs wait."""
    answers = _database()
    return JsonResponse({"basis_data": answers}, status=200 if answers else 503)


@public("tells only whether the own session is signed in")
@require_safe
def may_send_much(request):
    """204 for somebody who is signed in, else the log-in: the proxy asks before it keeps a large body in its memory."""
    return HttpResponse(status=204) if request.user.is_authenticated else redirect(settings.LOGIN_URL)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except Error:
        return False
