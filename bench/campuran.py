"""The usual mix of requests: this source tree against commit ce6efb4, by processor time of the web processes.

Both trees run under gunicorn as in the demonstration, in the same virtual environment (their requirements are compared
first). The sample of ce6efb4 is loaded once by its own code; the tree under measurement works on a copy that its own
migrations brought up to date. Both get the same requests from the same officers, in turns. PostgreSQL is not counted.
"""

import itertools
import json
import os
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from threading import Lock
from urllib.parse import urlencode, urlsplit

import psycopg2
from psycopg2 import sql

from bench.http import ask, get, post
from bench.measure import Verdict
from bench.server import PORTAL, PROJECT, Server, server
from embedded.checks import fingerprint_of_the_schema
from embedded.portal import VAR

OLD = "ce6efb4"
SHARES = {"bimbingan POST": 20, "beranda": 20, "daftar klien": 15, "klien": 20, "formulir": 15, "jadwal": 10}
"""Requests of each page among a hundred."""
OFFICERS, ROUNDS, HUNDREDS, AT_ONCE = 100, 5, 2, 4
"""In each round each tree answers 2 × 100 requests, page by page, four at a time."""
LONGEST = 360.0
"""Seconds after which no further round begins."""
USERS, THINKING, USER_SECONDS, USER_ROUNDS = 100, 2.0, 12.0, 3
"""Virtual users, and how long each waits after an answer (seconds, ± 50 %): at most 50 requests/s are asked for."""
PASS, AIM = 0.5, 0.4
FILLED = "complete"
NOTE = "Datang tepat waktu, menceritakan pekerjaan barunya"
ALL_OFFICES = "SELECT set_config('app.scope', (SELECT array_agg(id)::text FROM wilayah_bapas), true)"
REMEMBER = """
CREATE TABLE IF NOT EXISTS campuran_jadwal AS
SELECT id, bapas_id, klien_id, terakhir, berikutnya, absen_beruntun, versi FROM klien_jadwallapor
"""
FORGET = """
DELETE FROM klien_catatanbimbingan record USING campuran_jadwal was, klien_jadwallapor now
WHERE now.bapas_id = was.bapas_id AND now.id = was.id AND now.versi <> was.versi
    AND record.bapas_id = was.bapas_id AND record.klien_id = was.klien_id AND record.catatan LIKE %s
"""
RESTORE = """
UPDATE klien_jadwallapor now
SET terakhir = was.terakhir, berikutnya = was.berikutnya, absen_beruntun = was.absen_beruntun, versi = was.versi
FROM campuran_jadwal was WHERE now.bapas_id = was.bapas_id AND now.id = was.id AND now.versi <> was.versi
"""
CLIENT = re.compile(rb"(?:/klien/|klien=)(\d+)")


@dataclass(frozen=True)
class Request:
    """What one officer asks for. Both trees get it, each with its own session."""

    page: str
    officer: int
    klien: int
    kunci: uuid.UUID


class Tree:
    """A running version of the portal. `officers` have sessions in it, `stored` are the keys of what they logged."""

    def __init__(self, running: Server, database: str, officers: list[dict]) -> None:
        self.server, self.database, self.officers = running, database, officers
        self.stored: list[uuid.UUID] = []

    def ask(self, wanted: Request) -> bytes:
        port, officer = self.server.port, self.officers[wanted.officer]
        headers = {"Cookie": officer["cookie"]}
        if wanted.page == "bimbingan POST":
            answer = ask(port, post("/bimbingan/catat/", headers, _typed(wanted, officer["token"]), port), 302)
            self.stored.append(wanted.kunci)
            return answer
        path = {
            "beranda": "/", "daftar klien": "/klien/", "klien": f"/klien/{wanted.klien}/",
            "formulir": f"/bimbingan/catat/?klien={wanted.klien}", "jadwal": "/jadwal/",
        }[wanted.page]  # fmt: skip
        return ask(port, get(path, headers, port), 200)

    def seconds_for(self, requests: list[Request]) -> float:
        """Processor time of the web processes for `requests`."""
        before = self.server.processor_seconds()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self.ask, requests))
        return self.server.processor_seconds() - before


