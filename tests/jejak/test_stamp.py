"""Time and person of the trail come from PostgreSQL: what the web role can write with SQL of its own, and what not.

docs/keputusan/0040-jejak.md lists what it can still pretend; each line of that list is a test here.
"""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from structlog.contextvars import bound_contextvars

from apps.akun.models import RiwayatAkun
from apps.jejak.models import Akses, Perubahan, Riwayat, Segel
from apps.klien.models import Klien
from apps.wilayah.scope import NOTHING, database_scope, office_scope
from tests import factories as make
from tests.roles import as_web_role

pytestmark = pytest.mark.django_db
LAST_YEAR = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
READ = (
    "INSERT INTO jejak_akses (bapas_id, pengguna_id, penugasan_id, verba, objek, rincian, pada, permintaan) "
    "VALUES (%s, %s, %s, 'lihat', 'klien', '', %s, 'palsu') RETURNING id"
)
MOVE = (
    "INSERT INTO jejak_riwayat (bapas_id, objek, objek_id, dari, ke, oleh_id, pada, catatan) "
    "VALUES (%s, 'klien', 1, 'aktif', 'selesai', %s, %s, '') RETURNING id"
)
EVENT = (
    "INSERT INTO akun_riwayatakun (pengguna_id, peristiwa, oleh_id, pada, catatan) "
    "VALUES (%s, 'dinonaktifkan', %s, %s, '') RETURNING id"
)


@pytest.fixture
def person(officer):
    return officer("pk")


@pytest.fixture
def other(officer):
    return officer("kabapas")


