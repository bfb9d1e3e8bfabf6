"""Real processes of the portal in a test: a broker, a worker, beat, a PostgreSQL that may be stopped."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from embedded.broker import Broker
from embedded.postgres import DATABASE, THROWAWAY, Cluster, Role
from embedded.service import spawn

PROJECT = Path(__file__).resolve().parents[1]
PATIENCE = 60
"""Seconds; generous, because other work may share the processor."""


def until(found: Callable[[], object], what: str, seconds: float = PATIENCE, now: Callable[[], object] = str):
    """What `found` gives as soon as it gives something; else the test fails and says what is `now` instead."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.1)
    pytest.fail(f"not within {seconds} s: {what}; {now()}")


def web_role_url(settings) -> str:
    """The database of this test, for a process that works as the web role."""
    database = settings.DATABASES["default"]
    host = database["OPTIONS"].get("host") or database["HOST"]
    given = f"options=-c%20role%3D{settings.DATABASE_WEB_ROLE}&host={host}"
    return f"postgres://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?{given}"


@contextmanager
def broker(folder: Path) -> Iterator[tuple[Broker, subprocess.Popen]]:
    """A broker of its own, and its process."""
    one = Broker(folder)
    process = spawn(one.service)
    until(one.answers, "the broker answers")
    yield one, process
    process.kill()
    process.wait()


def tell(one: Broker, command: bytes) -> bytes:
    """The first words of the broker's answer."""
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(PATIENCE)
        link.connect(str(one.socket))
        link.sendall(command + b"\r\n")
        return link.recv(10_000)


def on_a_full_disk(folder: Path) -> list[str]:
    """Begin of a command whose processes, and no others, see a disk without room at `folder`."""
    mount = f"mount -t tmpfs -o size=64k tmpfs '{folder}'; cat /dev/zero >'{folder}/penuh' 2>/dev/null; exec \"$@\""
    become_root = ["--map-root-user"] if os.getuid() else []
    return ["unshare", *become_root, "--mount", "sh", "-c", mount, "sh"]


@contextmanager
def celery(*arguments: str, env: dict[str, str], log: Path, within: Sequence[str] = ()) -> Iterator[subprocess.Popen]:
    """A worker or beat in a process group of its own; killed at the end, if it still lives."""
    command = [
        *within, sys.executable, "-m", "celery", "--app", "pemasyarakatan", "--workdir", str(PROJECT), *arguments
    ]  # fmt: skip
    with log.open("ab") as to:
        process = subprocess.Popen(
            command, env={**os.environ, **env}, cwd=PROJECT, stdout=to, stderr=to, start_new_session=True
        )
    try:
        yield process
    finally:
        kill_group(process)


def kill_group(process: subprocess.Popen) -> None:
    """SIGKILL to the process and to all that it has forked."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


WORKER = ("worker", "--concurrency", "3", "--loglevel", "INFO", "--without-gossip", "--without-mingle")
BEAT = ("beat", "--pidfile=", "--loglevel", "INFO")


WEB = Role("portal_web", "kunci-web", "NOSUPERUSER NOBYPASSRLS")


KEEPING = THROWAWAY | {"synchronous_commit": "on"}
"""What is committed outlives the death of the server's processes, though not of the machine."""


class Database:
    """A PostgreSQL of its own with a copy of the database of this test, which may be stopped and started."""

    def __init__(self, folder: Path, settings) -> None:
        self.folder = folder
        self.cluster = Cluster(folder / "pg", "kunci-pengelola", settings=KEEPING)
        self.begin()
        source = settings.DATABASES["default"]
        owner = Role(
            source["USER"], "kunci-uji", "CREATEDB BYPASSRLS", "portal_web", may_set="session_replication_role"
        )
        self.cluster.set_up(WEB, owner, owner=owner.name)
        self._copy(source, owner)
        self.url = self.cluster.url(WEB)

    def _copy(self, source: dict, owner: Role) -> None:
        programs, dumped = self.cluster.programs, self.folder / "salinan"
        host = source["OPTIONS"].get("host") or source["HOST"]
        subprocess.run(
            [programs / "pg_dump", "-Fc", "-f", dumped, "-h", host, "-U", source["USER"], source["NAME"]],
            env={**os.environ, "PGPASSWORD": source["PASSWORD"]}, check=True,
        )  # fmt: skip
        subprocess.run(
            [programs / "pg_restore", "--exit-on-error", "-h", self.cluster.sockets, "-U", owner.name, "-d", DATABASE,
             dumped],
            env={**os.environ, "PGPASSWORD": owner.password}, check=True,
        )  # fmt: skip

    def begin(self) -> None:
        self.cluster.create()
        self.start()

    def start(self) -> None:
        self.process = spawn(self.cluster.service)
        until(self.cluster.answers, "PostgreSQL answers")

    def kill(self) -> None:
        """SIGKILL, as a machine does that runs out of memory."""
        kill_group(self.process)

    def ask(self, statement: str):
        """The first row of the answer, as the superuser sees it."""
        with closing(self.cluster._connect(DATABASE)) as link, link.cursor() as cursor:
            link.autocommit = True
            cursor.execute(statement)
            return cursor.fetchone() if cursor.description else None


@contextmanager
def database(settings, kind: type[Database] = Database) -> Iterator[Database]:
    folder = Path(tempfile.mkdtemp(prefix="portal-uji-"))
    folder.chmod(0o755)  # a service account may have to enter
    one = kind(folder, settings)
    try:
        yield one
    finally:
        one.kill()
        shutil.rmtree(folder, ignore_errors=True)
