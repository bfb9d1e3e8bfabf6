"""Every page × every role that may open it, as the access table lists them, with rows of one whole office behind it."""

import csv
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import reverse

from apps.akun.roles import Peran
from tests.access.places import Place
from tests.browser.checks import PAGE_BYTES, problems, reflows
from tests.factories import BapasFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ACCESS = Path(__file__).parent.parent / "access"
NOT_OURS = ("api:", "acuan:")
"""The documentation of the API and Django's admin bring their own pages."""
SAME_FOR_ALL = {"bantuan", "istilah", "aksesibilitas", "privasi", "luring", "lisensi", "sehat"}
"""Looked at in `test_frame`."""
LISTS, OBJECTS = "-", "ours"
PHONE, DESK = 390, 1366


def openers():
    """(name of a URL, office) → the roles whose GET is answered with a page."""
    found = {}
    for table in sorted(ACCESS.rglob("*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["method"] == "get" and row["office"] in (LISTS, OBJECTS):
                    roles = [peran for peran in Peran.values if row[peran] == "200"]
                    found[row["url"], row["office"]] = roles
    return {key: roles for key, roles in found.items() if not key[0].startswith(NOT_OURS)}


def looked_at_by(peran, width):
    """On the phone every role looks at its pages; at the desk the first role looks for all."""
    wanted = {key: roles if width == PHONE else roles[:1] for key, roles in openers().items()}
    return sorted(key for key, roles in wanted.items() if peran in roles and key[0] not in SAME_FOR_ALL)


def targets():
    found = {}
    for module in sorted((ACCESS / "targets").glob("[a-z]*.py")):
        found |= import_module(f"tests.access.targets.{module.stem}").TARGETS
    return found


def address(name, place):
    args, kwargs, data = targets().get(name, lambda _: ([], {}, {}))(place)
    query = "&".join(f"{key}={value}" for key, value in data.items())
    return reverse(name, args=args, kwargs=kwargs) + (f"?{query}" if query else "")


@pytest.fixture
def places(ours):
    """Lists and forms are opened in an office full of rows; a page of one object brings its own."""
    full = Place(BapasFactory())
    full.furnish()
    return {LISTS: full, OBJECTS: Place(ours)}


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("peran", Peran.values)
def test_pages_of_a_role(open_page, places, peran, width):
    tabs = {office: open_page(user=place.officer(peran)) for office, place in places.items()}
    found = {}
    for name, office in looked_at_by(peran, width):
        place = places[office]
        path = address(name, place)
        answer = tabs[office].context.request.get(path)
        if answer.status != 200:
            found[path] = [f"status {answer.status}"]
        elif "text/html" in answer.headers["content-type"]:  # downloads and JSON have no heading to look for
            found[path] = look_at(open_page(path, user=place.officer(peran), width=width))
    assert {path: findings for path, findings in found.items() if findings} == {}


def look_at(page):
    findings = problems(page) + reflows(page) + page.transfer.foreign
    if page.transfer.total > PAGE_BYTES:
        findings.append(f"{page.transfer.total} bytes")
    page.context.close()
    return findings