def run(size: str) -> Verdict:
    folder, databases = _old_tree(), (f"campuran_{OLD}_{size}", f"campuran_{size}")
    _prepare(folder, *databases, size)
    (first, second), log = map(_env, databases), VAR / "bench" / "campuran.log"
    people = _log_in(folder, first), _log_in(PROJECT, second)
    with server(PORTAL, first, project=folder, log=log) as running, server(PORTAL, second, log=log) as beside:
        old, new = Tree(running, databases[0], people[0]), Tree(beside, databases[1], people[1])
        plan = Plan(old.officers)
        _prove_equal(old, new, plan)
        for tree in (old, new):  # every worker loads what it loads at a first request
            tree.seconds_for([one for page in SHARES for one in plan.many(page, 1)])
        rounds = list(_rounds(old, new, plan))
        rates = [(_users(old, plan), _users(new, plan)) for _ in range(USER_ROUNDS)]
    for tree in (old, new):
        if (records := _as_before(tree.database)) != len(tree.stored):
            raise AssertionError(f"{len(tree.stored)} requests were answered, {records} records were stored")
    ratio = median(sum(b for _, b in one.values()) / sum(a for a, _ in one.values()) for one in rounds)
    return Verdict("usual mix, processor", ratio, PASS, AIM, _detail(rounds, rates), higher_is_better=False)


# -- asking ------------------------------------------------------------------------------------
class Plan:
    """Makes requests: officers in turns, each for the own clients in turns."""

    def __init__(self, officers: list[dict]) -> None:
        self._turn = itertools.cycle(range(len(officers)))
        self._clients = [itertools.cycle(officer["klien"]) for officer in officers]
        self._lock = Lock()

    def one(self, page: str) -> Request:
        with self._lock:
            officer = next(self._turn)
            return Request(page, officer, next(self._clients[officer]), uuid.uuid4())

    def many(self, page: str, hundreds: int) -> list[Request]:
        return [self.one(page) for _ in range(SHARES[page] * hundreds)]


def _typed(wanted: Request, token: str) -> bytes:
    """The form "Catat bimbingan", filled in; the words differ, or it would be the same contact again."""
    fields = {
        "csrfmiddlewaretoken": token, "klien": wanted.klien, "kunci": wanted.kunci, "hadir": "ya", "kapan": "hari-ini",
        "cara": "kantor", "bidang": "kepribadian", "topik": "pekerjaan",
        "berikutnya": date.today() + timedelta(days=30),  # noqa: DTZ011 – any day of next month will do
        "catatan": f"{NOTE}, {wanted.kunci}.",
    }  # fmt: skip
    return urlencode(fields).encode()


def _prove_equal(old: Tree, new: Tree, plan: Plan) -> None:
    """Both answer the same requests, and name the same clients on the same pages; the Beranda of today shows three of a
    group, the old one seven."""
    for page in SHARES:
        wanted = plan.one(page)
        before, now = (set(CLIENT.findall(tree.ask(wanted))) for tree in (old, new))
        same = now <= before if page == "beranda" else now == before
        if page != "bimbingan POST" and not same:
            raise AssertionError(f"{page}: not the same clients: {before ^ now}")


def _rounds(old: Tree, new: Tree, plan: Plan) -> Iterator[dict[str, tuple[float, float]]]:
    """Each round as it comes, on the screen too; fewer of them where other work takes the processor."""
    until = time.monotonic() + LONGEST
    for number in range(ROUNDS):
        if number and time.monotonic() > until:
            break
        one = _round(old, new, plan)
        print(f"  {number + 1}: " + ", ".join(f"{page} {b / a:.2f}" for page, (a, b) in one.items()), flush=True)
        yield one


def _round(old: Tree, new: Tree, plan: Plan) -> dict[str, tuple[float, float]]:
    """Page → processor seconds of the old and of the new tree for the same requests."""
    taken = {}
    for page in SHARES:
        requests = plan.many(page, HUNDREDS)
        taken[page] = old.seconds_for(requests), new.seconds_for(requests)
    return taken


def _users(tree: Tree, plan: Plan) -> float:
    """Requests answered per second while 100 people work, each with pauses to think."""
    pages, shares = list(SHARES), list(SHARES.values())
    until = time.perf_counter() + USER_SECONDS

    def person(number: int) -> int:
        dice, done = Random(number), 0
        while True:
            time.sleep(THINKING * dice.uniform(0.5, 1.5))
            tree.ask(plan.one(dice.choices(pages, shares)[0]))
            if time.perf_counter() > until:
                return done
            done += 1

    with ThreadPoolExecutor(USERS) as pool:
        return sum(pool.map(person, range(USERS))) / USER_SECONDS


def _as_before(database: str) -> int:
    """Take the records of a run out again and give their clients the schedules that they had; number of records.

    Clients with hundreds of records would not be typical, and both databases have to stay equal, also when a run was
    stopped in the middle.
    """
    owner = psycopg2.connect(_on(os.environ["DATABASE_OWNER_URL"], database))
    with closing(owner), owner, owner.cursor() as cursor:
        cursor.execute(ALL_OFFICES)
        cursor.execute(REMEMBER)
        cursor.execute(FORGET, [f"{NOTE}, %"])
        records = cursor.rowcount
        cursor.execute(RESTORE)
    return records


