"""What stops a command: always one sentence that the operator can act on."""

import errno
from collections.abc import Callable
from pathlib import Path

from embedded.terminal import complain

DISK_FULL = "Ruang disk habis. Kosongkan sebagian ruang disk, lalu jalankan lagi."
FULL_DISK_MARKS = ("No space left on device", "Disk quota exceeded")


class Halted(Exception):
    """The command cannot go on; the message is the sentence that the operator reads."""


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
    """Why `label` failed, in words where its log tells, else with the end of the log."""
    if filled_the_disk(log):
        return DISK_FULL
    indented = "\n".join(f"    {line}" for line in last_lines(log))
    return f"{label} gagal. {advice}Catatannya ada di {log}; baris terakhirnya:\n{indented}"


def exit_code(command: Callable[[], int]) -> int:
    """Run a command of `bin/`; foreseen failures become a sentence and a code, others a traceback."""
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
