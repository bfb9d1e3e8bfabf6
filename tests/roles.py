"""Two kinds of test run: as a role that PostgreSQL trusts (the ORM filter must hold alone) and as the web role."""

from contextlib import contextmanager

from django.conf import settings
from django.db import connection

web_role = {"on": False}


@contextmanager
def as_web_role():
    """Everything inside is subject to row-level security, as in production."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {settings.DATABASE_WEB_ROLE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


class AsWebRole:
    """Outermost middleware of the tests."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not web_role["on"]:
            return self.get_response(request)
        with as_web_role():
            return self.get_response(request)
