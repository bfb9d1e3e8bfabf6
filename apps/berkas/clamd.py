"""Asks a ClamAV daemon whether bytes carry a virus: the INSTREAM command over TCP or a local socket."""

import socket
import struct
from urllib.parse import urlsplit

CHUNK = 64 * 1024
SECONDS = 30
"""Time after which a scanner that does not answer counts as unreachable."""


class Unreachable(Exception):
    """The scanner did not answer, or not with a verdict."""


def is_clean(body: bytes, url: str) -> bool:
    """True when the daemon at `url` (tcp://host:port or unix:///path) finds nothing."""
    try:
        with _connect(url) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for start in range(0, len(body), CHUNK):
                part = body[start : start + CHUNK]
                scanner.sendall(struct.pack("!L", len(part)) + part)
            scanner.sendall(struct.pack("!L", 0))
            answer = _read(scanner)
    except OSError as error:
        raise Unreachable(str(error)) from error
    if answer.endswith("FOUND"):
        return False
    if answer.endswith("OK"):
        return True
    raise Unreachable(answer)


def _connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(SECONDS)
        scanner.connect(parts.path)
        return scanner
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=SECONDS)


def _read(scanner: socket.socket) -> str:
    """The one line of the answer, without the zero byte that ends it."""
    received = b""
    while not received.endswith(b"\0"):
        part = scanner.recv(4096)
        if not part:
            break
        received += part
    return received.rstrip(b"\0\n").decode("utf-8", "replace").strip()
