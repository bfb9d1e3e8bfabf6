"""Real processes of the portal in a test: a broker, a worker, beat, a PostgreSQL that may be stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from embedded.broker import Broker
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


@contextmanager
def celery(*arguments: str, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """A worker or beat in a process group of its own; killed at the end, if it still lives."""
    command = [sys.executable, "-m", "celery", "--app", "pemasyarakatan", "--workdir", str(PROJECT), *arguments]
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
