"""`bin/demo` as an operator meets it: from nothing to a log-in page, over a kill -9, to Ctrl-C."""

import csv
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from apps.akun.roles import Peran

FIRST_START, NEXT_START, STOP = 300, 120, 60  # seconds, on a machine that does other things as well


class Demo:
    """One run of the demo whose data live in `var`."""

    def __init__(self, var: Path):
        self.folder = var / "demo"
        env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        env |= {"PORTAL_VAR": str(var), "LANG": "C.UTF-8"}
        command = [sys.executable, "-m", "pemasyarakatan.embedded.demo"]
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def address(self, within: float) -> str:
        deadline = time.monotonic() + within
        url = self.folder / "url"
        while not (url.exists() and url.read_text()):
            assert self.process.poll() is None, self.process.communicate()[0]
            assert time.monotonic() < deadline, "too slow"
            time.sleep(0.1)
        return url.read_text().strip()

    def end(self, number: signal.Signals) -> tuple[int, str]:
        self.process.send_signal(number)
        output, _ = self.process.communicate(timeout=STOP)
        return self.process.returncode, output

    def heirs(self) -> list[str]:
        """Command lines of the processes that still hold the lock of this demo."""
        lock = str(self.folder / "kunci")
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                held = [os.readlink(descriptor) for descriptor in (process / "fd").iterdir()]
                command = (process / "cmdline").read_text()
            except OSError:  # gone, or somebody else's
                continue
            if lock in held:
                found.append(command)
        return found


@pytest.fixture(scope="module")
def var(home):
    return home / "var"


@pytest.fixture(scope="module")
def demo(var):
    started = Demo(var)
    yield started
    started.process.kill()


def test_from_nothing_to_a_log_in_page(demo):
    address = demo.address(FIRST_START)
    with urllib.request.urlopen(f"{address}/masuk/", timeout=30) as response:
        assert "Masuk" in response.read().decode()


def test_every_role_can_log_in_somewhere_and_offices_lie_apart(demo):
    with (demo.folder / "akun.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == {"peran", "surel", "sandi", "unit"}
    assert {row["peran"] for row in rows} == set(Peran.values)
    assert len({row["unit"] for row in rows if row["peran"] == Peran.PK}) >= 2
    assert (demo.folder / "akun.csv").stat().st_mode & 0o077 == 0


def test_a_second_one_of_this_folder_is_told_where_the_first_one_is(demo, var):
    second = Demo(var)
    output, _ = second.process.communicate(timeout=STOP)
    assert second.process.returncode == 1
    assert f"sudah berjalan di {demo.address(1)}" in output


def test_kill_9_leaves_nobody_and_the_next_start_finds_everything(demo, var):
    demo.end(signal.SIGKILL)
    deadline = time.monotonic() + STOP
    while remaining := demo.heirs():
        assert time.monotonic() < deadline, remaining
        time.sleep(0.2)
    (demo.folder / "url").unlink()  # a stale one would look like the new one
    again = Demo(var)
    again.address(NEXT_START)
    code, output = again.end(signal.SIGINT)
    assert code == 0
    assert "Menyusun basis data" not in output  # nothing changed, so nothing is done again
    assert "Portal sudah berhenti" in output
    assert not (again.folder / "url").exists()
    assert again.heirs() == []
