"""Every URL × every role × own and other office, against a table that the customer can read.

`matrix.csv` has one line per URL, method and office with the status that each role must get; `targets/<app>.py` says
which object and which data a URL is tried with. Every response is searched for texts of the foreign office.
"""

import csv
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from apps.akun.checks import url_patterns
from apps.akun.roles import Peran
from tests import factories as make
from tests.access.places import CANARY, SECRET_NAME, Place
from tests.sessions import log_in

HERE = Path(__file__).parent
ANONYMOUS = "anonymous"
OFFICES = ("ours", "theirs")
ROLES = [*Peran.values, ANONYMOUS]
HEADQUARTERS = {Peran.DITJENPAS, Peran.ADMIN, Peran.AUDITOR}


def _read(path: Path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = _read(HERE / "matrix.csv")


@cache
def targets():
    found = {}
    for path in sorted((HERE / "targets").glob("[a-z]*.py")):
        found |= import_module(f"tests.access.targets.{path.stem}").TARGETS
    return found


def test_the_table_lists_exactly_the_urls_we_serve():
    served = {name for name, _, _ in url_patterns()}
    assert {row["url"] for row in ROWS} == served


def test_a_url_with_an_object_is_tried_in_both_offices():
    tried = {office: {(row["url"], row["method"]) for row in ROWS if row["office"] == office} for office in OFFICES}
    assert tried["ours"] == tried["theirs"]


def test_the_permission_table_has_the_roles_that_the_matrix_tests():
    assert list(ROWS[0]) == ["url", "method", "office", *ROLES]


@dataclass(frozen=True)
class World:
    """Both offices as every row of the table finds them; `crowded` ones hold rows that a careless list would show."""

    bare: tuple[Place, Place]
    crowded: tuple[Place, Place]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for all rows of the table; each test works in a savepoint of this transaction and on copies."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = World(_two_offices(), _two_offices())
        for place in made.crowded:
            place.furnish()
        yield made
        transaction.set_rollback(True)


def _two_offices():
    here, there = Place(make.BapasFactory()), Place(make.BapasFactory(), CANARY)
    for role in Peran.values:
        here.officer(role)
    return here, there


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['method']}-{row['url']}-{row['office']}")
def test_access(client, world, row, database_role, settings):
    here, there = deepcopy(world.crowded if row["office"] == "-" else world.bare)
    place = there if row["office"] == "theirs" else here
    officers = dict(here.officers)
    args, kwargs, data = targets().get(row["url"], lambda place: ([], {}, {}))(place)
    url = reverse(row["url"], args=args, kwargs=kwargs)
    wrong = {}
    for role in ROLES:
        status, text = _try(client, officers.get(role), row["method"], url, data)
        if status != int(row[role]):
            wrong[role] = f"{status}, expected {row[role]}"
        elif SECRET_NAME in text or (CANARY in text and role not in HEADQUARTERS):
            wrong[role] = "reads a text of the foreign office"
    assert wrong == {}, url


def _try(client, user, method, url, data):
    """Status and body for one role; whatever the request wrote is rolled back."""
    with transaction.atomic():
        client.cookies.clear()
        if user:
            log_in(client, user)
        if url.startswith("/api/v1/"):
            response = _call_api(client, user, method, url, data)
        else:
            response = getattr(client, method)(url, data)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return response.status_code, body.decode("utf-8", "replace")


def _call_api(client, user, method, url, data):
    headers = {"Authorization": f"Token {make.api_token(user)}"} if user else {}
    return getattr(client, method)(url, data, content_type="application/json", headers=headers)
