"""A broker that is gone or hangs touches no page: the portal as it is served, its own settings, a real broker."""

import json
import os
import re
import signal
import socket
import urllib.error
import urllib.request
import uuid
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.urls import reverse

from apps.klien.models import CatatanBimbingan
from apps.laporan.models import Laporan
from bench.server import PORTAL, server
from embedded.broker import Broker
from embedded.service import spawn
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20
"""Seconds after which an answer counts as none; a broker that hangs would hold a page for ever."""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def broker(tmp_path):
    """A broker of its own: (its process, how many connections it has had)."""
    one = Broker(tmp_path)
    process = spawn(one.service)
    while not one.answers():
        assert process.poll() is None

    def connections() -> int:
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(str(one.socket))
            link.sendall(b"INFO stats\r\n")
            return int(re.search(rb"total_connections_received:(\d+)", link.recv(10_000))[1])

    yield one, process, connections
    process.kill()
    process.wait()


@pytest.fixture
def address(broker, settings):
    """The portal under gunicorn, as the web role, on the database of the tests."""
    database = settings.DATABASES["default"]
    given = (
        f"options=-c%20role%3D{settings.DATABASE_WEB_ROLE}&host={database['OPTIONS'].get('host') or database['HOST']}"
    )
    env = {
        "DJANGO_SETTINGS_MODULE": "pemasyarakatan.settings",
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?{given}",
        "REDIS_URL": broker[0].url,
        "DEBUG": "true",  # static files without `collectstatic`
        "MFA_REQUIRED_ROLES": "",
    }
    with server(PORTAL, env) as running:
        yield f"http://127.0.0.1:{running.port}"


class Browser:
    def __init__(self, address: str) -> None:
        self.address = address
        self._ask = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        return self._answer(urllib.request.Request(self.address + path, headers=headers))

    def send(self, path: str, query: str = "", **fields) -> tuple[int, str]:
        """Open the page, fill in its form and send it; redirects are followed."""
        token = TOKEN.search(self.get(path + query)[1])[1]
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self._answer(urllib.request.Request(self.address + path, data=body))

    def _answer(self, request) -> tuple[int, str]:
        try:
            with self._ask(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()


def log_in(address: str, person) -> Browser:
    browser = Browser(address)
    status, text = browser.send("/masuk/", login=person.email, password=make.PASSWORD)
    assert (status, "<h1" in text, person.nama in text) == (200, True, True)
    return browser


def work(address: str, person, klien, token: str) -> None:
    """A day of an officer, and what asks without logging in."""
    browser = log_in(address, person)
    for path in ("/", "/klien/", f"/klien/{klien.pk}/", "/jadwal/"):
        assert browser.get(path)[0] == 200
    note = f"Datang tepat waktu {uuid.uuid4()}"
    status, _ = browser.send(
        "/bimbingan/catat/", f"?klien={klien.pk}", klien=klien.pk, kunci=uuid.uuid4(), hadir="ya", kapan="hari-ini",
        cara="kantor", bidang="kepribadian", catatan=note,
    )  # fmt: skip
    assert status == 200
    assert CatatanBimbingan.objects.filter(klien=klien, catatan=note).exists()
    stranger = Browser(address)
    assert stranger.get("/api/v1/klien/", Authorization=f"Token {token}")[0] == 200
    assert stranger.get("/verifikasi/XXXXXXXXXXXX/")[0] == 404
    status, text = stranger.get("/sehat/")
    assert (status, json.loads(text)) == (200, {"basis_data": True})


def test_pages_do_not_ask_the_broker_and_jobs_wait_for_it(broker, address, officer, ours):
    _, process, connections = broker
    person, planner = officer("pk"), officer("perencana")
    for one in (person, planner):
        one.password = PBKDF2PasswordHasher().encode(make.PASSWORD, "garam")
        one.save()
    klien, token = make.KlienFactory(bapas=ours, pk_pembimbing=person), make.api_token(person)
    before = connections()

    work(address, person, klien, token)
    os.kill(process.pid, signal.SIGSTOP)
    work(address, person, klien, token)
    assert waits(log_in(address, planner), ours, 2025) == "antre"
    os.kill(process.pid, signal.SIGCONT)
    seen = connections() - before
    process.kill()
    process.wait()
    work(address, person, klien, token)
    assert waits(log_in(address, planner), ours, 2026) == "antre"
    assert seen <= 1 + 2, "only the report asks for the broker"


def waits(browser: Browser, bapas, year: int) -> str:
    """The status of a report that was just requested; the page that follows says that it waits."""
    status, text = browser.send(reverse("laporan:create"), unit=f"bapas-{bapas.pk}", tahun=year, final="draf")
    assert (status, "Menunggu giliran" in text) == (200, True)
    return Laporan.objects.get(bapas=bapas, tahun=year).status
