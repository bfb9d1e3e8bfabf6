"""The embedded PostgreSQL and broker, for real: roles, durability over kill -9, sentences."""

import os
import signal
import socket
import time

import psycopg2
import pytest

from embedded.broker import Broker
from embedded.errors import Halted
from embedded.postgres import Cluster, Role
from embedded.supervisor import Supervisor

OWNER = Role("portal_owner", "kunci-pemilik", "NOSUPERUSER NOBYPASSRLS")
WEB = Role("portal_web", "kunci-web", "NOSUPERUSER NOBYPASSRLS")
TESTER = Role("portal_tester", "kunci-uji", "CREATEDB BYPASSRLS", "portal_web")


@pytest.fixture(scope="module")
def cluster(home):
    made = Cluster(home / "pg", "kunci-pengelola")
    made.create()
    return made


@pytest.fixture
def parent(cluster):
    with Supervisor() as supervisor:
        supervisor.start(cluster.service)
        cluster.set_up(OWNER, WEB, TESTER, owner=OWNER.name)
        yield supervisor


def ask(url: str, statement: str):
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


def test_roles_have_what_they_need_and_no_more(cluster, parent):
    cluster.set_up(OWNER, WEB, TESTER, owner=OWNER.name)  # a second time changes nothing
    facts = "SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    assert ask(cluster.url(OWNER), facts) == (False, False, False)
    assert ask(cluster.url(WEB), facts) == (False, False, False)
    assert ask(cluster.url(TESTER), facts) == (False, True, True)
    assert ask(cluster.url(TESTER), "SET ROLE portal_web; SELECT current_user") == ("portal_web",)
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'portal'"
    assert ask(cluster.url(WEB), owner) == ("portal_owner",)


def test_the_owner_makes_the_extensions_that_migrations_ask_for(cluster, parent):
    for name in ("btree_gist", "pg_trgm", "unaccent"):
        ask(cluster.url(OWNER), f"CREATE EXTENSION IF NOT EXISTS {name}")


def test_a_wrong_password_is_refused(cluster, parent):
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(cluster.url(Role("portal_web", "salah")))


def test_committed_rows_survive_kill_9_and_the_server_comes_back(cluster, parent):
    ask(cluster.url(OWNER), "CREATE TABLE catatan (isi text)")
    ask(cluster.url(OWNER), "INSERT INTO catatan VALUES ('tersimpan')")
    os.kill(parent.children[0].process.pid, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while not (parent.children[0].deaths and cluster.answers()):
        assert time.monotonic() < deadline
        parent._tend(0.1)
    assert ask(cluster.url(OWNER), "SELECT isi FROM catatan") == ("tersimpan",)


def test_data_of_another_version_are_named(cluster):
    (cluster.data / "PG_VERSION").write_text("9\n")
    try:
        with pytest.raises(Halted, match="dibuat oleh PostgreSQL 9"):
            cluster.create()
    finally:
        (cluster.data / "PG_VERSION").write_text(f"{cluster.version}\n")


def test_a_broken_data_folder_is_named(home):
    broken = Cluster(home / "rusak", "kunci")
    broken.data.mkdir()
    with pytest.raises(Halted, match="rusak"):
        broken.create()


def send(broker: Broker, command: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(broker.socket))
        client.sendall(command)
        return client.recv(64)


def test_the_queue_survives_kill_9(home):
    broker = Broker(home / "broker")
    with Supervisor() as supervisor:
        supervisor.start(broker.service)
        assert send(broker, b"RPUSH antrean satu dua\r\n") == b":2\r\n"
        os.kill(supervisor.children[0].process.pid, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while not (supervisor.children[0].deaths and broker.answers()):
            assert time.monotonic() < deadline
            supervisor._tend(0.1)
        assert send(broker, b"LLEN antrean\r\n") == b":2\r\n"
