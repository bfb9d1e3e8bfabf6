"""One request = one transaction = one jurisdiction, template rendering included."""

from django.db import transaction

from apps.wilayah.scope import NOTHING, database_scope


class ScopeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        scope = request.user.scope if request.user.is_authenticated else NOTHING
        with database_scope(scope):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response
