"""Migration operations for what PostgreSQL enforces on a table (row-level security, grants, triggers). The policies
contain no business rule; they compare ids.

A rule is an OR over the keys that a row carries. Each key is compared with one setting of the transaction (`scope.py`
writes them). The setting stands in a sub-select: PostgreSQL works it out once per statement, and not once per row.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db import migrations
from django.db.migrations.operations.base import Operation

OFFICE = "bapas_id = ANY ((SELECT NULLIF(current_setting('app.scope', true), '')::bigint[])::bigint[])"
PARTNER = "mitra_id = (SELECT NULLIF(current_setting('app.mitra', true), '')::bigint)"
REGION = "kanwil_id = (SELECT NULLIF(current_setting('app.kanwil', true), '')::bigint)"
NATION = "(SELECT current_setting('app.nasional', true) = 'ya')"
TICKET = "tiket = (SELECT NULLIF(current_setting('app.tiket', true), ''))"

# The kinds of rows (docs/keputusan/0032-jenis-dinding.md). A table has one.
INTERNAL = OFFICE
SHARED = f"({OFFICE} OR {PARTNER})"
UNIT = f"({OFFICE} OR {REGION} OR {NATION})"
UNIT_SHARED = f"({OFFICE} OR {REGION} OR {NATION} OR {PARTNER})"
DESK = f"({OFFICE} OR {REGION} OR {NATION} OR {TICKET})"


def protect(table: str, rule: str = INTERNAL):
    """Hide the rows of `table` from whoever holds none of the keys of `rule`: one of the kinds above."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY scope ON {table} USING ({rule}) WITH CHECK ({rule});",
        f"DROP POLICY scope ON {table};ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;",
    )


def protect_shared(table: str):
    """Hide rows of other offices, but show a partner the rows addressed to it."""
    return protect(table, SHARED)


class SeeingAllRows(migrations.SeparateDatabaseAndState):
    """Run `operations` while the owner sees every row of `tables`. Use it for whatever reads rows that are there
    already: a foreign key that is added or validated, a backfill.

    Under FORCE the owner sees only its scope, which is empty in a migration, and PostgreSQL checks a new foreign key
    with the owner's eyes. Orphans that it does not see pass, and the key counts as valid; a parent that it does not see
    counts as missing. Name the table that refers and the one referred to; for a backfill of a tracked table also
    `jejak_perubahan`. All are locked until the migration commits.
    """

    def __init__(self, tables: Sequence[str], operations: Sequence[Operation]):
        super().__init__(database_operations=operations, state_operations=operations)
        self.tables, self.operations = tables, operations

    def deconstruct(self):
        return type(self).__name__, [self.tables, self.operations], {}

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._force(schema_editor, "NO FORCE")
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        self._settle(schema_editor)
        self._force(schema_editor, "FORCE")

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._force(schema_editor, "NO FORCE")
        super().database_backwards(app_label, schema_editor, from_state, to_state)
        self._settle(schema_editor)
        self._force(schema_editor, "FORCE")

    def _settle(self, schema_editor):
        """Do now what Django or PostgreSQL would leave for the end of the migration."""
        for statement in schema_editor.deferred_sql:
            schema_editor.execute(statement, None)
        schema_editor.deferred_sql.clear()
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def _force(self, schema_editor, mode: str):
        for table in self.tables:
            schema_editor.execute(f"ALTER TABLE {table} {mode} ROW LEVEL SECURITY")

    def describe(self):
        return f"Melihat semua baris {', '.join(self.tables)}"


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


def stamp(table: str):
    """Time and person of a row of the trail come from PostgreSQL: `portal_stamp` (jejak/migrations/0006_stamp) sets
    the time and refuses another person than the one of the open scope. The owner is exempt: sample data has a past.

    The web role names no id either. It may fill the columns that the table has now: say `stamp` again after a column
    was added.
    """
    return migrations.RunSQL(
        f"CREATE OR REPLACE TRIGGER stamp BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION portal_stamp();"
        + _ALL_BUT_THE_ID.format(table=table, role=settings.DATABASE_WEB_ROLE),
        f"DROP TRIGGER IF EXISTS stamp ON {table}; GRANT INSERT ON {table} TO {settings.DATABASE_WEB_ROLE};",
    )


_ALL_BUT_THE_ID = """
DO $$ BEGIN EXECUTE (
  SELECT format('REVOKE INSERT ON {table} FROM {role}; GRANT INSERT (%s) ON {table} TO {role}',
                string_agg(quote_ident(attname), ', '))
  FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'id'
); END $$;
"""
