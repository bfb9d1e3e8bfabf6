"""Every URL with odd values in its address, its parameters and the fields of its forms, one at a time.

Each test opens one URL as a person who may, reads from the page which forms and links it offers, and sends them with
everything as a browser would but one value. The values are spread over the names; `MASUKAN=semua` sends every value to
every name, `MASUKAN=8` eight to each. What a POST stored is looked at once before it is taken back.
"""

import re
from copy import deepcopy
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve, reverse

from tests.access.world import ANONYMOUS, ROLES, ROWS, target
from tests.masukan.forms import Form, forms_of, links_of
from tests.masukan.odd import ALL, BODIES, COOKIES, EACH, HEADERS, METHODS, SESSIONS, chosen, turns
from tests.masukan.sending import Browser, as_bytes, told, undone
from tests.sessions import log_in

EVERYWHERE = ("page", "urut", "sebelum", "format", "q", "tab", "next")
FORBIDDEN = {"401", "403", "404", "405"}
NAMES = sorted({row["url"] for row in ROWS})
seen: set = set()
"""Forms and links that another page of this run offered too."""


@cache
def read_by(app: str) -> list[str]:
    """Names that the views of an app read from a request, whether a page offers them or not."""
    found = set()
    for path in (Path(settings.BASE_DIR) / "apps" / app).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"""(?:GET|POST|query|sent|data|headers)\.(?:get|getlist)\(\s*"(\w+)\"""", text))
        found |= set(re.findall(r"""(?:GET|POST)\[\s*"(\w+)"\]""", text))
    return sorted(found)


def door(name: str, method: str):
    """(the row of the table, a role that may) or None if the URL does not know the method."""
    rows = [row for row in ROWS if (row["url"], row["method"]) == (name, method) and row["office"] != "theirs"]
    able = [(row, role) for row in rows for role in ROLES if row[role] not in FORBIDDEN]
    in_house = [one for one in able if one[0][one[1]] != "302" or one[1] != ANONYMOUS]
    return (in_house or able or [None])[0]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_no_odd_value_breaks_a_page(client, world, name):
    browser = Browser(client)
    for method in ("get", "post"):
        if found := door(name, method):
            _try_door(browser, world, name, method, *found)
    assert not browser.faults, told(browser.faults)


def _try_door(browser, world, name, method, row, role):
    here, _ = deepcopy(world.crowded if row["office"] == "-" else world.bare)
    with undone():
        args, kwargs, data = target(name, here)
        address = reverse(name, args=args, kwargs=kwargs)
        browser.client.cookies.clear()
        if role != ANONYMOUS:
            log_in(browser.client, here.officers[role])
        _odd_addresses(browser, name, method, address, [*args, *kwargs.values()], data)
        own = Form(method, address, values=_pairs(data), kinds=dict.fromkeys(data, "text"))
        if method == "get":
            _read_page(browser, name, own)
        elif not any(known[:2] == (name, "post") for known in seen):  # else a page has its form
            _odd_fields(browser, name, own, ())
        _odd_requests(browser, name, own)


def _pairs(data) -> list[tuple]:
    return [(name, one) for name, value in data.items() for one in (value if isinstance(value, list) else [value])]


def _odd_addresses(browser, name, method, address, parts, data):
    """Each part of the address that names something, replaced."""
    for part in map(str, parts):
        before, _, after = address.rpartition(f"{part}/") if f"/{part}/" in address else address.rpartition(part)
        for value in chosen(f"{name}/{part}", "hidden", EACH + 2):
            odd = f"{before}{quote(as_bytes(value), safe='')}/{after}"
            form = Form(method, odd, values=_pairs(data))
            browser.submit(form, form.values, why=f"{method} {odd[:80]}")


def _read_page(browser, name, own):
    page = browser.get(own.action, own.values, why=f"{own.action} as it is")
    _odd_fields(browser, name, own, (*EVERYWHERE, *read_by(name.partition(":")[0])))
    if page is None or page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
        return
    text = page.words.decode()
    for form in [*forms_of(text, own.action), *links_of(text, own.action)]:
        _odd_form(browser, form)


def _odd_requests(browser, name, own):
    """The same page in another manner: methods, headers, cookies, bodies."""
    session = browser.client.cookies.get(settings.SESSION_COOKIE_NAME)
    cookies = [f"{settings.SESSION_COOKIE_NAME}={session.value}; {one}" for one in COOKIES] if session else COOKIES
    cookies += [f"{settings.SESSION_COOKIE_NAME}={one}" for one in SESSIONS]
    headers = [*HEADERS, *({"Cookie": one} for one in cookies)]
    for odd in turns(f"{name} method", METHODS, EACH):
        browser.send(odd, own.action, why=f"{odd} {name}")
    for odd in turns(f"{name} {own.method} header", headers, EACH):
        browser.submit(own, own.values, why=f"{own.method} {name} {str(odd)[:80]}", **odd)
    for kind, body in turns(f"{name} body", BODIES, EACH * 2) if own.method == "post" else ():
        browser.send("POST", own.action, body, kind, why=f"post {name} {kind[:60]!r} {body[:40]!r}")


def _odd_form(browser, form: Form):
    """A form of a page, unless another page of this run had the same."""
    try:
        where = resolve(urlsplit(form.action).path).view_name
    except Resolver404:
        return
    known = (where, form.method, frozenset(form.kinds))
    if known in seen or where == "account_logout":
        return
    seen.add(known)
    _odd_fields(browser, where, form, ())
    browser.submit(form, form.values, why=f"{form.method} {where} as it is")


def _odd_fields(browser, where, form: Form, more: tuple):
    """One field odd, then all of them, and names that the form does not have."""
    kinds = {name: kind for name, kind in form.kinds.items() if name != "csrfmiddlewaretoken"}
    for number, (name, kind) in enumerate(kinds.items()):
        headers = {"HX-Request": "true"} if number % 2 else {}
        for value in chosen(f"{where} {name}", kind, EACH):
            why = f"{form.method} {where} {name}={value!r:.60}"
            browser.submit(form, _odd_pairs(form, name, value), why=why, **headers)
    for name in more if EACH > 1 else ():
        for value in chosen(f"{where} {name}", "text", EACH):
            browser.submit(form, _odd_pairs(form, name, value), why=f"{form.method} {where} {name}={value!r:.60}")
    _odd_together(browser, where, form, [*kinds, *more])


def _odd_pairs(form, name, value):
    return [pair for pair in form.values if pair[0] != name] + [(name, value)]


def _odd_together(browser, where, form, names):
    if not names:
        return
    for value in turns(f"{where} {form.method}", ALL, 3 * EACH):
        browser.submit(form, [(name, value) for name in names], why=f"{form.method} {where} all {value!r:.60}")
    twice = [pair for pair in form.values for _ in range(2)]
    browser.submit(form, twice, why=f"{form.method} {where} everything twice")
    browser.submit(form, [(f"{name}[]", "1") for name in names], why=f"{form.method} {where} arrays")
    if form.method == "post":
        browser.submit(form, [], why=f"{form.method} {where} nothing")
