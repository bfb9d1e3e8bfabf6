"""One parent for everything: starts in order, restarts what dies, stops in reverse order.

All of it happens in one thread that sleeps in `sigtimedwait`: signals are events like any other,
so there are no handlers, no locks and no polling.
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
from embedded.service import Service, die_with_parent, spawn
from embedded.terminal import complain, say

STOP = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
EVENTS = STOP | {signal.SIGCHLD}
TICK = 0.05
START_TIMEOUT = 60
START_ATTEMPTS = 3
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
STEADY_AFTER = 60.0  # seconds alive that forgive earlier deaths


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
        """Start the service and return when it is ready; a few early deaths are forgiven."""
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
        """Run a command to its end and return its code; without `log` it has the terminal.

        A command at the terminal gets the Ctrl-C itself and says its own last words first.
        """
        output = log.open("wb") if log else None
        try:
            process = subprocess.Popen(
                argv,
                env=dict(env),
                stdin=subprocess.DEVNULL if output else None,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=output is not None,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        finally:
            if output:
                output.close()
        return self._wait_for(process, tick, patience=0 if log else 10)

    def _wait_for(self, process: subprocess.Popen[bytes], tick: Callable[[], None] | None, patience: float) -> int:
        try:
            while process.poll() is None:
                self._tend(0.2 if tick else 1)
                if tick:
                    tick()
        finally:  # a stop was asked for, or a service cannot be kept alive: the command ends before we do
            if process.returncode is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(patience)
                process.terminate()
                process.wait()
        return process.returncode

    # -- running -----------------------------------------------------------------------------
    def watch(self) -> None:
        """Restart what dies, until a stop is asked for."""
        while True:
            self._tend(1)

    def _tend(self, seconds: float, quietly: Child | None = None) -> None:
        """Sleep until something happens, at most `seconds`; then bury the dead and start the due."""
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


def _cause(code: int) -> str:
    return f"sinyal {signal.Signals(-code).name}" if code < 0 else f"kode {code}"


def _is_dead(process: subprocess.Popen[bytes]) -> bool:
    """Is it dead, leaving it unreaped? So its number stays taken until its group is cleared."""
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _reap_group(process: subprocess.Popen[bytes]) -> int:
    """Kill what the dead process left in its group (workers, pool children), then reap it."""
    os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def _stop(child: Child) -> None:
    """Ask, ask harder, kill."""
    if child.restart_at is not None:
        return
    for number in child.service.stop_signals:
        os.kill(child.process.pid, number)  # Popen.send_signal would reap a dead one
        deadline = time.monotonic() + child.service.grace
        while time.monotonic() < deadline:
            if _is_dead(child.process):
                _reap_group(child.process)
                return
            signal.sigtimedwait({signal.SIGCHLD}, TICK)
    complain(f"{child.service.label} tidak mau berhenti dan dimatikan.")
    _reap_group(child.process)
