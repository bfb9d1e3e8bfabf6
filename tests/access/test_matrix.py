"""Every URL × every role × own and other office, against a table that the customer can read.

`matrix.csv` has one line per URL, method and office with the status that each role must get; `targets/<app>.py` says
which object and which data a URL is tried with. Every response is searched for texts of the foreign office.
"""

from copy import deepcopy

import pytest
from django.db import transaction
from django.urls import reverse

from apps.akun.checks import url_patterns
from apps.akun.roles import Peran
from tests import factories as make
from tests.access.places import CANARY, SECRET_NAME
from tests.access.world import ROLES, ROWS, target
from tests.sessions import log_in

OFFICES = ("ours", "theirs")
HEADQUARTERS = {Peran.DITJENPAS, Peran.ADMIN, Peran.AUDITOR}


def test_the_table_lists_exactly_the_urls_we_serve():
    served = {name for name, _, _ in url_patterns()}
    assert {row["url"] for row in ROWS} == served


def test_a_url_with_an_object_is_tried_in_both_offices():
    tried = {office: {(row["url"], row["method"]) for row in ROWS if row["office"] == office} for office in OFFICES}
    assert tried["ours"] == tried["theirs"]


def test_the_permission_table_has_the_roles_that_the_matrix_tests():
    assert list(ROWS[0]) == ["url", "method", "office", *ROLES]


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['method']}-{row['url']}-{row['office']}")
def test_access(client, world, row, database_role, settings):
    here, there = deepcopy(world.crowded if row["office"] == "-" else world.bare)
    place = there if row["office"] == "theirs" else here
    officers = dict(here.officers)
    args, kwargs, data = target(row["url"], place)
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
