"""A real ClamAV daemon of its own, whose only signature is a harmless marker."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from apps.dasar import clamd

MARKER = b"PENANDA-UJI-TIDAK-BERBAHAYA"
START_WITHIN = 60
MISSING = "clamd tidak ditemukan. Pasang paket Debian clamav-daemon (apt-get install clamav-daemon)."


class Scanner:
    """Start, freeze, thaw and kill it; `url` stays the same."""

    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="clamd-"))  # a short path: it holds a socket
        (self._home / "db").mkdir()
        (self._home / "db" / "uji.ndb").write_text(f"Uji.Penanda:0:*:{MARKER.hex()}\n")
        lines = [f"DatabaseDirectory {self._home}/db", f"LocalSocket {self._home}/clamd.sock", "Foreground yes"]
        (self._home / "clamd.conf").write_text("\n".join([*lines, "StreamMaxLength 30M", ""]))
        self.url = f"unix://{self._home}/clamd.sock"

    def start(self) -> None:
        program = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
        if program is None:
            pytest.fail(MISSING)
        log = (self._home / "clamd.log").open("ab")
        command = [program, "--config-file", str(self._home / "clamd.conf")]
        self.process = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + START_WITHIN
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"clamd tidak mau mulai: {(self._home / 'clamd.log').read_text()[-500:]}")
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            clamd.ping(self.url)
        except clamd.Unreachable:
            return False
        return True

    def freeze(self) -> None:
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.process.pid, signal.SIGCONT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self._home)
