"""Every page × every role that may open it, as the access table lists them, with rows of one whole office behind it."""

import csv
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import reverse

from apps.akun.roles import Peran
from tests.access.places import Place
from tests.browser.checks import PAGE_BYTES, problems, reflows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ACCESS = Path(__file__).parent.parent / "access"
NOT_OURS = ("api:", "acuan:")
"""The documentation of the API and Django's admin bring their own pages."""
SAME_FOR_ALL = {"bantuan", "istilah", "aksesibilitas", "privasi", "luring", "lisensi", "sehat"}
"""Looked at in `test_frame`."""
LISTS, OBJECTS = "-", "ours"
PHONE, DESK = 390, 1366


def pages():
    """(name of a URL, office, the roles whose GET is answered with a page)."""
    for table in sorted(ACCESS.rglob("*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                roles = [peran for peran in Peran.values if row[peran] == "200"]
                ours = row["method"] == "get" and row["office"] in (LISTS, OBJECTS)
                if ours and roles and row["url"] not in SAME_FOR_ALL and not row["url"].startswith(NOT_OURS):
                    yield pytest.param(row["url"], row["office"], roles, id=row["url"])


def targets():
    found = {}
    for module in sorted((ACCESS / "targets").glob("[a-z]*.py")):
        found |= import_module(f"tests.access.targets.{module.stem}").TARGETS
    return found


def address(name, place):
    args, kwargs, data = targets().get(name, lambda _: ([], {}, {}))(place)
    query = "&".join(f"{key}={value}" for key, value in data.items())
    return reverse(name, args=args, kwargs=kwargs) + (f"?{query}" if query else "")


@pytest.mark.parametrize(("name", "office", "roles"), pages())
def test_page(open_page, ours, name, office, roles):
    """On the phone for every role, at the desk for the first; lists stand in an office full of rows."""
    place = Place(ours)
    if office == LISTS:
        place.furnish()
    path = address(name, place)
    found = {}
    for peran in roles:
        widths = [PHONE, DESK] if peran == roles[0] else [PHONE]
        found |= {(peran, width): look_at(open_page, path, place.officer(peran), width) for width in widths}
    assert {where: findings for where, findings in found.items() if findings} == {}


def look_at(open_page, path, user, width):
    page = open_page(user=user, width=width)
    answer = page.context.request.get(path)
    if answer.status != 200:
        return [f"{path}: status {answer.status}"]
    if "text/html" not in answer.headers["content-type"]:  # downloads and JSON have no heading to look for
        return []
    page.goto(path)
    findings = problems(page) + reflows(page) + page.transfer.foreign
    if page.transfer.total > PAGE_BYTES:
        findings.append(f"{page.transfer.total} bytes")
    page.context.close()
    return findings
