"""gunicorn as in the demonstration, on loopback, and the processor time that it has used."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench.http import HOST

PROJECT = Path(__file__).resolve().parents[1]
WORKERS, THREADS = 2, 4
START_WITHIN = 60
PORTAL = "pemasyarakatan.wsgi:application"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen

    def processor_seconds(self) -> float:
        """Time that all its processes together spent on a processor, in Python and in the kernel."""
        return sum(_ticks(int(folder.name), self.process.pid) for folder in Path("/proc").glob("[0-9]*")) / TICKS


@contextmanager
def server(
    application: str, env: dict[str, str], *, project: Path = PROJECT, log: Path = Path(os.devnull)
) -> Iterator[Server]:
    """Serve `application` of the source tree `project` until the block ends. `env` overrides the environment."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}", "--chdir", str(project)),
        *("--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS), "--preload"),
        *("--log-level", "warning", "--no-control-socket"),
        *("--max-requests", "0"),  # a process that ends after so many cuts the connection of the benchmark
    ]
    with _running(command, port, env, project, log) as running:
        yield running


@contextmanager
def production(env: dict[str, str], *changed: str, log: Path = Path(os.devnull)) -> Iterator[Server]:
    """The portal as its image serves it (`gunicorn.conf.py`), on loopback; `changed` are options that differ."""
    port = free_port()
    config = ("--config", str(PROJECT / "gunicorn.conf.py"), "--bind", f"{HOST}:{port}", "--log-level", "warning")
    with _running([sys.executable, "-m", "gunicorn", *config, *changed], port, env, PROJECT, log) as running:
        yield running


@contextmanager
def _running(command: list[str], port: int, env: dict[str, str], project: Path, log: Path) -> Iterator[Server]:
    env = {**os.environ, "DEBUG": "false", "HTTPS": "false", **env}
    with log.open("ab") as to:
        process = subprocess.Popen(command, env=env, cwd=project, stdout=to, stderr=to, start_new_session=True)
    try:
        _wait_for(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=15)


def _ticks(pid: int, group: int) -> int:
    """utime + stime of the process `pid` when it belongs to the process group `group`; see proc(5)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended meanwhile
        return 0
    return int(fields[11]) + int(fields[12]) if int(fields[2]) == group else 0


def _wait_for(port: int, process: subprocess.Popen) -> None:
    """Wait until the server answers; `TimeoutError` when it does not start."""
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and process.poll() is None:
        link = HTTPConnection(HOST, port, timeout=START_WITHIN)
        try:
            link.request("GET", "/")
            link.getresponse()
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
        finally:
            link.close()
    raise TimeoutError(f"the server on port {port} did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
