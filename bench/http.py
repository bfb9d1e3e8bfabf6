"""A cheap load generator: prepared bytes over persistent connections, loopback only."""

import re
import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

HOST = "127.0.0.1"
TIMEOUT, PATIENCE = 10, 120
"""Seconds for an answer; `PATIENCE` where more people ask than the server can answer at once."""
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
MOST_REQUESTS = 20_000
"""Limit of one round and connection, even when there is time left."""


@dataclass(frozen=True)
class Round:
    """Requests answered with the expected status, and the time they took."""

    requests: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


class Unexpected(Exception):
    """An answer other than the expected one."""


def post(path: str, headers: dict[str, str], body: bytes, port: int = 0, host: str = "") -> bytes:
    """One request as bytes, for a port of this machine or for a host by name."""
    lines = [
        f"POST {path} HTTP/1.1", f"Host: {host or f'{HOST}:{port}'}", "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in headers.items()),
    ]  # fmt: skip
    return "\r\n".join([*lines, "", ""]).encode() + body


def get(path: str, headers: dict[str, str], port: int = 0, host: str = "") -> bytes:
    """One request as bytes, for a port of this machine or for a host by name."""
    named = {"Host": host or f"{HOST}:{port}", **headers}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def ask(port: int, request: bytes, status: int) -> bytes:
    """The whole answer to one request on a connection of its own; `Unexpected` when its status is another one."""
    with socket.create_connection((HOST, port), PATIENCE) as link:
        link.sendall(request)
        answer = read_answer(link)
    if not answer.startswith(b"HTTP/1.1 %d" % status):
        raise Unexpected(answer[:2_000].decode(errors="replace"))
    return answer


def hammer(port: int, streams: Sequence[Iterator[bytes]], *, seconds: float, status: bytes) -> Round:
    """One connection per stream, each sending its next request as soon as the last is answered."""
    since = time.perf_counter()
    with ThreadPoolExecutor(len(streams)) as pool:
        counts = list(pool.map(lambda stream: _drain(port, stream, since + seconds, status), streams))
    return Round(sum(counts), time.perf_counter() - since)


def _drain(port: int, stream: Iterator[bytes], until: float, status: bytes) -> int:
    done = 0
    with socket.create_connection((HOST, port), TIMEOUT) as link:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in stream:
            if time.perf_counter() >= until or done >= MOST_REQUESTS:
                break
            link.sendall(request)
            answer = read_answer(link)
            if not answer.startswith(b"HTTP/1.1 " + status):
                raise Unexpected(answer[:2_000].decode(errors="replace"))
            done += 1
    return done


def read_answer(link: socket.socket) -> bytes:
    """Head and body of one response."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += _more(link)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    if length is None:
        raise Unexpected(head.decode(errors="replace"))
    while len(body) < int(length[1]):
        body += _more(link)
    return head + b"\r\n\r\n" + body


def _more(link: socket.socket) -> bytes:
    received = link.recv(65_536)
    if not received:
        raise Unexpected("the server closed the connection")
    return received
