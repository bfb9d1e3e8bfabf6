"""`bin/demo` as an operator meets it: from nothing to a log-in page, over a kill -9, to Ctrl-C."""

import csv
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
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
        command = [sys.executable, "-m", "embedded.demo"]
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def address(self, within: float) -> str:
        deadline = time.monotonic() + within
        url = self.folder / "url"
        while not (url.exists() and url.read_text()):
            assert self.process.poll() is None, self.process.communicate()[0]
            assert time.monotonic() < deadline, "too slow"
            time.sleep(0.1)
        return url.read_text().strip()

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

    def kill(self) -> None:
        """kill -9, and wait until nothing of it runs any more."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
        deadline = time.monotonic() + STOP
        while remaining := self.heirs():
            assert time.monotonic() < deadline, remaining
            time.sleep(0.2)


@pytest.fixture
def start(home):
    started = []

    def start_one() -> Demo:
        started.append(Demo(home / "var"))
        return started[-1]

    yield start_one
    for demo in started:
        demo.kill()


@pytest.mark.long
def test_the_life_of_a_demo(start):
    """One story, because each start costs seconds."""
    first = start()
    address = first.address(FIRST_START)
    has_a_log_in_page(address)
    has_a_log_in_for_every_role(first.folder / "akun.csv")
    mail_lands_in_its_folder(first, address)
    no_other_account_reads_it(first)
    a_second_one_is_told(start(), address)

    first.kill()
    (first.folder / "url").unlink()  # what a killed one leaves would look like the new one's

    again = start()
    has_a_log_in_page(again.address(NEXT_START))
    stops_in_order(again)


def has_a_log_in_page(address: str) -> None:
    with urllib.request.urlopen(f"{address}/masuk/", timeout=30) as response:
        assert "Masuk" in response.read().decode()


def has_a_log_in_for_every_role(path: Path) -> None:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == {"peran", "surel", "sandi", "unit"}
    assert {row["peran"] for row in rows} == set(Peran.values)
    assert len({row["unit"] for row in rows if row["peran"] == Peran.PK}) >= 2
    assert path.stat().st_mode & 0o077 == 0


def mail_lands_in_its_folder(demo: Demo, address: str) -> None:
    with (demo.folder / "akun.csv").open(newline="") as file:
        somebody = next(csv.DictReader(file))["surel"]
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = browser.open(f"{address}/lupa-sandi/", timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    form = urllib.parse.urlencode({"email": somebody, "csrfmiddlewaretoken": token}).encode()
    browser.open(f"{address}/lupa-sandi/", form, timeout=30)
    deadline = time.monotonic() + STOP  # a worker sends it
    while not (mails := list((demo.folder / "surel").iterdir())):
        assert time.monotonic() < deadline, "no mail"
        time.sleep(0.2)
    assert f"To: {somebody}" in mails[0].read_text()


def no_other_account_reads_it(demo: Demo) -> None:
    """Logs, mails, uploads, keys and log-ins; the folder around them is passed by the account of PostgreSQL."""
    for name in ("log", "surel", "media", "broker"):
        assert (demo.folder / name).stat().st_mode & 0o077 == 0, name
    written = [*(demo.folder / "log").iterdir(), demo.folder / "rahasia.json", demo.folder / "akun.csv"]
    assert [path.name for path in written if path.stat().st_mode & 0o077] == []
    assert [path.name for path in (demo.folder / "surel").iterdir() if path.stat().st_mode & 0o007] == []


def a_second_one_is_told(second: Demo, address: str) -> None:
    output, _ = second.process.communicate(timeout=STOP)
    assert second.process.returncode == 1
    assert f"sudah berjalan di {address}" in output


def stops_in_order(demo: Demo) -> None:
    demo.process.send_signal(signal.SIGINT)
    output, _ = demo.process.communicate(timeout=STOP)
    assert demo.process.returncode == 0
    assert "Menyusun basis data" not in output  # nothing had changed, so nothing was done again
    assert "Portal sudah berhenti" in output
    assert not (demo.folder / "url").exists()
    assert demo.heirs() == []
