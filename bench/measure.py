"""Shared by all benchmarks: interleaved rounds, the median of their ratios, and a verdict."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Verdict:
    """One line of the result. `higher_is_better` tells on which side of `passes` a ratio is good."""

    name: str
    ratio: float
    passes: float
    aim: float
    detail: str
    higher_is_better: bool = True

    @property
    def passed(self) -> bool:
        return self.ratio >= self.passes if self.higher_is_better else self.ratio <= self.passes

    @property
    def aimed(self) -> bool:
        return self.ratio >= self.aim if self.higher_is_better else self.ratio <= self.aim

    def __str__(self) -> str:
        word = "PASS" if self.passed else "FAIL"
        mark = " (aim reached)" if self.aimed else ""
        ratio, passes, aim = map(self._show, (self.ratio, self.passes, self.aim))
        return f"{word}  {self.name}: {ratio}{mark}; pass {passes}, aim {aim}. {self.detail}"

    def _show(self, ratio: float) -> str:
        """The ratio as text; a small one as 1/n."""
        return f"{ratio:.2f}" if self.higher_is_better or ratio > 1 / 3 else f"1/{1 / ratio:,.0f}"


def interleaved(
    first: Callable[[], float], second: Callable[[], float], rounds: int
) -> tuple[float, list[tuple[float, float]]]:
    """Run A B A B …; gives the median of A/B, and the pairs. Other load on the machine affects both."""
    pairs = [(first(), second()) for _ in range(rounds)]
    return median(a / b for a, b in pairs), pairs


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor time of this thread: what a web worker spends. Waiting, for PostgreSQL too, is not in it."""
    since = time.thread_time()
    work()
    return time.thread_time() - since


def seconds(work: Callable[[], object]) -> float:
    since = time.perf_counter()
    work()
    return time.perf_counter() - since
