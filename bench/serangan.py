"""The door of production under attack: how long officers wait at half of the load that it can take, with and without.

gunicorn with `gunicorn.conf.py` behind Caddy with `docker/Caddyfile`, over TLS. First as many officers as there are
threads ask as fast as they are answered: the rate of saturation. Then requests begin at half of that rate, whether or
not earlier ones are answered; rounds with the attack and without take turns. The figure is the median of the ratios of
the 95th percentile, waiting included. Any answer but the expected one fails the benchmark.
"""

import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from queue import SimpleQueue
from random import Random
from ssl import SSLSocket
from statistics import quantiles
from threading import Thread

from bench.door import FORM, NAME, SLOW_BODIES, SLOW_HEAD, Door, door
from bench.http import Unexpected, get, post, read_answer
from bench.measure import Verdict, interleaved
from bench.server import PROJECT, production
from embedded.portal import VAR

PAGES = {"/": 20, "/klien/": 15, "/klien/{klien}/": 20, "/bimbingan/catat/?klien={klien}": 15, "/jadwal/": 10}
"""Pages of the usual mix, and how many requests of a hundred ask for each; the others send a form."""
FORMS = 20
OFFICERS, AT_ONCE, WAITING = 40, 12, 64
PAIRS, SECONDS = 5, 15.0
PATIENCE = 30
EACH_KIND = 200
"""Slow heads, and as many slow bodies. Each gets one byte more every second; what the door cuts begins anew."""
TOO_LARGE, LARGE, PIECE = 26_000_000, 24_000_000, b"x" * 100_000
PASS, AIM = 2.0, 1.3
Asked = tuple[bytes, int]
"""A request, and the status that answers it."""


def run() -> Verdict:
    env = {"HTTPS": "true", "ALLOWED_HOSTS": NAME, "TRUSTED_PROXIES": "1", "LOG_LEVEL": "WARNING"}
    static = ("collectstatic", "-v0", "--no-input", "--ignore", "redoc")
    subprocess.run([sys.executable, "manage.py", *static], cwd=PROJECT, env=os.environ | {"DEBUG": "false"}, check=True)
    folder = Path(tempfile.mkdtemp(prefix="serangan-"))
    with production(env, log=VAR / "bench" / "serangan.log") as web, door(web.port, folder) as front:
        mix = _mix(_officers())
        _closed(front, mix, SECONDS)  # every worker loads what it loads at a first request
        saturation = _closed(front, mix, SECONDS)
        print(f"  saturation {saturation:.1f} requests/s", flush=True)

        def attacked() -> float:
            with attack(front):
                return _show("with", _open(front, mix, saturation / 2))

        def calm() -> float:
            return _show("without", _open(front, mix, saturation / 2))

        ratio, pairs = interleaved(attacked, calm, PAIRS)
    shown = ", ".join(f"{a:.0f}/{b:.0f}" for a, b in pairs)
    detail = f"p95 with/without the attack, ms: {shown}; {saturation / 2:.1f} of {saturation:.1f} requests/s, 0 errors."
    return Verdict("web under attack", ratio, PASS, AIM, detail, higher_is_better=False)


def _show(what: str, waits: list[float]) -> float:
    p95 = quantiles(waits, n=20)[-1] * 1000
    print(f"  {what}: {len(waits)} requests, p95 {p95:.0f} ms, longest {max(waits) * 1000:.0f} ms", flush=True)
    return p95


# -- officers at work -----------------------------------------------------------------------------
def _officers() -> list[dict]:
    env = os.environ | {"PYTHONPATH": str(PROJECT), "DJANGO_SETTINGS_MODULE": "pemasyarakatan.settings"}
    command = [sys.executable, "-P", str(PROJECT / "bench" / "masuk.py"), str(OFFICERS)]
    return json.loads(subprocess.run(command, cwd=PROJECT, env=env, check=True, stdout=subprocess.PIPE).stdout)


