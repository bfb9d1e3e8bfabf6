"""PostgreSQL away: every answer says "later", nothing is lost, nothing is stored twice, all comes back by itself."""

import json
import uuid
from contextlib import ExitStack

import psycopg2
import pytest
from django.conf import settings as portal
from django.db import connection

from apps.wilayah.scope import NOTHING, database_scope
from bench.server import PORTAL, server
from tests import factories as make
from tests import servers
from tests.browsing import Browser, known_to_the_portal, log_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def away(settings, officer, ours, tmp_path):
    """(database, address, person, klien, worker): web and worker started while PostgreSQL is away."""
    person = officer("pk")
    known_to_the_portal(person)
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=person)
    with ExitStack() as stack:
        database = stack.enter_context(servers.database(settings))
        database.ask("INSERT INTO django_session VALUES ('lewat', '', now() - interval '1 day')")
        database.kill()
        broker, _ = stack.enter_context(servers.broker(tmp_path / "broker"))
        env = {
            "DJANGO_SETTINGS_MODULE": "tests.served", "DATABASE_URL": database.url, "REDIS_URL": broker.url,
            "DEBUG": "false", "HTTPS": "false", "MFA_REQUIRED_ROLES": "",
        }  # fmt: skip
        worker = stack.enter_context(servers.celery(*servers.WORKER, env=env, log=tmp_path / "pekerja.log"))
        running = stack.enter_context(server(PORTAL, env, log=tmp_path / "web.log"))

        def call(task: str):
            stack.enter_context(servers.celery("call", task, env=env, log=tmp_path / "panggil.log"))

        yield database, f"http://127.0.0.1:{running.port}", person, klien, worker, call


def test_away_at_the_start_killed_and_restarted(away):
    database, address, person, klien, worker, call = away
    stranger = Browser(address)
    for path in ("/", "/masuk/", "/verifikasi/", "/verifikasi/XXXXXXXXXXXX/", "/bimbingan/catat/luring/", "/sehat/"):
        assert stranger.get(path)[0] == 503, path
    says_later(stranger)
    call("apps.akun.tasks.remove_outdated")

    database.start()
    browser = log_in(address, person)
    form = f"/bimbingan/catat/?klien={klien.pk}"
    record = {
        "klien": klien.pk, "kunci": uuid.uuid4(), "hadir": "ya", "kapan": "hari-ini", "cara": "kantor",
        "bidang": "kepribadian", "catatan": "Datang tepat waktu",
    }  # fmt: skip
    token = browser.token(form)
    database.kill()
    status, text = browser.post("/bimbingan/catat/", token, **record)
    assert (status, browser.headers["Retry-After"]) == (503, "15")
    assert "belum tersimpan" in text
    assert "muat ulang halaman ini" in text
    assert "http-equiv" not in text, "a refresh would ask without what was typed"

    database.start()
    for _ in range(2):  # the browser sends the same form again, and somebody is impatient
        assert browser.post("/bimbingan/catat/", token, **record)[0] == 200
    assert database.ask("SELECT count(*) FROM klien_catatanbimbingan") == (1,)
    assert browser.get(f"/klien/{klien.pk}/")[0] == 200, "still logged in"
    assert worker.poll() is None
    call("apps.akun.tasks.remove_outdated")
    servers.until(
        lambda: database.ask("SELECT count(*) FROM django_session WHERE session_key = 'lewat'") == (0,),
        "the worker works again",
    )


def says_later(browser: Browser) -> None:
    """Each kind of answer: a page that asks again by itself, a problem of the API, a short text for a fragment."""
    _, text = browser.get("/klien/")
    assert browser.headers["Retry-After"] == "15"
    assert browser.headers["Cache-Control"] == "no-store"
    assert '<meta http-equiv="refresh" content="15">' in text
    assert "Basis data belum dapat dihubungi" in text
    status, text = browser.get("/api/v1/klien/", Authorization="Token x")
    assert (status, browser.headers["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(text)["status"] == 503
    status, text = browser.get("/klien/", **{"HX-Request": "true"})
    assert (status, browser.headers["Retry-After"], "<" in text) == (503, "15", False)
    assert "Coba lagi sebentar lagi." in text


def test_a_request_waits_for_postgresql_only_so_long(settings):
    """The connection has limits of its own, and a request more; a worker may take as long as it needs."""
    options = portal.DATABASES["default"]["OPTIONS"]
    assert options["connect_timeout"] <= 5
    assert options["tcp_user_timeout"] <= 30_000
    limits = "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')"
    with database_scope(NOTHING, in_a_request=True), connection.cursor() as cursor:
        cursor.execute(limits)
        assert cursor.fetchone() == ("30s", "10s")
    with database_scope(NOTHING), connection.cursor() as cursor:
        cursor.execute(limits)
        assert cursor.fetchone() == ("0", "0")


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_too_long_is_a_later_and_logs_nobody_in(client, officer, settings):
    """A log-in writes the time of the last one; while its row is held it fails, and there is no session."""
    person = officer("pk")
    settings.DEBUG = False
    client.raise_request_exception = False
    source = settings.DATABASES["default"]
    holder = psycopg2.connect(
        host=source["OPTIONS"].get("host") or source["HOST"], user=source["USER"], password=source["PASSWORD"],
        dbname=connection.settings_dict["NAME"],
    )  # fmt: skip
    try:
        holder.cursor().execute("SELECT 1 FROM akun_pengguna WHERE id = %s FOR UPDATE", [person.pk])
        answer = client.post("/masuk/", {"login": person.email, "password": make.PASSWORD})
    finally:
        holder.close()
    assert (answer.status_code, answer["Retry-After"]) == (503, "15")
    assert client.get("/").status_code == 302
