"""Errors that stop a command, each with one sentence that tells the operator what to do."""

import errno
from collections.abc import Callable
from pathlib import Path

from embedded.terminal import complain

DISK_FULL = "Ruang disk habis. Kosongkan sebagian ruang disk, lalu jalankan lagi."
FULL_DISK_MARKS = ("No space left on device", "Disk quota exceeded")


class Halted(Exception):
    """The command cannot continue; the message is the sentence for the operator."""


class StopAsked(Exception):
    """Ctrl-C or SIGTERM: not a failure, everything stops in order."""


def last_lines(log: Path, count: int = 12) -> list[str]:
    """The end of a log file; empty when there is none."""
    if not log.exists():
        return []
    return log.read_text(errors="replace").splitlines()[-count:]


def filled_the_disk(log: Path) -> bool:
    return any(mark in line for line in last_lines(log) for mark in FULL_DISK_MARKS)


def diagnosis(label: str, log: Path, advice: str = "") -> str:
    """The reason why `label` failed: a sentence when the disk is full, otherwise the end of its log."""
    if filled_the_disk(log):
        return DISK_FULL
    indented = "\n".join(f"    {line}" for line in last_lines(log))
    return f"{label} gagal. {advice}Catatannya ada di {log}; baris terakhirnya:\n{indented}"


def exit_code(command: Callable[[], int]) -> int:
    """Run a command of `bin/`; expected failures become a sentence and an exit code, others a traceback."""
    try:
        return command()
    except (StopAsked, KeyboardInterrupt):
        return 130
    except Halted as halt:
        complain(str(halt))
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        complain(DISK_FULL)
    return 1
