"""The parent of all services: it starts them in order, restarts dead ones, and stops them in reverse order.

One thread does all of it and sleeps in `sigtimedwait`: it receives signals as events, so there are no handlers,
no locks and no polling.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from embedded.errors import DISK_FULL, Halted, StopAsked, diagnosis, filled_the_disk
from embedded.service import Service, die_with_parent, private, spawn
from embedded.terminal import complain, say

STOP = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
EVENTS = STOP | {signal.SIGCHLD}
TICK = 0.05
START_TIMEOUT = 60
START_ATTEMPTS = 3
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
STEADY_AFTER = 60.0  # seconds; a child that lived longer starts counting deaths anew


def backoff(deaths: int) -> float:
    """Seconds before the next start: 0.5, 1, 2, … and never more than half a minute."""
    return min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** (deaths - 1))


@dataclass
class Child:
    service: Service
    process: subprocess.Popen[bytes]
    since: float
    deaths: int = 0
    restart_at: float | None = None


class Supervisor:
    """`with Supervisor() as parent: parent.start(...); parent.watch()`."""

    def __init__(self) -> None:
        self.children: list[Child] = []

    def __enter__(self) -> "Supervisor":
        self._mask = signal.pthread_sigmask(signal.SIG_BLOCK, EVENTS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in reversed(self.children):
            _stop(child)
        self.children.clear()
        signal.pthread_sigmask(signal.SIG_SETMASK, self._mask)

    # -- starting ----------------------------------------------------------------------------
    def start(self, service: Service, timeout: float = START_TIMEOUT) -> None:
        """Start the service and return when it is ready; it is started at most START_ATTEMPTS times."""
        child = Child(service, spawn(service), time.monotonic())
        self.children.append(child)
        deadline = time.monotonic() + timeout
        while child.restart_at is not None or not service.ready():
            if child.deaths >= START_ATTEMPTS or time.monotonic() > deadline:
                raise Halted(diagnosis(service.label, service.log, service.advice))
            self._tend(TICK, quietly=child)

    def call(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        log: Path | None = None,
        tick: Callable[[], None] | None = None,
    ) -> int:
        """Run a command to its end and return its exit code; without `log` it uses the terminal.

        A command at the terminal receives the Ctrl-C itself and gets time to print its last lines.
        """
        if log:
            return self.wait_for(spawn_quietly(argv, env=env, log=log), tick)
        process = subprocess.Popen(argv, env=dict(env), preexec_fn=die_with_parent(signal.SIGTERM))
        return self.wait_for(process, tick, patience=10)

    def wait_for(self, process: subprocess.Popen[bytes], tick: Callable[[], None] | None, patience: float = 0) -> int:
        """The exit code of a command, when it has ended; services are looked after meanwhile."""
        try:
            while process.poll() is None:
                self._tend(0.2 if tick else 1)
                if tick:
                    tick()
        finally:  # on a stop, or when a service cannot be kept alive, the command ends before the supervisor
            if process.returncode is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(patience)
                process.terminate()
                process.wait()
        return process.returncode

    # -- running -----------------------------------------------------------------------------
    def watch(self) -> None:
        """Restart dead services until somebody asks for a stop."""
        while True:
            self._tend(1)

    def _tend(self, seconds: float, quietly: Child | None = None) -> None:
        """Sleep until a signal, at most `seconds`; then reap dead children and start those whose delay is over."""
        event = signal.sigtimedwait(EVENTS, seconds)
        if event is not None and event.si_signo in STOP:
            raise StopAsked
        now = time.monotonic()
        for child in self.children:
            if child.restart_at is None and _is_dead(child.process):
                self._bury(child, now, quiet=child is quietly)
            elif child.restart_at is not None and child.restart_at <= now:
                child.process, child.since = spawn(child.service), now
                child.restart_at = None

    def _bury(self, child: Child, now: float, *, quiet: bool) -> None:
        code = _reap_group(child.process)
        child.deaths = 1 if now - child.since > STEADY_AFTER else child.deaths + 1
        delay = backoff(child.deaths)
        child.restart_at = now + delay
        if not quiet:
            label = child.service.label
            say(f"{label} berhenti sendiri ({_cause(code)}); dijalankan lagi dalam {delay:g} detik.")
            if filled_the_disk(child.service.log):
                say(DISK_FULL)


def spawn_quietly(argv: Sequence[str], *, env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """A command in the background with its output in `log`; it ends with its parent."""
    with open(log, "wb", opener=private) as output:
        return subprocess.Popen(
            argv,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )


def _cause(code: int) -> str:
    return f"sinyal {signal.Signals(-code).name}" if code < 0 else f"kode {code}"


def _is_dead(process: subprocess.Popen[bytes]) -> bool:
    """Whether it is dead, without reaping it: its pid stays taken until its group is killed."""
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _reap_group(process: subprocess.Popen[bytes]) -> int:
    """Kill the rest of the dead process's group (workers, pool children), then reap it."""
    os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def _stop(child: Child) -> None:
    """Send the stop signals one after another, then SIGKILL."""
    if child.restart_at is not None:
        return
    for number in child.service.stop_signals:
        os.kill(child.process.pid, number)  # Popen.send_signal would reap a dead process
        deadline = time.monotonic() + child.service.grace
        while time.monotonic() < deadline:
            if _is_dead(child.process):
                _reap_group(child.process)
                return
            signal.sigtimedwait({signal.SIGCHLD}, TICK)
    complain(f"{child.service.label} tidak mau berhenti dan dimatikan.")
    _reap_group(child.process)
