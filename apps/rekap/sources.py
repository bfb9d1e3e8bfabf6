"""What is summed up, declared beside the models in the `recap.py` of a room (`apps/klien/recap.py` is the largest).

A `Source` cuts its rows into *keys*: a client, a day of the guidance log, an activity, a budget year. Its SQL says
which facts follow from one key. Triggers, the merge, `rekap bangun`, `rekap periksa` and every read use this one
declaration, so they cannot disagree.
"""

from dataclasses import dataclass
from functools import cache

from apps.dasar.rooms import modules


@dataclass(frozen=True)
class Watch:
    """A table on which facts depend: when rows change, the keys of these rows are marked."""

    table: str
    columns: tuple[str, ...]
    """Columns that matter, besides `bapas_id`. An UPDATE of other columns marks nothing."""
    keys: str
    """SQL: (bapas_id, key) of the rows in `changed`, which has the columns above."""


@dataclass(frozen=True)
class Source:
    """Facts of one kind of key. Keys belong to one office and are whole numbers."""

    name: str
    measures: tuple[str, ...]
    """Every measure (`ukuran`) that `facts` gives; no two sources share one."""
    keys: str
    """SQL: (bapas_id, key) of everything there is; the caller adds a condition on its table, whose alias is `asal`."""
    facts: str
    """SQL: the facts of the key $2 of the office $1, as the columns `FACT`. PostgreSQL keeps it as the function
    `rekap_fakta_<name>`, so a change needs a migration with `declare` and `fill`."""
    watches: tuple[Watch, ...]


FACT = ("ukuran", "kategori", "mulai", "selesai", "n", "jumlah")
"""A fact counts `n`, and `jumlah` rupiah (NULL if it is not about money), from the day `mulai` until the day `selesai`
(not included; NULL = for ever).

What happened on a day has no `selesai`: it is summed over days. What stands for a time is read at one day: everything
that began until then, less everything that ended.
"""


@cache
def sources() -> tuple[Source, ...]:
    """The declared sources of all rooms."""
    return tuple(source for room in modules("recap") for source in room.SOURCES)


@cache
def source_of(measure: str) -> Source:
    return next(source for source in sources() if measure in source.measures)
