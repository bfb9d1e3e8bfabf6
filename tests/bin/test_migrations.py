"""Migrations as production runs them: by an owner who sees no row that is not in its scope, on a database with rows.

`versi/0.2.sql.xz` is a dump of version 0.2 with two offices of its sample data; all persons in it are invented.
"""

import contextlib
import lzma
import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.models import AddConstraint, CreateModel

from apps.wilayah.constraints import CompositeReference
from apps.wilayah.rls import SeeingAllRows
from embedded.portal import manage
from embedded.postgres import THROWAWAY, Cluster, Role
from embedded.supervisor import Supervisor

OWNER = Role("portal_owner", "kunci-pemilik", "NOSUPERUSER NOBYPASSRLS CREATEDB")
WEB = Role("portal_web", "kunci-web", "NOSUPERUSER NOBYPASSRLS")
AUDITOR = Role(
    "portal_pemeriksa", "kunci-pemeriksa", "BYPASSRLS", "portal_owner"
)  # sees orphans that the owner does not
OLD = Path(__file__).parent / "versi" / "0.2.sql.xz"

EMPTIED = {"impor_barisimpor"}  # rows of a file that are read again

FOREIGN_KEYS = """
SELECT con.conname, con.convalidated, con.conrelid::regclass::text, con.confrelid::regclass::text,
  (SELECT array_agg(attname::text ORDER BY n) FROM unnest(con.conkey) WITH ORDINALITY k(num, n)
   JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.num),
  (SELECT array_agg(attname::text ORDER BY n) FROM unnest(con.confkey) WITH ORDINALITY k(num, n)
   JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.num)
FROM pg_constraint con WHERE con.contype = 'f'
"""


