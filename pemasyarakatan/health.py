"""`/sehat/`: whether this process can serve, for load balancers and compose health checks."""

from django.db import Error, connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from apps.akun.access import public


@public("tells only whether the database answers")
@require_safe
def healthy(request):
    """200 while the database answers. The broker is not asked: without it pages answer, and background jobs wait."""
    answers = _database()
    return JsonResponse({"basis_data": answers}, status=200 if answers else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except Error:
        return False
