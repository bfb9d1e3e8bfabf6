"""Migration operations of the recap."""

from django.db import migrations

from apps.rekap import keeping
from apps.rekap.sources import Source, Watch
from apps.wilayah.scope import database_scope, office_scope


def declare(source: Source) -> list[migrations.RunSQL]:
    """The function that counts the facts of one key, and the triggers that mark keys.

    Rows are marked whenever they change, also by bulk and raw SQL and COPY. One trigger per statement only adds rows to
    a table without a unique index: writers never wait for each other.
    """
    return [_function(source), *(_trigger(source, table) for table in source.watches)]


def fill(source: Source) -> migrations.RunPython:
    """Count `source` from the rows that are there already, as `rekap bangun` does.

    It belongs in a migration of its own, not atomic, after the one with `declare`: what changes meanwhile is marked.
    """

    def count(apps, schema_editor):
        for office in apps.get_model("wilayah", "Bapas").objects.values_list("pk", flat=True):
            with database_scope(office_scope(office)):
                keeping.build(office, [source.name])

    return migrations.RunPython(count, migrations.RunPython.noop)


def mark_offices() -> migrations.RunSQL:
    """An office whose zone changes gets a mark for everything: the days of its moments are others now."""
    return migrations.RunSQL(
        """
        CREATE FUNCTION rekap_zona() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO rekap_tanda (bapas_id, sumber) VALUES (NEW.id, '');
          RETURN NULL;
        END $$;
        CREATE TRIGGER rekap_zona AFTER UPDATE ON wilayah_bapas FOR EACH ROW
        WHEN (OLD.zona_waktu IS DISTINCT FROM NEW.zona_waktu) EXECUTE FUNCTION rekap_zona();
        """,
        "DROP FUNCTION rekap_zona() CASCADE;",
    )


def mark_anyone(table: str = "rekap_tanda") -> migrations.RunSQL:
    """Let every writer add marks: a partner, too, changes rows of an office whose marks it may not read."""
    return migrations.RunSQL(
        f"CREATE POLICY mark ON {table} FOR INSERT WITH CHECK (true);"
        f"ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,"
        " autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000);",
        f"DROP POLICY mark ON {table};",
    )


def _function(source: Source) -> migrations.RunSQL:
    """In PL/pgSQL, which keeps the plan: a read would spend more time on planning than on counting."""
    name = f"rekap_fakta_{source.name}"
    return migrations.RunSQL(
        f"""
        CREATE OR REPLACE FUNCTION {name}(bigint, bigint) RETURNS TABLE (
            ukuran text, kategori text, mulai date, selesai date, n integer, jumlah numeric
        ) LANGUAGE plpgsql STABLE ROWS 4 COST 1000 AS $$
        #variable_conflict use_column
        BEGIN
          RETURN QUERY SELECT f.ukuran::text, f.kategori::text, f.mulai, f.selesai, f.n::integer, f.jumlah
          FROM ({source.facts}) f;
        END $$;
        """,  # noqa: S608 – our own names
        f"DROP FUNCTION IF EXISTS {name}(bigint, bigint);",
    )


def _trigger(source: Source, watched: Watch) -> migrations.RunSQL:
    name = f"rekap_{source.name}_{watched.table}"
    mark = f"INSERT INTO rekap_tanda (bapas_id, sumber, kunci) SELECT DISTINCT bapas_id, '{source.name}', kunci FROM"
    columns = ", ".join(("bapas_id", *watched.columns))
    body = f"""
    DROP FUNCTION IF EXISTS {name}() CASCADE;
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        {mark} (
          WITH changed AS (
            (SELECT {columns} FROM before EXCEPT ALL SELECT {columns} FROM changed)
            UNION ALL (SELECT {columns} FROM changed EXCEPT ALL SELECT {columns} FROM before)
          ) {watched.keys}
        ) marked (bapas_id, kunci);
      ELSE
        {mark} ({watched.keys}) marked (bapas_id, kunci);
      END IF;
      RETURN NULL;
    END $$;
    """  # noqa: S608 – our own names
    on = f"ON {watched.table} REFERENCING"
    run = f"FOR EACH STATEMENT EXECUTE FUNCTION {name}();"
    triggers = (
        f"CREATE TRIGGER {name}_i AFTER INSERT {on} NEW TABLE AS changed {run}"
        f"CREATE TRIGGER {name}_u AFTER UPDATE {on} OLD TABLE AS before NEW TABLE AS changed {run}"
        f"CREATE TRIGGER {name}_d AFTER DELETE {on} OLD TABLE AS changed {run}"
    )
    return migrations.RunSQL(body + triggers, f"DROP FUNCTION {name}() CASCADE;")
