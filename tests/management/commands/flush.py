"""What empties the database after a test that committed. Django's own gives every table and index a new file."""

import time

from django.core.management import CommandError
from django.core.management.commands import flush
from django.db import OperationalError, connections, transaction
from psycopg2.errors import LockNotAvailable

ATTEMPTS, PAUSE = 1_500, 0.02  # seconds
KEPT = {"django_content_type", "auth_permission"}
"""Django's own `flush` makes these rows again, the same each time; nothing else writes them."""


class Command(flush.Command):
    """Deletes the rows of those tables that hold any, and leaves sequences and `KEPT` alone.

    It waits for every transaction that still writes, and holds no lock meanwhile: the other one may need a table that
    it would hold. Triggers rest while it works: no history, and no foreign key to check when all rows go.
    The role of the tests may do that (`embedded.checks`).
    """

    def handle(self, *, database, **options):
        connection = connections[database]
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        tables = [connection.ops.quote_name(name) for name in names if name not in KEPT]
        for _ in range(ATTEMPTS):
            try:
                return self._empty(connection, tables)
            except OperationalError as busy:
                if not isinstance(busy.__cause__, LockNotAvailable):
                    raise
            time.sleep(PAUSE)
        raise CommandError("Somebody has been writing for half a minute.")

    def _empty(self, connection, tables):
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE NOWAIT")
            cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables))
            filled = [name for (name,) in cursor.fetchall()]
            deletions = [f"DELETE FROM {name}" for name in filled]
            cursor.execute(";".join(["SET LOCAL session_replication_role = replica", *deletions]))