def _mix(officers: list[dict]) -> Iterator[Asked]:
    """Requests without end. The form lacks an answer, so that the portal checks it and stores nothing."""
    dice, turn = Random(11), itertools.cycle(officers)
    paths, shares = [*PAGES, None], [*PAGES.values(), FORMS]
    while True:
        officer, path = next(turn), dice.choices(paths, shares)[0]
        klien, headers = dice.choice(officer["klien"]), {"Cookie": officer["cookie"]}
        if path is None:
            headers["Referer"] = f"https://{NAME}/"
            body = f"csrfmiddlewaretoken={officer['token']}&klien={klien}&catatan={'Datang+tepat+waktu+' * 20}".encode()
            yield post("/bimbingan/catat/", headers, body, host=NAME), 422
        else:
            yield get(path.format(klien=klien), headers, host=NAME), 200


class Visitor:
    """One connection to the door, opened anew when the door has closed it."""

    def __init__(self, front: Door) -> None:
        self.front, self.link = front, front.connect(PATIENCE)

    def ask(self, request: bytes, status: int) -> None:
        self.link.sendall(request)
        answer = read_answer(self.link)
        if not answer.startswith(b"HTTP/1.1 %d" % status):
            raise Unexpected(answer[:1_000].decode(errors="replace"))


def _closed(front: Door, mix: Iterator[Asked], seconds: float) -> float:
    """Requests/s when `AT_ONCE` officers ask as fast as they are answered."""
    asked = SimpleQueue[Asked]()
    until = time.perf_counter() + seconds
    for _ in range(4_000):
        asked.put(next(mix))

    def person(_: int) -> int:
        visitor, done = Visitor(front), 0
        while time.perf_counter() < until:
            visitor.ask(*asked.get())
            done += 1
        return done

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(person, range(AT_ONCE))) / seconds


def _open(front: Door, mix: Iterator[Asked], rate: float) -> list[float]:
    """Seconds from the moment each request was due to its answer; requests fall due `rate` times a second."""
    free = SimpleQueue[Visitor]()
    for _ in range(WAITING):
        free.put(Visitor(front))

    def one(due: float, asked: Asked) -> float:
        visitor = free.get()
        visitor.ask(*asked)
        free.put(visitor)
        return time.perf_counter() - due

    with ThreadPoolExecutor(WAITING) as pool:
        since, waits = time.perf_counter(), []
        for number in range(int(rate * SECONDS)):
            due = since + number / rate
            time.sleep(max(due - time.perf_counter(), 0))
            waits.append(pool.submit(one, due, next(mix)))
        return [wait.result() for wait in waits]


# -- the attack -----------------------------------------------------------------------------------
@contextmanager
def attack(front: Door) -> Iterator[None]:
    """A process of its own that holds the door with slow senders, and sends large bodies, until the block ends."""
    begun = get_context("spawn").Event()
    attacker = get_context("spawn").Process(target=_attack, args=(front.port, front.authority, begun))
    attacker.start()
    try:
        if not begun.wait(PATIENCE):
            raise TimeoutError("the attack did not begin")
        yield
        if not attacker.is_alive():
            raise AssertionError("the attack ended before the round")
    finally:
        attacker.kill()
        attacker.join()


def _attack(port: int, authority: Path, begun) -> None:
    front = Door(port, 0, authority, None)
    Thread(target=_large, args=(front, TOO_LARGE, 1.0), daemon=True).start()
    Thread(target=_large, args=(front, LARGE, 5.0), daemon=True).start()
    senders = list(itertools.islice(zip(itertools.repeat(SLOW_HEAD), itertools.cycle(SLOW_BODIES)), EACH_KIND))
    links = [_begin(front, request) for pair in senders for request in pair]
    begun.set()
    while True:
        time.sleep(1)
        links = [(link, request) if _drip(link) else _begin(front, request) for link, request in links]


def _begin(front: Door, request: bytes) -> tuple[SSLSocket, bytes]:
    link = front.connect(PATIENCE)
    link.sendall(request)
    return link, request


def _drip(link: SSLSocket) -> bool:
    """Send one byte more; False when the door has closed the connection."""
    try:
        link.sendall(b"x")
    except OSError:
        link.close()
        return False
    return True


def _large(front: Door, size: int, pause: float) -> None:
    """Send bodies of `size` bytes for ever, as far as the door takes them."""
    while True:
        with suppress(OSError), front.connect(PATIENCE) as link:
            link.sendall(FORM + b"Content-Length: %d\r\n\r\n" % size)
            for _ in range(size // len(PIECE)):
                link.sendall(PIECE)
            read_answer(link)
        time.sleep(pause)
