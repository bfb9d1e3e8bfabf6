"""Guidance POST through the whole portal against a bare view with one INSERT.

Both run under gunicorn with the same workers, session store, user and database role. Rounds alternate; the figure is
the median of the ratios of requests per second. Every answer is checked, and at the end every row is counted.
"""

import itertools
import os
import secrets
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode

import psycopg2
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.klien.models import CatatanBimbingan, Klien
from apps.wilayah.scope import database_scope, scope_of
from bench.http import HOST, Round, hammer, post
from bench.measure import Verdict, interleaved
from contoh.accounts import DOMAIN

PROJECT = Path(__file__).resolve().parents[1]
PATH = "/bimbingan/catat/"
WORKERS, THREADS = 2, 4
CONNECTIONS = WORKERS * THREADS
"""One connection per thread: all threads are busy, so the work per request is measured, not waiting time."""
ROUNDS, SECONDS, WARM_UP = 7, 4.0, 2.0
START_WITHIN = 60
PASS, AIM = 0.40, 0.55
FORGET = "DELETE FROM klien_catatanbimbingan WHERE bapas_id = ANY (%s::bigint[]) AND diterima_pada >= %s"


def run() -> Verdict:
    officer = Pengguna.objects.with_duty().get(email=f"pk@{DOMAIN}")
    with database_scope(scope_of(officer)):
        rows = Klien.objects.visible_to(officer).active().filter(diregistrasi__lte=timezone.localdate())
        clients = list(rows.order_by("pk").values_list("pk", flat=True))
        before = CatatanBimbingan.objects.visible_to(officer).count()
    since = timezone.now()
    ports = {"portal": _free_port(), "bare": _free_port()}
    headers = signed_in(officer)
    with _server("pemasyarakatan.wsgi:application", ports["portal"], {}), _server(
        "bench.bare:application", ports["bare"], _bare_env(officer)
    ):  # fmt: skip
        streams = {name: _streams(port, headers, clients) for name, port in ports.items()}
        sent: list[Round] = []

        def measured(name: str, seconds: float = SECONDS) -> float:
            done = hammer(ports[name], streams[name], seconds=seconds, status=b"302")
            sent.append(done)
            return done.rate

        measured("portal", WARM_UP), measured("bare", WARM_UP)
        ratio, pairs = interleaved(lambda: measured("portal"), lambda: measured("bare"), ROUNDS)
    with database_scope(scope_of(officer)):
        stored = CatatanBimbingan.objects.visible_to(officer).count() - before
    wanted = sum(done.requests for done in sent)
    if stored != wanted:
        raise AssertionError(f"{wanted} requests were answered, {stored} records were stored")
    _forget(officer, since)
    rates = ", ".join(f"{portal:.0f}/{bare:.0f}" for portal, bare in pairs)
    detail = f"requests/s portal/bare: {rates}; {stored} records, one per request."
    return Verdict("guidance POST", ratio, PASS, AIM, detail)


def _forget(officer: Pengguna, since: datetime) -> None:
    """Delete the records again, as the owner: clients with hundreds of records would not be typical."""
    if owner := os.environ.get("DATABASE_OWNER_URL"):
        scope = scope_of(officer).settings()[0]
        with psycopg2.connect(owner) as link, link.cursor() as cursor:
            cursor.execute("SELECT set_config('app.scope', %s, true)", [scope])
            cursor.execute(FORGET, [scope, since])


def _streams(port: int, headers: dict[str, str], clients: list[int]) -> list[Iterator[bytes]]:
    """Requests of each connection. Connections never write to the same client at the same time."""
    return [_requests(port, headers, clients[n::CONNECTIONS]) for n in range(CONNECTIONS)]


def _requests(port: int, headers: dict[str, str], clients: list[int]) -> Iterator[bytes]:
    fields = {
        "csrfmiddlewaretoken": headers["X-Token"], "hadir": "ya", "kapan": "hari-ini", "cara": "kantor",
        "bidang": "kepribadian", "topik": "pekerjaan", "berikutnya": timezone.localdate() + timedelta(days=30),
    }  # fmt: skip
    for client in itertools.cycle(clients):
        key = uuid.uuid4()
        note = f"Datang tepat waktu, menceritakan pekerjaan barunya, {key}."  # else it would be the same contact
        body = urlencode({**fields, "klien": client, "kunci": key, "catatan": note}).encode()
        yield post(PATH, {"Cookie": headers["Cookie"]}, body, port)


def signed_in(officer: Pengguna) -> dict[str, str]:
    """A session as the log-in page makes it, without its rate limit."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = "apps.akun.backends.PenugasanBackend"
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    session.create()
    token = secrets.token_hex(16)
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
    return {"Cookie": cookie, "X-Token": token}


def _bare_env(officer: Pengguna) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "bench.bare_settings",
        "BENCH_SCOPE": f"{{{officer.penugasan.bapas_id}}}",
    }


@contextmanager
def _server(application: str, port: int, extra: dict[str, str]) -> Iterator[None]:
    """gunicorn as in the demonstration, on loopback, until the block ends."""
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}", "--chdir", str(PROJECT)),
        *("--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS), "--preload"),
        *("--log-level", "warning", "--no-control-socket"),
    ]
    env = {**os.environ, "DEBUG": "false", "HTTPS": "false", "LOG_LEVEL": "WARNING", **extra}
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=15)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    """Wait until the server answers; `TimeoutError` when it does not start."""
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and process.poll() is None:
        link = HTTPConnection(HOST, port, timeout=START_WITHIN)
        try:
            link.request("GET", PATH)
            link.getresponse()
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
        finally:
            link.close()
    raise TimeoutError(f"the server on port {port} did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