def _detail(rounds: list[dict[str, tuple[float, float]]], rates: list[tuple[float, float]]) -> str:
    shown = []
    for page in SHARES:
        pairs = [one[page] for one in rounds]
        before, now = (median(column) / SHARES[page] / HUNDREDS * 1000 for column in zip(*pairs, strict=True))
        ratio = median(b / a for a, b in pairs)
        shown.append(f"{page} {ratio:.2f} ({before:.1f} → {now:.1f} ms)")
    served = ", ".join(f"{a:.1f}/{b:.1f}" for a, b in rates)
    return f"{'; '.join(shown)}. Requests/s with {USERS} users, old/new: {served}."


# -- the two trees and their databases ------------------------------------------------------------
def _old_tree() -> Path:
    """The source of commit ce6efb4 beside the benchmark's databases."""
    folder = VAR / "bench" / OLD
    if not folder.exists():
        unfinished = folder.with_suffix(".baru")
        unfinished.mkdir(parents=True, exist_ok=True)
        archive = subprocess.run(["git", "archive", OLD], cwd=PROJECT, check=True, stdout=subprocess.PIPE).stdout
        subprocess.run(["tar", "-x", "-C", str(unfinished)], input=archive, check=True)
        unfinished.rename(folder)
    if missing := _pinned(folder) - _pinned(PROJECT):
        raise AssertionError(f"{OLD} runs with {sorted(missing)}: one virtual environment cannot serve both")
    return folder


def _pinned(project: Path) -> set[str]:
    """The packages of a tree with their versions."""
    return set(re.findall(r"^[\w.-]+==[\w.-]+", (project / "requirements.txt").read_text(), re.MULTILINE))


def _prepare(folder: Path, old: str, new: str, size: str) -> None:
    """Fill the old database once, copy it once for every set of migrations, collect static files."""
    if _note(old) != FILLED:
        _make(old, "CREATE DATABASE {}")
        for command in (("migrate", "-v0"), ("muat_acuan",), ("seed_demo", "--ukuran", size, "--paksa", "--akun", "-")):
            _run(folder, _env(old, owner=True), "manage.py", *command)
        _annotate(old, FILLED)
    schema = fingerprint_of_the_schema(PROJECT)
    if _note(new) != schema:
        _make(new, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", old)
        for command in (("migrate", "-v0"), ("muat_acuan",)):
            _run(PROJECT, _env(new, owner=True), "manage.py", *command)
        _annotate(new, schema)
    for tree, database in ((folder, old), (PROJECT, new)):
        _as_before(database)
        _run(tree, _env(database), "manage.py", "collectstatic", "-v0", "--no-input", "--ignore", "redoc")


def _log_in(tree: Path, env: dict[str, str]) -> list[dict]:
    return json.loads(_run(tree, env, str(PROJECT / "bench" / "masuk.py"), str(OFFICERS)))


def _run(tree: Path, env: dict[str, str], *arguments: str) -> str:
    """What a script prints that runs with the code of `tree`."""
    given = {**os.environ, **env, "PYTHONPATH": str(tree), "DJANGO_SETTINGS_MODULE": "pemasyarakatan.settings"}
    command = [sys.executable, "-P", *arguments]  # -P: the folder of the script is no place for modules
    return subprocess.run(command, cwd=tree, env=given, check=True, stdout=subprocess.PIPE, text=True).stdout


def _env(database: str, *, owner: bool = False) -> dict[str, str]:
    addresses = {name: _on(os.environ[name], database) for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    return addresses | ({"DATABASE_URL": addresses["DATABASE_OWNER_URL"]} if owner else {})


def _on(url: str, database: str) -> str:
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def _make(database: str, statement: str, *names: str) -> None:
    _as_owner("DROP DATABASE IF EXISTS {}", database)
    _as_owner(statement, database, *names)


def _note(database: str) -> str:
    """The comment on the database: what it holds."""
    rows = _as_owner("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", of=database)
    return (rows[0][0] or "") if rows else ""


def _annotate(database: str, text: str) -> None:
    _as_owner(f"COMMENT ON DATABASE {{}} IS '{text}'", database)


def _as_owner(statement: str, *names: str, of: str = "") -> list[tuple]:
    """Run one statement of the cluster as the owner, who may create databases."""
    with closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as link:
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)), [of] if of else None)
            return cursor.fetchall() if of else []
