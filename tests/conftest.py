"""Fixtures of every test: offices on both sides of the wall, officers of each role, query counting."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.akun.roles import Peran
from pemasyarakatan.celery import app
from tests import factories as make
from tests import roles
from tests.access.world import World
from tests.sessions import log_in

TransactionTestCase.databases = frozenset(connections)  # also the second connection of `apps.akun.limits`


def pytest_collection_modifyitems(items):
    """Long tests first."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(params=["pemilik", "web"])
def database_role(request):
    """Run the test twice: PostgreSQL trusting us, and PostgreSQL enforcing row-level security on every request."""
    roles.web_role["on"] = request.param == "web"
    yield request.param
    roles.web_role["on"] = False


@pytest.fixture
def web_role_requests():
    """Requests of this test run as the web role."""
    roles.web_role["on"] = True
    yield
    roles.web_role["on"] = False


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for all tests of a module; each test works in a savepoint of this transaction and on copies."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World.make()
        transaction.set_rollback(True)


@pytest.fixture
def ours(db):
    """Our Bapas."""
    return make.BapasFactory()


@pytest.fixture
def theirs(db):
    """A Bapas of another Kanwil."""
    return make.BapasFactory()


@pytest.fixture
def today(ours):
    """The day it is at our office: in the evening another one than at headquarters."""
    return timezone.localdate(timezone=ZoneInfo(ours.zona_waktu))


@pytest.fixture
def login(client):
    """login(user) → a client that works as that user."""

    def as_user(user):
        log_in(client, user)
        return client

    return as_user


@pytest.fixture
def officer(ours):
    """officer("pk") works in our Bapas, officer("kanwil") in our Kanwil, officer("mitra") for a partner."""
    mitra = {}

    def hire(peran: str, *, bapas=None, **facts):
        bapas = bapas or ours
        peran = Peran(peran)
        if peran in make.MITRA_ROLES and "mitra" not in facts:
            facts["mitra"] = mitra.setdefault((bapas.pk, peran), make.MitraFactory())
        return make.officer(peran, bapas=bapas, **facts)

    return hire


@pytest.fixture
def queries():
    """queries(call) → number of SQL statements."""

    def count(call):
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count


@pytest.fixture
def at_once():
    """Tasks run where they are sent, instead of in a worker."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def budget():
    """budget("klien:list") → the most SQL statements that the page may cost."""
    table = json.loads(Path(__file__).with_name("budgets.json").read_text(encoding="utf-8"))
    return table.__getitem__
