"""The folder of the unix sockets, and the port of the portal."""

import hashlib
import os
import socket
import tempfile
from pathlib import Path

from embedded.errors import Halted

SOCKET_PATH_LIMIT = 107  # bytes; the kernel's sun_path
DEFAULT_PORT = 8000
PORTS_TRIED = 100


def socket_folder(home: Path, longest_name: str) -> Path:
    """A private folder for sockets: inside `home`, or in the temporary folder when that path is too long."""
    folder = home / "run"
    if len(os.fsencode(folder / longest_name)) > SOCKET_PATH_LIMIT:
        tag = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
        folder = Path(tempfile.gettempdir()) / f"portal-{tag}"
        if folder.exists() and folder.stat().st_uid not in (os.geteuid(), home.stat().st_uid):
            raise Halted(f"Folder {folder} milik pengguna lain. Hapus dahulu, lalu ulangi.")
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def listening_socket(asked: str | None) -> socket.socket:
    """Listen on the port `asked` (`Halted` when taken), or on the next free one from DEFAULT_PORT on.

    The supervisor holds the socket and the web server inherits it: no other program can take the port, and
    visitors wait while the web server restarts instead of being refused.
    """
    if asked:
        if not asked.isdecimal() or int(asked) > 65535:
            raise Halted(f"PORTAL_PORT berisi “{asked}”; isi dengan angka 1024 sampai 65535.")
        return _held(int(asked)) or _taken(f"Port {asked} sedang dipakai program lain.")
    for port in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED):
        if held := _held(port):
            return held
    return _taken(f"Port {DEFAULT_PORT} sampai {DEFAULT_PORT + PORTS_TRIED - 1} terpakai semua.")


def _taken(sentence: str) -> socket.socket:
    raise Halted(f"{sentence} Pilih yang lain, misalnya: PORTAL_PORT=8765 bin/demo")


def _held(port: int) -> socket.socket | None:
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind(("127.0.0.1", port))
        held.listen(128)
    except PermissionError as error:
        held.close()
        raise Halted(f"Port {port} hanya untuk root; pilih angka di atas 1023.") from error
    except OSError:
        held.close()
        return None
    return held
