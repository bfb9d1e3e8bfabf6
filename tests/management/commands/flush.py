"""What empties the database after a test that committed. Django's own gives every table and index a new file."""

from django.core.management.commands import flush
from django.db import connections, transaction

KEPT = {"django_content_type", "auth_permission"}
"""Django's own `flush` makes these rows again, the same each time; nothing else writes them."""


class Command(flush.Command):
    """Deletes the rows of those tables that hold any, and leaves sequences and `KEPT` alone.

    The locks wait for every transaction that still writes. Triggers rest meanwhile: no history, and no foreign key to
    check when all rows go. The role of the tests may do that (`embedded.checks`).
    """

    def handle(self, *, database, **options):
        connection = connections[database]
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        tables = [connection.ops.quote_name(name) for name in names if name not in KEPT]
        with transaction.atomic(using=database), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")
            cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables))
            filled = [name for (name,) in cursor.fetchall()]
            deletions = [f"DELETE FROM {name}" for name in filled]
            cursor.execute(";".join(["SET LOCAL session_replication_role = replica", *deletions]))
