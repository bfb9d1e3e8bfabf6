"""Asks a ClamAV daemon over TCP or a local socket: PING, and INSTREAM whether bytes carry a virus."""

import socket
import struct
from urllib.parse import urlsplit

CHUNK = 64 * 1024
PING_SECONDS, SCAN_SECONDS = 3, 130
"""Time after which the daemon counts as unreachable. By its default it gives up a file after 120 seconds."""


class Unreachable(Exception):
    """The scanner did not answer."""


class NoVerdict(Exception):
    """The scanner answered, but not whether the bytes are clean (a limit of its own, an error)."""


def ping(url: str) -> None:
    """Raise `Unreachable` unless the daemon at `url` (tcp://host:port or unix:///path) answers at once."""
    if _ask(url, b"zPING\0", PING_SECONDS) != "PONG":
        raise Unreachable(url)


def is_clean(body: bytes, url: str) -> bool:
    """True when the daemon finds nothing in `body`."""
    parts = (body[start : start + CHUNK] for start in range(0, len(body), CHUNK))
    stream = b"".join(struct.pack("!L", len(part)) + part for part in parts)
    answer = _ask(url, b"zINSTREAM\0" + stream + struct.pack("!L", 0), SCAN_SECONDS)
    if answer.endswith("FOUND"):
        return False
    if answer.endswith("OK"):
        return True
    raise NoVerdict(answer)


def _ask(url: str, command: bytes, seconds: float) -> str:
    """The one line of the answer, without the zero byte that ends it."""
    received = b""
    try:
        with _connect(url, seconds) as scanner:
            _send(scanner, command)
            while not received.endswith(b"\0"):
                part = scanner.recv(4096)
                if not part:
                    break
                received += part
    except OSError as error:
        raise Unreachable(str(error)) from error
    return received.rstrip(b"\0\n").decode("utf-8", "replace").strip()


def _send(scanner: socket.socket, command: bytes) -> None:
    """A daemon that reaches its limit answers and stops reading; the answer still waits to be read."""
    try:
        scanner.sendall(command)
    except (BrokenPipeError, ConnectionResetError):
        return


def _connect(url: str, seconds: float) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(seconds)
        scanner.connect(parts.path)
        return scanner
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=seconds)
