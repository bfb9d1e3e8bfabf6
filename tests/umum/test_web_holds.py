"""The door of production holds: real gunicorn with `gunicorn.conf.py` behind real Caddy with `docker/Caddyfile`."""

import os
import re
import signal
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from itertools import cycle, islice

import pytest
from django.conf import settings

from bench.door import NAME, SLOW_BODIES, SLOW_HEAD, Door, door, unfinished
from bench.http import HOST
from bench.server import Server, free_port, production

pytestmark = pytest.mark.django_db
PATIENCE = 15
"""Seconds after which an answer counts as none: whoever waits for a slow sender waits for ever."""
SOONER = ("--max-requests", "60", "--max-requests-jitter", "20", "--keep-alive", "1")
"""During these tests workers end and begin anew many times, and the server closes idle connections soon."""
LARGE, TOO_LARGE = 24_000_000, 26_000_000
ATTACKERS = 200


@pytest.fixture(scope="module")
def env(django_db_setup) -> dict[str, str]:
    """The portal as the web role, on the database of the tests, behind one proxy."""
    database = settings.DATABASES["default"]
    given = (
        f"options=-c%20role%3D{settings.DATABASE_WEB_ROLE}&host={database['OPTIONS'].get('host') or database['HOST']}"
    )
    return {
        "DJANGO_SETTINGS_MODULE": "pemasyarakatan.settings",
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?{given}",
        "DEBUG": "true",  # static files without `collectstatic`
        "HTTPS": "true",
        "ALLOWED_HOSTS": NAME,
        "TRUSTED_PROXIES": "1",
    }


@pytest.fixture(scope="module")
def web(env) -> Iterator[Server]:
    with production(env, *SOONER) as running:
        yield running


@pytest.fixture(scope="module")
def front(web, tmp_path_factory) -> Iterator[Door]:
    with door(web.port, tmp_path_factory.mktemp("caddy")) as running:
        yield running


def ask(front: Door, path: str, method: str = "GET", body: bytes | None = None, **headers) -> tuple[HTTPResponse, str]:
    """One answer on a connection of its own. The answer counts also when it came before the whole body was sent."""
    link = HTTPSConnection(NAME, front.port, timeout=PATIENCE, context=front.trust)
    with suppress(ConnectionError, ssl.SSLError):
        link.request(method, path, body, headers)
    link.sock.settimeout(PATIENCE)
    answer = HTTPResponse(link.sock, method=method)
    answer.begin()
    text = answer.read().decode(errors="replace")
    link.close()
    return answer, text


def is_page_of_the_door(answer: HTTPResponse, text: str, status: int, title: str) -> None:
    """A sentence in Indonesian that needs nothing else from the portal."""
    assert (answer.status, answer.getheader("Server")) == (status, None)
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert re.search(r'<html lang="id">.*<h1>(.*)</h1>', text, re.DOTALL)[1] == title
    assert "antrean HP" in text
    assert not re.findall(r'(?:src|action)=|href="(?!/")|url\(', text)


def works(front: Door) -> None:
    answer, text = ask(front, "/sehat/")
    assert (answer.status, text) == (200, '{"basis_data": true}')
    answer, text = ask(front, "/masuk/")
    assert (answer.status, "<h1" in text) == (200, True)


@pytest.mark.parametrize("how_many", [18, ATTACKERS])  # of 18, twelve each hold one of the twelve threads
def test_bodies_that_never_end_hold_nobody_up(front, how_many):
    with unfinished(front, list(islice(cycle(SLOW_BODIES), how_many))):
        for _ in range(3):
            works(front)


def test_heads_that_never_end_hold_nobody_up_and_are_cut(front):
    with unfinished(front, [SLOW_HEAD] * ATTACKERS) as links:
        works(front)
        links[0].settimeout(PATIENCE)
        with suppress(ConnectionError, ssl.SSLError):
            assert links[0].recv(1000) == b""