class Databases:
    """Databases of one cluster, by name."""

    def __init__(self, cluster: Cluster):
        self.cluster = cluster

    def url(self, name: str, role: Role = OWNER) -> str:
        return self.cluster.url(role).replace("/portal?", f"/{name}?")

    def ask(self, name: str, statement: str, role: Role = AUDITOR) -> list[tuple]:
        with contextlib.closing(psycopg2.connect(self.url(name, role))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []

    def run(self, program: str, *arguments: str, given: bytes | None = None) -> str:
        argv = [str(self.cluster.programs / program), *arguments]
        done = subprocess.run(argv, input=given, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        return done.stdout.decode()

    def migrate(self, name: str, *arguments: str) -> None:
        env = os.environ | {"DATABASE_URL": self.url(name), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        done = subprocess.run(
            [*manage("migrate", "-v0"), *arguments], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]

    def restore(self, name: str, dump: bytes) -> None:
        self.ask("portal", f"CREATE DATABASE {name}", OWNER)
        options = ("--quiet", "--set", "ON_ERROR_STOP=1", "--single-transaction", "--dbname", self.url(name))
        self.run("psql", *options, given=dump)

    def dump(self, name: str) -> str:
        """The schema, without the token that pg_dump draws anew each time."""
        schema = self.run("pg_dump", "--schema-only", "--no-owner", self.url(name, AUDITOR))
        return re.sub(r"^\\(un)?restrict .*$", "", schema, flags=re.MULTILINE)

    def schema(self, name: str) -> str:
        """As it is after one more restore: that sets the brackets of a CHECK in one way."""
        self.restore(f"{name}_lagi", self.dump(name).encode())
        return self.dump(f"{name}_lagi")

    def rows(self, name: str) -> dict[str, int]:
        """Rows of each of our tables."""
        tables = self.ask(name, "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'")
        return {table: self.ask(name, f"SELECT count(*) FROM {table}")[0][0] for (table,) in tables}

    def orphans(self, name: str) -> dict[str, int]:
        """{foreign key: rows without the row at which they point}, where there are any."""
        found = {}
        for key, _, table, target, own, theirs in self.ask(name, FOREIGN_KEYS):
            present = " AND ".join(f"x.{column} IS NOT NULL" for column in own)
            same = " AND ".join(f"y.{b} = x.{a}" for a, b in zip(own, theirs, strict=True))
            lost = f"NOT EXISTS (SELECT FROM {target} y WHERE {same})"
            if count := self.ask(name, f"SELECT count(*) FROM {table} x WHERE {present} AND {lost}")[0][0]:
                found[key] = count
        return found


@pytest.fixture(scope="module")
def databases(home):
    cluster = Cluster(home / "pg", "kunci-pengelola", settings=THROWAWAY)
    cluster.create()
    with Supervisor() as supervisor:
        supervisor.start(cluster.service)
        cluster.set_up(OWNER, WEB, AUDITOR, owner=OWNER.name)
        made = Databases(cluster)
        made.ask("portal", "CREATE DATABASE kosong", OWNER)
        made.restore("lama", lzma.decompress(OLD.read_bytes()))
        made.before = made.rows("lama")
        made.migrate("lama")
        made.migrate("kosong")
        yield made


def test_an_updated_database_has_the_schema_of_a_new_one(databases):
    assert databases.schema("lama") == databases.schema("kosong")


def test_an_update_as_the_owner_keeps_every_row_and_leaves_no_orphan(databases):
    after = databases.rows("lama")
    lost = {table: count for table, count in databases.before.items() if after[table] < count}
    assert set(lost) <= EMPTIED
    assert min(databases.before[t] for t in ("klien_klien", "klien_catatanbimbingan", "kegiatan_kehadiran")) > 100
    assert databases.orphans("lama") == {}
    assert [key for key, valid, *_ in databases.ask("lama", FOREIGN_KEYS) if not valid] == []


def test_the_owner_of_migrations_sees_no_row_without_a_scope(databases):
    assert databases.ask("lama", "SELECT count(*) FROM klien_klien", OWNER) == [(0,)]
    assert databases.ask("lama", "SELECT count(*) FROM klien_klien")[0][0] > 100


KEY = """
ALTER TABLE klien_perkara ADD CONSTRAINT coba FOREIGN KEY (bapas_id, klien_id) REFERENCES klien_klien (bapas_id, id);
"""
RUN = """
import sys, django; django.setup()
from django.db import connection, migrations
from django.db.migrations.state import ProjectState
from apps.wilayah.rls import SeeingAllRows
operation = migrations.RunSQL({statement!r})
if {seeing}:
    operation = SeeingAllRows({seeing!r}, [operation])
state = ProjectState()
with connection.schema_editor() as editor:
    operation.database_forwards("klien", editor, state, state)
"""


@pytest.fixture
def execute(databases):
    """execute(statement, seeing=tables) → how it failed when the owner ran it in a migration; empty: it passed."""

    def run(statement: str, *, seeing: tuple[str, ...] = ()) -> str:
        env = os.environ | {"DATABASE_URL": databases.url("lama"), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        code = RUN.format(statement=statement, seeing=seeing)
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
        return done.stderr[-1000:] if done.returncode else ""

    yield run
    databases.ask("lama", "ALTER TABLE klien_perkara DROP CONSTRAINT IF EXISTS coba", OWNER)


BOTH = ("klien_perkara", "klien_klien")


def test_a_foreign_key_passes_on_clean_rows_that_the_owner_sees(databases, execute):
    assert execute(KEY, seeing=BOTH) == ""
    assert databases.orphans("lama") == {}


def test_a_foreign_key_refuses_an_orphan_only_when_the_owner_sees_it(databases, execute):
    """Blind, the owner is told that the key is valid."""
    (columns,) = databases.ask(
        "lama",
        "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
        "WHERE table_name = 'klien_perkara' AND column_name NOT IN ('id', 'klien_id') AND is_generated = 'NEVER'",
    )[0]
    same_office = "ALTER TABLE klien_perkara {} CONSTRAINT perkara_klien_same_office"
    databases.ask("lama", same_office.format("DROP"), OWNER)
    databases.ask(
        "lama",
        f"INSERT INTO klien_perkara (klien_id, {columns}) SELECT 999999999, {columns} FROM klien_perkara LIMIT 1",
    )
    assert "999999999" in execute(KEY, seeing=BOTH)
    assert execute(KEY) == ""
    assert ("coba", 1) in databases.orphans("lama").items()


def test_a_backfill_reaches_every_office_and_is_kept_in_the_history(databases, execute):
    fill = "UPDATE klien_klien SET versi = 77"
    assert execute(fill) == ""
    assert databases.ask("lama", "SELECT count(*) FROM klien_klien WHERE versi = 77") == [(0,)]
    assert execute(fill, seeing=("klien_klien", "jejak_perubahan")) == ""
    assert databases.ask("lama", "SELECT count(*) FROM klien_klien WHERE versi <> 77") == [(0,)]
    forced = "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'klien_klien'"
    assert databases.ask("lama", forced) == [(True,)]


def unseeing(operations, made_here) -> list[str]:
    """Foreign keys that are added to a table of rows without seeing them."""
    return [
        operation.constraint.name
        for operation in operations
        if isinstance(operation, AddConstraint)
        and isinstance(operation.constraint, CompositeReference)
        and operation.model_name_lower not in made_here
    ] + [
        operation.sql[:60]
        for operation in operations
        if isinstance(operation, migrations.RunSQL)
        and isinstance(operation.sql, str)
        and re.search(r"FOREIGN KEY|VALIDATE CONSTRAINT", operation.sql)
    ]


BEFORE_ROWS = {("perjalanan", "0002_wall"), ("kerja_sosial", "0002_wall")}  # parts of a baseline, on empty tables


def test_every_foreign_key_on_rows_is_added_with_the_owner_s_eyes_open():
    """Found in the migrations themselves, so that the next one cannot forget it."""
    for key, migration in MigrationLoader(None).disk_migrations.items():
        made_here = {o.name_lower for o in migration.operations if isinstance(o, CreateModel)}
        outside = [o for o in migration.operations if not isinstance(o, SeeingAllRows)]
        if migration.__module__.startswith("apps.") and key not in BEFORE_ROWS:
            assert unseeing(outside, made_here) == [], key
