"""Every page × every role that may open it, as the access table lists them, with rows of one whole office behind it."""

import pytest
from django.urls import reverse

from apps.akun.roles import Peran
from tests.access.places import Place
from tests.access.world import ROWS, targets
from tests.browser.checks import PAGE_BYTES, axe, overflows, problems, reflows, structure
from tests.browser.conftest import visit
from tests.sessions import log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOT_OURS = ("api:", "acuan:")
"""The documentation of the API and Django's admin bring their own pages."""
SAME_FOR_ALL = {"bantuan", "istilah", "aksesibilitas", "privasi", "luring", "lisensi", "sehat", "service_worker",
                "antrean_kirim", "klien:guidance_offline", "kegiatan:attendance_offline"}  # fmt: skip
"""Looked at in `test_frame`."""
LISTS, OBJECTS = "-", "ours"
PHONE, DESK = 390, 1366


def pages():
    """(name of a URL, office, the roles whose GET is answered with a page)."""
    for row in ROWS:
        roles = [peran for peran in Peran.values if row[peran] == "200"]
        ours = row["method"] == "get" and row["office"] in (LISTS, OBJECTS)
        if ours and roles and row["url"] not in SAME_FOR_ALL and not row["url"].startswith(NOT_OURS):
            yield pytest.param(row["url"], row["office"], roles, id=row["url"])


def address(name, place):
    args, kwargs, data = targets().get(name, lambda _: ([], {}, {}))(place)
    query = "&".join(f"{key}={value}" for key, value in data.items())
    return reverse(name, args=args, kwargs=kwargs) + (f"?{query}" if query else "")


@pytest.mark.parametrize(("name", "office", "roles"), list(pages()))
def test_page(open_page, client, ours, name, office, roles):
    """The first role looks closely, on the phone and at the desk; what others see in addition is looked at once."""
    place = Place(ours)
    if office == LISTS:
        place.furnish()
    path = address(name, place)
    log_in(client, place.officer(roles[0]))
    answer = client.get(path)
    if not answer["Content-Type"].startswith("text/html"):
        assert answer.getvalue() or answer.status_code == 204, "a download or JSON has something to give"
        return
    page = open_page(path, user=place.officer(roles[0]), width=DESK)
    found = {DESK: closely(page)}
    visit(page, path, user=place.officer(roles[0]), width=PHONE)
    found[PHONE] = closely(page)
    for peran in roles[1:]:
        visit(page, path, user=place.officer(peran), width=PHONE)
        found[peran] = briefly(page)
    assert {where: findings for where, findings in found.items() if findings} == {}


def closely(page):
    """At 320 px a page is the same from whichever width it came, so only the phone's is made that narrow."""
    findings = problems(page) + page.transfer.foreign
    if page.viewport_size["width"] == PHONE:
        findings += reflows(page)
    if page.transfer.total > PAGE_BYTES:
        findings.append(f"{page.transfer.total} bytes")
    return findings


def briefly(page):
    return structure(page) + overflows(page) + axe(page) + page.console_problems
