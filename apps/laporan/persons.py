"""All counts of persons in a report: a plain look-up of what was released (`apps/rilis`). Pure.

Every table, chart and sentence of every report reads its numbers here, so that one thing has one number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from apps.dasar.disclosure import HIDDEN, NO_DATA, Shown, added, known
from apps.klien.models import Bidang, Kebutuhan
from apps.laporan.rows import Count
from apps.rilis.measures import (
    ABSENT,
    CHILDREN,
    CLIENTS,
    DONE,
    IN_NEED,
    MET,
    MISSED,
    NEED,
    PRESENT,
    PROGRAMME,
    STATUS,
)
from apps.rilis.reading import Faces, Released

STEPS = Kebutuhan.UNMET


class Persons:
    """Released counts by what is counted, unit and kind: unit "" is the whole report, kind "" all kinds."""

    def __init__(self, counts: Iterable[Count]):
        self._shown: dict[tuple[str, str], dict[str, Shown]] = defaultdict(dict)
        for row in counts:
            self._shown[row.what, row.unit][row.kind] = row.n

    def __call__(self, what: str, unit: str = "", kind: str = "") -> Shown:
        return self._shown.get((what, unit), {}).get(kind, 0)

    def kinds(self, what: str, unit: str = "") -> list[str]:
        """The kinds of which something was counted, by name."""
        return sorted(filter(None, self._shown.get((what, unit), ())))

    def over(self, what: str, unit: str = "") -> Shown:
        """The sum over all kinds; NO_DATA without any."""
        return added(NO_DATA, *(self(what, unit, kind) for kind in self.kinds(what, unit)))


def both(one: Shown, other: Shown) -> Shown:
    """The sum of two counts of the same periods: nothing while one of them is not released."""
    return NO_DATA if NO_DATA in (one, other) else added(one, other)


def rest(whole: Shown, part: Shown) -> Shown:
    """What is left of `whole`; only for a part whose rest is no secret."""
    if NO_DATA in (whole, part):
        return NO_DATA
    return whole - part if known(whole) and known(part) else HIDDEN


def counts_of(
    units: Mapping[str, Callable[[Released], Faces]],
    state: Released,
    months: Mapping[date, Released],
    quarters: Iterable[Released],
    names: Mapping[str, str],
) -> Iterator[Count]:
    """What was released of `units` (key → how to find its faces, "" for the whole report): on the last day, per month,
    and in the quarters together. `names` are those of the categories of needs, by id."""
    quarters = tuple(quarters)
    for key, faces in units.items():
        yield from _on_the_day(key, faces(state), names)
        for month, found in months.items():
            yield Count(key, "terlaksana", month.isoformat(), faces(found)(DONE))
            yield Count(key, "terlewat", month.isoformat(), faces(found)(MISSED))
        for bidang in Bidang:
            yield Count(key, "hadir", bidang.label, added(NO_DATA, *(faces(one)(PRESENT + bidang) for one in quarters)))
            yield Count(key, "absen", bidang.label, added(NO_DATA, *(faces(one)(ABSENT + bidang) for one in quarters)))
    whole = units[""](state)
    yield from (Count("", "program", name, whole(PROGRAMME + name)) for name in whole.kinds(PROGRAMME))


def _on_the_day(key: str, faces: Faces, names: Mapping[str, str]) -> Iterator[Count]:
    yield Count(key, "klien", "", faces(CLIENTS))
    yield Count(key, "anak", "", faces(CHILDREN))
    yield Count(key, "butuh", "", faces(IN_NEED))
    for what, prefix in (("butuh", NEED), ("terpenuhi", MET)):
        for kind in faces.kinds(prefix):
            yield Count(key, what, names[kind], faces(prefix + kind))
    for step in STEPS:
        yield Count(key, "langkah", step, faces(STATUS + step))
