"""The supervisor with real processes: order, restarts, and nobody left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from embedded.errors import Halted
from embedded.service import Service
from embedded.supervisor import Supervisor, backoff


def until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


def lives(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class Family:
    def __init__(self, folder: Path, *names: str):
        self.folder, self.names = folder, names
        argv = [sys.executable, "-m", "tests.bin.parent", str(folder), *names]
        self.parent = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        until((folder / "ready").exists)

    def number(self, name: str, generation: str = "child") -> int:
        return int((self.folder / f"{name}.{generation}").read_text())

    def all_numbers(self) -> list[int]:
        return [self.number(name, g) for name in self.names for g in ("child", "grandchild")]

    def all_gone(self) -> bool:
        return not any(map(lives, self.all_numbers()))


@pytest.fixture
def family(tmp_path):
    made = []

    def make(*names):
        made.append(Family(tmp_path, *names))
        return made[0]

    yield make
    for member in made:
        member.parent.kill()
        member.parent.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stop_runs_in_reverse_order(family, tmp_path, number):
    portal = family("database", "web", "beat")
    portal.parent.send_signal(number)
    assert portal.parent.wait(10) == 130
    assert (tmp_path / "stopped").read_text().split() == ["beat", "web", "database"]
    assert portal.all_gone()


def test_kill_9_of_the_supervisor_leaves_nobody(family):
    portal = family("database", "web")
    everyone = portal.all_numbers()
    assert all(map(lives, everyone))
    portal.parent.kill()
    until(lambda: not any(map(lives, everyone)))


def test_a_killed_child_comes_back_and_its_own_children_do_not_stay(family):
    portal = family("web", "beat")
    child, grandchild, other = (
        portal.number("web"),
        portal.number("web", "grandchild"),
        portal.number("beat"),
    )
    os.kill(child, signal.SIGKILL)
    until(lambda: portal.number("web") != child)
    assert not lives(child)
    until(lambda: not lives(grandchild))
    assert lives(portal.number("web"))
    assert portal.number("beat") == other
    assert "web berhenti sendiri (sinyal SIGKILL)" in portal.parent.stdout.readline()


def test_stop_while_a_child_waits_for_its_restart(family):
    portal = family("web")
    os.kill(portal.number("web"), signal.SIGKILL)
    portal.parent.terminate()
    assert portal.parent.wait(10) == 130
    assert portal.all_gone()


def test_restarts_slow_down_and_stay_under_half_a_minute():
    delays = [backoff(deaths) for deaths in range(1, 12)]
    assert delays[:4] == [0.5, 1, 2, 4]
    assert max(delays) == 30


def service(tmp_path, *argv, **facts) -> Service:
    return Service(label="Contoh", argv=argv, env=dict(os.environ), log=tmp_path / "contoh.log", **facts)


def test_a_service_that_cannot_start_is_named_with_the_end_of_its_log(tmp_path):
    broken = service(tmp_path, "sh", "-c", "echo pintu terkunci; exit 3", ready=lambda: False)
    with Supervisor() as parent, pytest.raises(Halted) as halted:
        parent.start(broken)
    assert "Contoh gagal" in str(halted.value)
    assert "pintu terkunci" in str(halted.value)


def test_a_full_disk_is_named_as_such(tmp_path):
    broken = service(tmp_path, "sh", "-c", "echo FATAL: No space left on device; exit 1", ready=lambda: False)
    with Supervisor() as parent, pytest.raises(Halted, match="Ruang disk habis"):
        parent.start(broken)


def test_a_deaf_service_is_killed_after_its_grace(tmp_path):
    deaf = service(tmp_path, "sh", "-c", "trap '' TERM; sleep 600", grace=0.3)
    with Supervisor() as parent:
        parent.start(deaf)
        number = parent.children[0].process.pid
        time.sleep(0.2)
    assert not lives(number)


def test_the_stronger_signal_follows_the_weaker(tmp_path):
    script = "trap '' TERM; trap 'echo kuat; exit 0' QUIT; echo siap; while :; do sleep 0.05; done"
    stubborn = service(
        tmp_path,
        *("sh", "-c", script),
        ready=lambda: "siap" in (tmp_path / "contoh.log").read_text(),
        stop_signals=(signal.SIGTERM, signal.SIGQUIT),
        grace=3,
    )
    with Supervisor() as parent:
        parent.start(stubborn)
    assert (tmp_path / "contoh.log").read_text().split() == ["siap", "kuat"]


def test_a_command_gives_its_code_and_its_output(tmp_path):
    with Supervisor() as parent:
        code = parent.call(["sh", "-c", "echo satu; exit 4"], env={}, log=tmp_path / "satu.log")
    assert code == 4
    assert (tmp_path / "satu.log").read_text() == "satu\n"


def test_children_get_signals_although_the_supervisor_blocks_them(tmp_path):
    with Supervisor() as parent:
        parent.call(["grep", "SigBlk", "/proc/self/status"], env={}, log=tmp_path / "mask")
    assert (tmp_path / "mask").read_text().split()[1].strip("0") == ""
