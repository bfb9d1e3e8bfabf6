"""The folder of one command under `var/`, and the lock against a second run."""

import contextlib
import fcntl
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from embedded.errors import DISK_FULL, Halted
from embedded.terminal import say

REMAINS_LEAVE_WITHIN = 45  # seconds; a killed supervisor's children need a moment


def working_folder(path: Path, *, needs_mb: int) -> Path:
    """Make `path`; `Halted` with the reason when it cannot be used."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".coba-{os.getpid()}"
        probe.write_text("tulis")
        probe.unlink()
    except (FileExistsError, NotADirectoryError) as error:
        raise Halted(f"{error.filename} bukan folder. Pindahkan atau hapus, lalu ulangi.") from error
    except PermissionError as error:
        raise Halted(
            f"Folder {path} tidak dapat ditulisi oleh pengguna ini. Jalankan sebagai pemiliknya, "
            f"atau hapus folder var/ lalu ulangi."
        ) from error
    free = shutil.disk_usage(path).free // (1024 * 1024)
    if free < needs_mb:
        raise Halted(f"{DISK_FULL} Tersisa {free} MB di {path}; diperlukan {needs_mb} MB.")
    return path


@dataclass
class Lock:
    """Held as long as any process that inherited the descriptor lives, not only its taker.

    So a new start waits for the children of a killed supervisor, and nothing ever runs twice.
    """

    file: IO[str]

    @property
    def descriptor(self) -> int:
        return self.file.fileno()


def take_lock(folder: Path, *, told: str) -> Lock:
    """The lock of `folder`; a second run is `Halted` with the sentence `told`."""
    file = (folder / "kunci").open("a+")
    if not _try(file):
        if _holder_lives(file):
            raise Halted(told)
        say("Menunggu sisa proses sebelumnya berhenti …")
        deadline = time.monotonic() + REMAINS_LEAVE_WITHIN
        while not _try(file):
            if time.monotonic() > deadline:
                raise Halted(told)
            time.sleep(0.1)
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return Lock(file)


def _try(file: IO[str]) -> bool:
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _holder_lives(file: IO[str]) -> bool:
    file.seek(0)
    number = file.read().strip()
    return number.isdecimal() and Path(f"/proc/{number}").exists()