@pytest.mark.django_db(transaction=True)
def test_large_bodies(front, login, officer):
    """Larger than anything: a page of the door. Large: only of somebody who is signed in, and not read before."""
    signed_in = {"Cookie": "; ".join(f"{name}={one.value}" for name, one in login(officer("pk")).cookies.items())}
    for headers in ({}, signed_in):
        answer, text = ask(front, "/impor/baru/", "POST", b"x" * TOO_LARGE, **headers)
        is_page_of_the_door(answer, text, 413, "Berkas terlalu besar")
    answer, text = ask(front, "/impor/baru/", "POST", iter([b"x" * 1_000_000] * 26), **signed_in)
    assert answer.status in (403, 413, 502), "cut on its way, because it has no length"
    assert '<html lang="id"' in text
    answer, text = ask(front, "/impor/baru/", "POST", b"x" * LARGE)
    assert (answer.status, answer.getheader("Location")) == (302, "/masuk/")
    for _ in range(5):
        answer, text = ask(front, "/impor/baru/", "POST", b"x" * LARGE, **signed_in)
        assert (answer.status, '<html lang="id"' in text) == (403, True), "the portal answers before it reads the body"


def test_a_server_that_stood_still_is_asked_again_at_once(front, web):
    os.killpg(web.process.pid, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(ask, front, "/sehat/")
            time.sleep(3)
            os.killpg(web.process.pid, signal.SIGCONT)
            assert waiting.result()[0].status == 200
    finally:
        os.killpg(web.process.pid, signal.SIGCONT)
    works(front)


class Sender:
    """Somebody who keeps one connection to the proxy open and sends a form that the portal refuses: it has no token."""

    def __init__(self, front: Door) -> None:
        self.link = HTTPSConnection(NAME, front.port, timeout=PATIENCE, context=front.trust)

    def begin(self) -> None:
        self.link.request("POST", "/masuk/", b"login=tanpa-tanda")

    def end(self) -> int:
        answer = self.link.getresponse()
        answer.read()
        return answer.status

    def send(self, times: int) -> list[int]:
        return [self.begin() or self.end() for _ in range(times)]


@pytest.fixture
def senders(front) -> Iterator[list[Sender]]:
    people = [Sender(front) for _ in range(8)]
    yield people
    for one in people:
        one.link.close()


def test_workers_that_begin_anew_lose_no_form(senders, web):
    with ThreadPoolExecutor(len(senders)) as pool:
        forms = [pool.submit(one.send, 25) for one in senders]
        time.sleep(0.5)
        web.process.send_signal(signal.SIGHUP)
        statuses = [status for form in forms for status in form.result()]
    assert statuses == [403] * 200


def test_connections_that_the_server_closes_lose_no_form(senders, front):
    """The proxy sleeps while the server closes what is idle, and finds both when it wakes: that news, and new forms."""
    with ThreadPoolExecutor(len(senders)) as pool:
        assert set(pool.map(lambda one: one.send(1)[0], senders)) == {403}
    front.process.send_signal(signal.SIGSTOP)
    try:
        time.sleep(2.5)
        for one in senders:
            one.begin()
    finally:
        front.process.send_signal(signal.SIGCONT)
    assert [one.end() for one in senders] == [403] * len(senders)


def test_a_server_that_is_away_leaves_a_page_and_serves_when_it_is_back(env, tmp_path):
    with door(free_port(), tmp_path) as front:
        conditional = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
        for method, body, headers in (("GET", None, {}), ("GET", None, conditional), ("POST", b"x", {})):
            answer, text = ask(front, "/", method, body, **headers)
            is_page_of_the_door(answer, text, 502, "Portal sedang tidak dapat dihubungi")
            assert int(answer.getheader("Retry-After")) > 0
        answer, text = ask(front, "/", "HEAD")
        assert (answer.status, text, int(answer.getheader("Content-Length")) > 500) == (502, "", True)


def test_the_door_says_little_and_leads_to_the_portal(front):
    answer, text = ask(front, "/robots.txt")
    assert (answer.status, text) == (200, "User-agent: *\nDisallow: /\n")
    answer, _ = ask(front, "/favicon.ico")
    assert (answer.status, answer.getheader("Content-Type")) == (200, "image/x-icon")
    assert answer.getheader("Server") is None
    link = HTTPConnection(HOST, front.plain, timeout=PATIENCE)
    link.request("GET", "/masuk/", headers={"Host": HOST})
    answer = link.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, f"https://{NAME}/masuk/")
    link.close()
