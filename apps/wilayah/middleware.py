"""One request = one transaction = one jurisdiction = one time zone, template rendering included."""

from django.conf import settings
from django.db import Error, transaction
from django.utils import timezone

from apps.dasar.again import Collision, collided
from apps.dasar.errors import Refused
from apps.dasar.pages import page
from apps.wilayah.scope import NOTHING, Scope, database_scope


class ScopeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == settings.HEALTH_PATH:
            return self.get_response(request)  # must answer even when the database cannot open a transaction
        try:
            with timezone.override(_clock(request.user)), database_scope(_scope(request.user), in_a_request=True):
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                return response
        except Error as error:  # at the commit
            if not collided(error):
                raise
            return Collision(request, error)

    def process_exception(self, request, exception):
        """Answer a `Refused` that no view handled: 409 with its sentence, and roll back the transaction.

        A transaction that collided with another one is left to `AgainMiddleware`.
        """
        if collided(exception):
            transaction.set_rollback(True)
            return Collision(request, exception)
        if not isinstance(exception, Refused):
            return None
        transaction.set_rollback(True)
        return page(request, "409.html", {"penolakan": exception, "url_kembali": "/"}, status=409)


def _clock(user) -> str | None:
    """The time zone of the user's unit, because "today" is the day of that office. None: the zone of the portal."""
    duty = user.penugasan_aktif if user.is_authenticated else None
    return duty.zona_waktu if duty else None


def _scope(user) -> Scope:
    return user.scope if user.is_authenticated else NOTHING
