"""Guidance POST through the whole portal against a bare view with one INSERT; `bimbingan_admin` has another rival.

Both run under gunicorn with the same workers, session store, user and database role. Rounds alternate; the figure is
the median of the ratios of requests per second. Every answer is checked, and at the end every row is counted.
"""

import itertools
import os
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from statistics import median
from urllib.parse import urlencode

import psycopg2
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.klien.models import CatatanBimbingan, Klien
from apps.wilayah.scope import database_scope, scope_of
from bench.http import Round, hammer, post
from bench.masuk import session_of
from bench.measure import Verdict, interleaved
from bench.server import PORTAL, THREADS, WORKERS, Server, server
from contoh.accounts import DOMAIN

PATH = "/bimbingan/catat/"
CONNECTIONS = WORKERS * THREADS
"""One connection per thread: all threads are busy, so the work per request is measured, not waiting time."""
ROUNDS, SECONDS, WARM_UP = 7, 4.0, 2.0
PASS, AIM = 0.45, 0.60
NOTE = "Datang tepat waktu, menceritakan pekerjaan barunya"
FORGET = """
DELETE FROM klien_catatanbimbingan
WHERE bapas_id = ANY (%s::bigint[]) AND diterima_pada >= %s AND catatan LIKE %s
"""
Form = Callable[[Pengguna, int, uuid.UUID, str], dict]
"""(officer, id of the client, key, note) → what is sent."""


def run() -> Verdict:
    return against("bench.bare:application", PATH, form, name="guidance POST", passes=PASS, aim=AIM)


def against(rival: str, path: str, fields: Form, *, name: str, passes: float, aim: float) -> Verdict:
    """The portal's requests per second, as a multiple of those of the WSGI application `rival`."""
    officer = Pengguna.objects.with_duty().get(email=f"pk@{DOMAIN}")
    with database_scope(scope_of(officer)):
        rows = Klien.objects.visible_to(officer).active().filter(diregistrasi__lte=timezone.localdate())
        clients = list(rows.order_by("pk").values_list("pk", flat=True))
        before = CatatanBimbingan.objects.visible_to(officer).count()
    since = timezone.now()
    headers = session_of(officer)
    quiet = {"LOG_LEVEL": "WARNING"}
    with server(PORTAL, quiet) as portal, server(rival, quiet | _bare_env(officer)) as other:
        streams = {
            portal: _streams(portal.port, PATH, form, officer, headers, clients),
            other: _streams(other.port, path, fields, officer, headers, clients),
        }
        sent: list[Round] = []
        costs: dict[Server, list[float]] = {portal: [], other: []}

        def measured(one: Server, seconds: float = SECONDS) -> float:
            before = one.processor_seconds()
            done = hammer(one.port, streams[one], seconds=seconds, status=b"302")
            costs[one].append((one.processor_seconds() - before) / done.requests * 1000)
            sent.append(done)
            return done.rate

        measured(portal, WARM_UP), measured(other, WARM_UP)
        ratio, pairs = interleaved(lambda: measured(portal), lambda: measured(other), ROUNDS)
        ours, theirs = (median(costs[one]) for one in (portal, other))
    with database_scope(scope_of(officer)):
        stored = CatatanBimbingan.objects.visible_to(officer).count() - before
    wanted = sum(done.requests for done in sent)
    if stored != wanted:
        raise AssertionError(f"{wanted} requests were answered, {stored} records were stored")
    _forget(officer, since)
    rates = ", ".join(f"{a:.0f}/{b:.0f}" for a, b in pairs)
    detail = f"requests/s portal/rival: {rates}; {stored} records, one per request. "
    detail += f"Processor: {ours:.1f}/{theirs:.1f} ms per request, {theirs / ours:.2f} of the rival's speed."
    return Verdict(name, ratio, passes, aim, detail)


def form(_officer: Pengguna, client: int, key: uuid.UUID, note: str) -> dict:
    """What the form "Catat bimbingan" sends."""
    return {
        "hadir": "ya", "kapan": "hari-ini", "cara": "kantor", "bidang": "kepribadian", "topik": "pekerjaan",
        "berikutnya": timezone.localdate() + timedelta(days=30), "klien": client, "kunci": key, "catatan": note,
    }  # fmt: skip


def _forget(officer: Pengguna, since: datetime) -> None:
    """Delete the records again, as the owner: clients with hundreds of records would not be typical."""
    if owner := os.environ.get("DATABASE_OWNER_URL"):
        scope = scope_of(officer).settings()[0]
        with psycopg2.connect(owner) as link, link.cursor() as cursor:
            cursor.execute("SELECT set_config('app.scope', %s, true)", [scope])
            cursor.execute(FORGET, [scope, since, f"{NOTE}, %"])


def _streams(
    port: int, path: str, fields: Form, officer: Pengguna, headers, clients: list[int]
) -> list[Iterator[bytes]]:
    """Requests of each connection. Connections never write to the same client at the same time."""

    def requests(clients: list[int]) -> Iterator[bytes]:
        for client in itertools.cycle(clients):
            key = uuid.uuid4()
            typed = fields(officer, client, key, f"{NOTE}, {key}.")  # the same words would be the same contact
            body = urlencode({"csrfmiddlewaretoken": headers["X-Token"], **typed}).encode()
            yield post(path, {"Cookie": headers["Cookie"]}, body, port)

    return [requests(clients[n::CONNECTIONS]) for n in range(CONNECTIONS)]


def _bare_env(officer: Pengguna) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "bench.bare_settings",
        "BENCH_SCOPE": f"{{{officer.penugasan.bapas_id}}}",
    }
