"""`/sehat/`: whether this process can serve, for load balancers and compose health checks."""

import redis
from django.conf import settings
from django.db import Error, connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from apps.akun.access import public


@public("tells only whether database and broker answer")
@require_safe
def healthy(request):
    """200 while the database answers. Without the broker only background jobs wait; guidance can still be logged."""
    state = {"basis_data": _database(), "perantara": _broker()}
    return JsonResponse(state, status=200 if state["basis_data"] else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except Error:
        return False


def _broker() -> bool:
    try:
        return bool(redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2).ping())
    except redis.RedisError:
        return False
