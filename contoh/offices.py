"""Amount of sample data per office. Pure: offices and a size in, plans out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

SEED = "portal-contoh"


def draw(what: str) -> Random:
    """Random numbers that are the same on every run, and different for every `what`."""
    return Random(f"{SEED}/{what}")  # noqa: S311


@dataclass(frozen=True)
class Amount:
    """Amount of sample data of one Bapas."""

    caseloads: tuple[int, ...]
    """Active clients of each PK; the first PK has a log-in in the demonstration."""
    ended: int
    months: int
    """Age of the oldest records."""
    groups: int
    activities: int
    invited: int
    """Clients on the attendance list of one activity."""
    years: int = 2
    """Programme years up to the current one."""
    detailed: bool = False
    """With encrypted columns, cases and assessments, for pages about one client."""

    @property
    def active(self) -> int:
        return sum(self.caseloads)

    @property
    def clients(self) -> int:
        return self.active + self.ended

    @property
    def oldest(self) -> int:
        """Days: no term begins further back. Long enough for the longest ended term."""
        return max(self.months * 30, 600)


@dataclass(frozen=True)
class Staff:
    """Ids of the people who write the rows of one office."""

    officers: tuple[int, ...]
    operator: int
    planner: int
    head: int
    coordinator: int
    """Coordinator of the first group; the operator writes for the other groups."""
    neighbour: int
    """Head of another office, which takes clients over."""
    former: int | None = None
    """An officer who left. The last of `officers` took over the same clients on the day `since` (a day number)."""
    since: int = 0


@dataclass(frozen=True)
class Office:
    """One Bapas with everything its rows refer to."""

    id: int
    kode: str
    nama: str
    kanwil: str
    zona: str
    towns: tuple[int, ...]
    amount: Amount
    number: int
    """Index among all offices; blocks of ids start from it."""
    first_client: int
    first_activity: int
    shown: int | None = None
    """Index among the offices with log-ins, or None."""
    staff: Staff | None = None
    partners: tuple[int, ...] = ()
    """Mitra ids of its groups."""

    def rng(self, room: str) -> Random:
        """Random numbers for an office and a subject, the same on every run."""
        return draw(f"{self.kode}/{room}")

    def change_of_officer(self, today: date) -> date | None:
        """The first day of the last officer, who took over from one who left; None when nobody left."""
        if len(self.amount.caseloads) < 2 or (self.shown is None and self.number % 3):
            return None
        return today - timedelta(days=self.rng("serah").randint(40, 150))


@dataclass(frozen=True)
class Lists:
    """Reference rows by code."""

    programmes: dict[str, int]
    needs: dict[str, int]
    accounts: dict[str, int]


DEMO_REGIONS = ("KW-72", "KW-32")
"""Kanwil whose first Bapas get log-ins: one in WITA, one in WIB."""
DEMO_OFFICES = 2
"""Bapas with log-ins in each of them."""

SHOWN_FIRST = Amount((140, 40, 40), ended=70, months=14, groups=5, activities=40, invited=12, detailed=True)
SHOWN = Amount((60, 25, 25), ended=40, months=14, groups=4, activities=24, invited=10, detailed=True)
QUIET = Amount((12, 10), ended=6, months=14, groups=3, activities=8, invited=8)

NATIONAL_ACTIVE, NATIONAL_CLIENTS = 100_000, 1_000_000
NATIONAL_GROUPS, NATIONAL_ACTIVITIES = 2_000, 200_000
NATIONAL_INVITED, NATIONAL_YEARS = 25, 10
CLIENTS_PER_OFFICER = 37


def small(shown: int | None) -> Amount:
    """Amount in a demonstration; `shown` is the index among the offices with log-ins."""
    if shown is None:
        return QUIET
    return SHOWN_FIRST if shown == 0 else SHOWN


def national(offices: int, share: float = 1.0) -> list[Amount]:
    """Amounts for the whole service, or a share of it: 300 to 3,000 active clients per office."""
    rng = draw("nasional")
    weights = [min(max(rng.lognormvariate(0, 0.5), 0.27), 2.7) for _ in range(offices)]
    active, ended, groups, activities = (
        shares(round(total * share), weights)
        for total in (
            NATIONAL_ACTIVE, NATIONAL_CLIENTS - NATIONAL_ACTIVE, NATIONAL_GROUPS, NATIONAL_ACTIVITIES
        )
    )  # fmt: skip
    return [
        Amount(
            caseloads=tuple(shares(active[i], [1.0] * max(active[i] // CLIENTS_PER_OFFICER, 1))),
            ended=ended[i],
            months=12 * NATIONAL_YEARS,
            groups=max(groups[i], 1),
            activities=activities[i],
            invited=NATIONAL_INVITED,
            years=NATIONAL_YEARS,
        )
        for i in range(offices)
    ]


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """Split `total` by weight into integers that add up to it."""
    whole, bounds, reached = sum(weights), [0], 0.0
    for weight in weights:
        reached += weight
        bounds.append(round(total * reached / whole))
    return [after - before for before, after in pairwise(bounds)]
