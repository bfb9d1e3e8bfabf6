"""A broker that is gone or hangs touches no page: the portal as it is served, its own settings, a real broker."""

import json
import os
import re
import signal
import uuid

import pytest
from django.urls import reverse

from apps.klien.models import CatatanBimbingan
from apps.laporan.models import Laporan
from bench.server import PORTAL, server
from tests import factories as make
from tests import servers
from tests.browsing import Browser, known_to_the_portal, log_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker(tmp_path):
    """A broker of its own: (its process, how many connections it has had)."""
    with servers.broker(tmp_path) as (one, process):

        def connections() -> int:
            return int(re.search(rb"total_connections_received:(\d+)", servers.tell(one, b"INFO stats"))[1])

        yield one, process, connections


@pytest.fixture
def address(broker, settings):
    """The portal under gunicorn, as the web role, on the database of the tests."""
    env = {
        "DJANGO_SETTINGS_MODULE": "pemasyarakatan.settings",
        "DATABASE_URL": servers.web_role_url(settings),
        "REDIS_URL": broker[0].url,
        "DEBUG": "true",  # static files without `collectstatic`
        "MFA_REQUIRED_ROLES": "",
    }
    with server(PORTAL, env) as running:
        yield f"http://127.0.0.1:{running.port}"


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
    known_to_the_portal(person, planner)
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
