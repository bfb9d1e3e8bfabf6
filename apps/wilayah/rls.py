"""Migration operations for what PostgreSQL enforces on a table (row-level security, grants, triggers). The policies
contain no business rule; they compare ids."""

from django.conf import settings
from django.db import migrations

INTERNAL = "bapas_id = ANY (NULLIF(current_setting('app.scope', true), '')::bigint[])"
SHARED = f"({INTERNAL} OR mitra_id = NULLIF(current_setting('app.mitra', true), '')::bigint)"


def _policy(table: str, rule: str):
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY scope ON {table} USING ({rule}) WITH CHECK ({rule});",
        f"DROP POLICY scope ON {table};ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;",
    )


def protect(table: str):
    """Hide rows of other offices (policy *internal*)."""
    return _policy(table, INTERNAL)


def protect_shared(table: str):
    """Hide rows of other offices, but show a partner the rows addressed to it (policy *shared*)."""
    return _policy(table, SHARED)


def append_only(table: str):
    """Revoke UPDATE and DELETE from the web role: rows stay as they were written."""
    role = settings.DATABASE_WEB_ROLE
    return migrations.RunSQL(
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role};",
        f"GRANT UPDATE, DELETE ON {table} TO {role};",
    )


def track(table: str):
    """Store old and new values of every changed row, also of bulk and raw SQL, in `jejak_perubahan`."""
    return migrations.RunSQL(
        f"CREATE TRIGGER keep_history AFTER UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION portal_keep_history();",
        f"DROP TRIGGER keep_history ON {table};",
    )
