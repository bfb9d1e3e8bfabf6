"""Named steps at the terminal: the running step, its duration, and its output when it failed."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from embedded.errors import Halted, diagnosis
from embedded.supervisor import Supervisor, spawn_quietly
from embedded.terminal import overwrite, say


class Step:
    """One line that counts seconds while it runs; without a terminal it is printed once, when done."""

    def __init__(self, label: str) -> None:
        self.label, self.since, self.shown = label, time.monotonic(), -1

    def tick(self) -> None:
        seconds = int(time.monotonic() - self.since)
        if seconds != self.shown:
            self.shown = seconds
            overwrite(f"  {self.label} … {seconds} dtk")

    def done(self) -> None:
        overwrite("")
        say(f"  {self.label}: selesai dalam {time.monotonic() - self.since:.1f} dtk ")


def run_quietly(parent: Supervisor, label: str, argv: Sequence[str], *, env: Mapping[str, str], log: Path) -> None:
    """Run a step with its output in `log`; a failure shows the end of that log."""
    step = Step(label)
    if parent.call(argv, env=env, log=log, tick=step.tick) != 0:
        raise Halted(diagnosis(label, log))
    step.done()


class Beside:
    """A step that runs beside others and shows nothing until it is waited for."""

    def __init__(self, label: str, argv: Sequence[str], *, env: Mapping[str, str], log: Path) -> None:
        self.label, self.log = label, log
        self.process = spawn_quietly(argv, env=env, log=log)

    def finish(self, parent: Supervisor) -> None:
        """Wait for it; a failure shows the end of its log."""
        step = Step(self.label)
        if parent.wait_for(self.process, step.tick) != 0:
            raise Halted(diagnosis(self.label, self.log))
        step.done()


def run_openly(parent: Supervisor, label: str, argv: Sequence[str], *, env: Mapping[str, str]) -> None:
    """Run a step that shows its own progress at the terminal."""
    say(f"  {label} …")
    if parent.call(argv, env=env) != 0:
        raise Halted(f"{label} gagal; sebabnya tertulis di atas.")
