"""One request = one transaction = one jurisdiction, template rendering included."""

from django.conf import settings
from django.db import transaction

from apps.wilayah.errors import Refused
from apps.wilayah.scope import NOTHING, database_scope
from pemasyarakatan.pages import page


class ScopeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == settings.HEALTH_PATH:
            return self.get_response(request)  # it has to answer when the database cannot open a transaction
        scope = request.user.scope if request.user.is_authenticated else NOTHING
        with database_scope(scope):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    def process_exception(self, request, exception):
        """A broken rule that no page of its own speaks of: the sentence, and nothing is kept."""
        if not isinstance(exception, Refused):
            return None
        transaction.set_rollback(True)
        return page(request, "409.html", {"refusal": exception, "url_kembali": "/"}, status=409)