def sql(statement, *values):
    """The first value that `statement` returns."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0] if cursor.description else None


def lines(person):
    """(statement, values) of a line of `person`, a year ago, in each table that the web role fills."""
    office, duty = person.penugasan.bapas_id, person.penugasan.pk
    return {
        Akses: (READ, office, person.pk, duty, LAST_YEAR),
        Riwayat: (MOVE, office, person.pk, LAST_YEAR),
        RiwayatAkun: (EVENT, person.pk, person.pk, LAST_YEAR),
    }


TABLES = pytest.mark.parametrize("model", [Akses, Riwayat, RiwayatAkun])


@TABLES
def test_the_time_is_that_of_the_database(person, model):
    before = sql("SELECT clock_timestamp()")
    with as_web_role(), database_scope(person.scope):
        pk = sql(*lines(person)[model])
    assert before < model.objects.get(pk=pk).pada < sql("SELECT clock_timestamp()")


@TABLES
def test_nobody_writes_a_line_of_another_person(person, other, model):
    for scope in (other.scope, office_scope(person.penugasan.bapas_id), NOTHING):
        with (
            as_web_role(), database_scope(scope),
            pytest.raises(DatabaseError, match=r"takes no line|row-level security"),
        ):  # fmt: skip
            sql(*lines(person)[model])
    assert not model.objects.exists()


def test_a_command_writes_events_of_accounts_without_an_actor(person):
    with as_web_role(), database_scope(NOTHING):
        pk = sql(EVENT, person.pk, None, LAST_YEAR)
    assert RiwayatAkun.objects.get(pk=pk).oleh is None


def test_assignment_and_request_are_those_of_the_open_scope(person, other):
    with bound_contextvars(request_id="permintaan-7"), as_web_role(), database_scope(person.scope):
        pk = sql(READ, person.penugasan.bapas_id, person.pk, other.penugasan.pk, LAST_YEAR)
    line = Akses.objects.get(pk=pk)
    assert (line.penugasan, line.permintaan) == (person.penugasan, "permintaan-7")


@TABLES
def test_the_web_role_names_no_id(person, model):
    statement, *values = lines(person)[model]
    named = statement.replace("INTO " + model._meta.db_table + " (", "INTO " + model._meta.db_table + " (id, ")
    with as_web_role(), database_scope(person.scope), pytest.raises(DatabaseError, match="permission denied"):
        sql(named.replace("VALUES (", "VALUES (-1, "), *values)


def test_old_values_carry_the_moment_and_the_person_of_the_scope(ours, other):
    klien = make.KlienFactory(bapas=ours, kegiatan_utama="bekerja")
    before = sql("SELECT clock_timestamp()")
    with as_web_role(), database_scope(other.scope):
        Klien.objects.filter(pk=klien.pk).update(pekerjaan="Tukang las")
    change = Perubahan.objects.get(tabel="klien_klien")
    assert change.pada > before
    assert change.oleh_id == other.pk


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE {} SET pada = now()", "DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL",
        "DROP TRIGGER stamp ON {}", "ALTER TABLE {} NO FORCE ROW LEVEL SECURITY",
    ],
)  # fmt: skip
@pytest.mark.parametrize("model", [Akses, Riwayat, RiwayatAkun, Perubahan, Segel])
def test_the_web_role_changes_no_line_and_no_guard(person, model, attack):
    with (
        as_web_role(), database_scope(person.scope),
        pytest.raises(DatabaseError, match=r"permission denied|must be owner|does not exist"),
    ):  # fmt: skip
        sql(attack.format(model._meta.db_table))


@pytest.mark.parametrize(
    "attack",
    [
        "SET session_replication_role = replica", "SELECT setval('jejak_akses_id_seq', 1)",
        "INSERT INTO jejak_segel (hari, isi, sebelum, sidik) VALUES ('2026-01-01', '{}', '', 'x')",
        "INSERT INTO jejak_perubahan (bapas_id, tabel, baris_id, aksi, lama) VALUES (1, 'x', 1, 'UPDATE', '{}')",
        "CREATE OR REPLACE FUNCTION portal_stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ],
)  # fmt: skip
def test_the_web_role_steps_around_nothing(person, attack):
    with (
        as_web_role(), database_scope(person.scope),
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
    ):  # fmt: skip
        sql(attack)


def test_the_web_role_is_no_owner(settings):
    owners = "SELECT bool_or(pg_has_role(%s, relowner, 'MEMBER')) FROM pg_class WHERE relname LIKE 'jejak%%'"
    assert sql(owners, settings.DATABASE_WEB_ROLE) is False


def test_a_table_of_its_own_does_not_make_the_web_role_the_owner(person, other):
    """A temporary `pg_class` that says so is not the one that the trigger asks."""
    with as_web_role(), database_scope(person.scope):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE pg_class (oid oid, relowner oid) ON COMMIT DROP")
            cursor.execute("INSERT INTO pg_class SELECT 'jejak_akses'::regclass, 'portal_web'::regrole")
            cursor.execute("SET LOCAL search_path = pg_temp, pg_catalog, public")
        with pytest.raises(DatabaseError, match="takes no line"):
            sql(READ, person.penugasan.bapas_id, other.pk, None, LAST_YEAR)


# ── what the web role can still pretend ──


def test_pretended_another_person_by_opening_the_scope_of_that_person(person, other):
    """Whoever runs SQL as the web role opens any scope; the line then carries that person, with the true time."""
    with as_web_role(), database_scope(person.scope):
        sql("SELECT set_config('app.actor', %s, true)", str(other.pk))
        pk = sql(READ, person.penugasan.bapas_id, other.pk, None, LAST_YEAR)
    line = Akses.objects.get(pk=pk)
    assert line.pengguna == other
    assert line.pada > timezone.now() - dt.timedelta(minutes=5)


def test_pretended_an_act_that_did_not_happen(person):
    """Verb, object and words of a line are those that the web says."""
    with as_web_role(), database_scope(person.scope):
        pk = sql(MOVE, person.penugasan.bapas_id, person.pk, LAST_YEAR)
    assert Riwayat.objects.get(pk=pk).ke == "selesai"


def test_pretended_silence(ours, person):
    """What the web reads without a line in `jejak_akses`, PostgreSQL does not notice. Changes it does notice."""
    make.KlienFactory(bapas=ours)
    with as_web_role(), database_scope(person.scope):
        assert sql("SELECT count(*) FROM klien_klien") == 1
    assert not Akses.objects.exists()


def test_pretended_a_system_job(ours, person):
    """Without an actor a change counts as one of the system."""
    klien = make.KlienFactory(bapas=ours, kegiatan_utama="bekerja")
    with as_web_role(), database_scope(office_scope(ours.pk)):
        Klien.objects.filter(pk=klien.pk).update(pekerjaan="Tukang las")
    assert Perubahan.objects.get(tabel="klien_klien").oleh_id is None


def test_pretended_holes_in_the_numbers(person):
    """It may draw ids and not use them. So a hole alone proves nothing; the seal counts rows."""
    with as_web_role(), database_scope(person.scope):
        first = sql(*lines(person)[Riwayat])
        sql("SELECT nextval('jejak_riwayat_id_seq')")
        assert sql(*lines(person)[Riwayat]) == first + 2
