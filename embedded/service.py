"""One long-running child process: start, stop, and end together with its parent."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from embedded.account import Account

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 10 * 1024 * 1024
libc = ctypes.CDLL(None)


def _at_once() -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Service:
    """A child process of the supervisor. `label` is its name for the operator."""

    label: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    log: Path
    advice: str = ""
    """Advice for the operator when it does not start; a sentence with a trailing space."""
    ready: Callable[[], bool] = _at_once
    stop_signals: tuple[signal.Signals, ...] = (signal.SIGTERM,)
    """Signals in order of strength; SIGKILL to the whole group follows them."""
    orphan_signal: signal.Signals = signal.SIGTERM
    """The signal that the kernel sends when the supervisor dies, even by SIGKILL."""
    grace: float = 10
    account: Account | None = None
    keep_fds: tuple[int, ...] = ()


def die_with_parent(orphan_signal: int) -> Callable[[], None]:
    """A function that the child runs between fork and exec, so it must not import or take locks."""
    parent = os.getpid()

    def before_exec() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(orphan_signal), 0, 0, 0)
        if os.getppid() != parent:  # the parent died before prctl took effect
            os._exit(1)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        for number in (signal.SIGINT, signal.SIGQUIT):  # a shell makes its background processes ignore them
            signal.signal(number, signal.SIG_DFL)

    return before_exec


def spawn(service: Service) -> subprocess.Popen[bytes]:
    """Start the service in a separate session, so that a Ctrl-C in the terminal reaches only the parent."""
    _turn_over(service.log)
    with open(service.log, "ab", opener=private) as log:
        return subprocess.Popen(
            service.argv,
            env=dict(service.env),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=service.keep_fds,
            preexec_fn=die_with_parent(service.orphan_signal),
            **(service.account.popen_arguments if service.account else {}),
        )


def private(path: str, flags: int) -> int:
    """An `opener`: a new file is readable by its owner alone."""
    return os.open(path, flags, 0o600)


def _turn_over(log: Path) -> None:
    """Rename a log that is too large and keep only one old log, so that a long demo does not fill the disk."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".lama"))
