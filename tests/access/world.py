"""What the table of access and its targets say, and the two offices in which URLs are tried."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from apps.akun.roles import Peran
from tests import factories as make
from tests.access.places import CANARY, Place

HERE = Path(__file__).parent
ANONYMOUS = "anonymous"
ROLES = [*Peran.values, ANONYMOUS]


def _read(path: Path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = _read(HERE / "matrix.csv")


@cache
def targets():
    """Name of a URL: a function of the place that makes (args, kwargs, data) to try it with."""
    found = {}
    for path in sorted((HERE / "targets").glob("[a-z]*.py")):
        found |= import_module(f"tests.access.targets.{path.stem}").TARGETS
    return found


def target(name: str, place: Place):
    return targets().get(name, lambda place: ([], {}, {}))(place)


@dataclass(frozen=True)
class World:
    """Both offices as every row of the table finds them; `crowded` ones hold rows that a careless list would show."""

    bare: tuple[Place, Place]
    crowded: tuple[Place, Place]

    @classmethod
    def make(cls) -> "World":
        made = cls(_two_offices(), _two_offices())
        for place in made.crowded:
            place.furnish()
        return made


def _two_offices():
    here, there = Place(make.BapasFactory()), Place(make.BapasFactory(), CANARY)
    for role in Peran.values:
        here.officer(role)
    return here, there
