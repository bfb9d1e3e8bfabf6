"""Reads released faces. A page outside the office takes every count of persons from here, and works nothing out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Max, Q

from apps.acuan.models import KategoriKebutuhan
from apps.dasar.disclosure import NO_DATA, Shown
from apps.rilis.models import Khalayak, Rilis, Wajah
from apps.rilis.releasing import face_of


@dataclass(frozen=True)
class Faces:
    """The measures of one unit in one period. Without a release everything is NO_DATA, printed "–"."""

    angka: dict[str, int | str] | None = None

    def __call__(self, measure: str) -> Shown:
        return NO_DATA if self.angka is None else face_of(self.angka.get(measure, 0))

    def kinds(self, prefix: str) -> list[str]:
        """What follows `prefix` in the names of measures that are not 0, in order."""
        return sorted(name.removeprefix(prefix) for name in self.angka or () if name.startswith(prefix))


@dataclass(frozen=True)
class Released:
    """The faces of some units in one period; `first` is None when nothing is released."""

    first: date | None = None
    nation: Faces = Faces()
    regions: dict[int, Faces] = field(default_factory=dict)
    offices: dict[int, Faces] = field(default_factory=dict)
    places: dict[tuple[int, int], Faces] = field(default_factory=dict)
    """(Bapas id, place id) → faces of the clients of that office who live there."""

    def region(self, pk: int) -> Faces:
        return self.regions.get(pk, Faces())

    def office(self, pk: int) -> Faces:
        return self.offices.get(pk, Faces())

    def all(self) -> list[Faces]:
        """The faces of every unit that was read."""
        nation = [] if self.nation.angka is None else [self.nation]
        return [*nation, *self.regions.values(), *self.offices.values(), *self.places.values()]


def factor_name(domain: str) -> str:
    """A factor that stands for its categories, in words."""
    return f"{KategoriKebutuhan.Domain(domain).label} (semua jenisnya)"


def newest(**until: date) -> dict[str, date | None]:
    """Kind of period → first day of the newest released one that begins on the day given or before."""
    asked = [Q(masa=masa, mulai__lte=day) for masa, day in until.items()]
    found = Rilis.objects.filter(reduce(or_, asked)).values_list("masa").annotate(Max("mulai")).order_by()
    return dict.fromkeys(until) | dict(found)


def newest_of_each() -> tuple:
    """Changes with every release."""
    return tuple(Rilis.objects.order_by("-pk").values_list("pk", flat=True)[:1])


def read(masa: str, firsts: Iterable[date | None], audience: str, units: Q) -> dict[date, Released]:
    """First day → faces, of the periods that are released, in one query. `units` as `nation()`, `regions(…)` and
    `offices(…)` give them, joined by `|`."""
    these = [first for first in firsts if first]
    if not these:
        return {}
    rows = Wajah.objects.filter(units, khalayak=audience, rilis__masa=masa, rilis__mulai__in=these).values_list(
        "rilis__mulai", "kanwil_id", "bapas_id", "kabkota_id", "angka"
    )
    found: dict[date, dict] = {}
    for first, kanwil, bapas, kabkota, angka in rows:
        of = found.setdefault(first, {"nation": Faces(), "regions": {}, "offices": {}, "places": {}})
        if kanwil:
            of["regions"][kanwil] = Faces(angka)
        elif kabkota:
            of["places"][bapas, kabkota] = Faces(angka)
        elif bapas:
            of["offices"][bapas] = Faces(angka)
        else:
            of["nation"] = Faces(angka)
    return {first: Released(first, **of) for first, of in found.items()}


def read_one(masa: str, first: date | None, audience: str, units: Q) -> Released:
    """The faces of one period; nothing without a release."""
    return next(iter(read(masa, [first], audience, units).values()), Released())


def of_office(masa: str, first: date | None, bapas: int, audience: str = Khalayak.DINAS) -> Faces:
    """The faces of one office in one period."""
    return read_one(masa, first, audience, offices([bapas])).office(bapas)


def nation() -> Q:
    return Q(kanwil=None, bapas=None)


def regions(ids: Collection[int]) -> Q:
    return Q(kanwil__in=ids)


def offices(ids: Collection[int]) -> Q:
    """The offices themselves, without their places."""
    return Q(bapas__in=ids, kabkota=None)


def places(ids: Collection[int], kabkota: int) -> Q:
    return Q(bapas__in=ids, kabkota=kabkota)
