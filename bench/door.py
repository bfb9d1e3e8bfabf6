"""The door of production on loopback: Caddy with the project's own Caddyfile, and senders who never finish.

Only addresses, ports and the certificate differ; they stand in variables that the Caddyfile reads.
"""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import cached_property

from bench.http import HOST
from bench.server import PROJECT, free_port

NAME = "localhost"
START_WITHIN = 20
OPTIONS = """
admin off
default_bind {host}
local_certs
skip_install_trust
http_port {plain}
https_port {port}
storage file_system {folder}/data
"""
BEFORE_2_7 = "buffer_requests\nmax_buffer_size 26MB"
"""How Caddy called `request_buffers 26MB` before 2.7; Debian 12 has 2.6.2."""
MISSING = "Caddy belum terpasang: sudo apt-get install -y --no-install-recommends caddy"
SLOW_HEAD = b"GET /masuk/ HTTP/1.1\r\nHost: localhost\r\nX-Pelan:"
FORM = (
    b"POST /masuk/ HTTP/1.1\r\nHost: localhost\r\nReferer: https://localhost/masuk/\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nCookie: csrftoken=" + b"a" * 32 + b"\r\n"
)
"""With a cookie and the page before, Django reads the body to look for the token."""
SLOW_BODIES = (
    FORM + b"Content-Length: 5000\r\n\r\nabc",
    FORM + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    b"GET /masuk/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nabc",
)


@dataclass(frozen=True)
class Door:
    """A running Caddy: its ports for https and http, the file of the authority behind its certificate, its process."""

    port: int
    plain: int
    authority: Path
    process: subprocess.Popen

    @cached_property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))

    def connect(self, timeout: float) -> ssl.SSLSocket:
        return self.trust.wrap_socket(socket.create_connection((HOST, self.port), timeout), server_hostname=NAME)


@contextmanager
def door(web: int, folder: Path) -> Iterator[Door]:
    """Caddy in front of the port `web` until the block ends; keeps its files and its log in `folder`."""
    program = shutil.which("caddy")
    if program is None:
        raise FileNotFoundError(MISSING)
    port, plain = free_port(), free_port()
    env = os.environ | {
        "PORTAL_HOST": NAME,
        "PORTAL_WEB": f"{HOST}:{web}",
        "PROXY_GALAT": str(PROJECT / "docker" / "galat"),
        "PROXY_OPTIONS": OPTIONS.format(host=HOST, plain=plain, port=port, folder=folder),
        "XDG_CONFIG_HOME": str(folder),
        **({"PROXY_BUFFERS": BEFORE_2_7} if _version(program) < (2, 7) else {}),
    }
    command = [program, "run", "--adapter", "caddyfile", "--config", str(PROJECT / "docker" / "Caddyfile")]
    with (folder / "caddy.log").open("ab") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)
    running = Door(port, plain, folder / "data" / "pki" / "authorities" / "local" / "root.crt", process)
    try:
        _wait_for(running, folder / "caddy.log")
        yield running
    finally:
        process.kill()
        process.wait(timeout=15)


@contextmanager
def unfinished(through: Door, requests: list[bytes]) -> Iterator[list[ssl.SSLSocket]]:
    """Connections on which the beginning of a request was sent, and nothing more follows."""
    with ExitStack() as stack:
        links = []
        for request in requests:
            links.append(stack.enter_context(through.connect(START_WITHIN)))
            links[-1].sendall(request)
        yield links


def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return tuple(map(int, re.findall(r"\d+", said)[:2]))


def _wait_for(running: Door, log: Path) -> None:
    """Wait until Caddy answers with a certificate of its own authority; `TimeoutError` when it does not start."""
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and running.process.poll() is None:
        try:
            running.connect(START_WITHIN).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Caddy did not start: {log.read_text()[-2000:]}")
