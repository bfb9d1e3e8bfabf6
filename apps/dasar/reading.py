"""Rows of a long list as plain values, without an object for each row.

An object of a model costs many times what the values of its columns cost (bench/unduhan.py). So the paths of the
columns ("jadwal.terakhir", "get_status_display", "bapas") become fields of one query, wherever they are fields.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.db.models.constants import LOOKUP_SEP

CHUNK = 2000
"""Rows that are fetched from PostgreSQL at a time."""
PLAIN_FIELDS = (
    models.CharField, models.TextField, models.IntegerField, models.FloatField, models.DecimalField, models.DateField,
    models.EmailField, models.BooleanField,
)  # fmt: skip
Make = Callable[[Sequence], Any]


class Source(NamedTuple):
    """Where a path is read: the lookup of its field, its words if it has choices, its model if it is a relation."""

    lookup: str
    words: dict | None = None
    model: type[models.Model] | None = None
    plain: bool = True


def source_of(rows: QuerySet, path: str) -> Source | None:
    """The field at the end of `path`; None for a property or a method, which only an object has."""
    *relations, name = path.split(".")
    model = rows.model
    if not relations and name in rows.query.annotations:
        return Source(name, plain=isinstance(rows.query.annotations[name].output_field, PLAIN_FIELDS))
    try:
        for relation in relations:
            model = model._meta.get_field(relation).related_model
        shown = name.startswith("get_") and name.endswith("_display")
        field = model._meta.get_field(name[4:-8] if shown else name)
    except FieldDoesNotExist:
        return None
    lookup = LOOKUP_SEP.join([*relations, field.name])
    if shown:
        return Source(lookup, words={value: str(label) for value, label in field.flatchoices})
    if field.is_relation:
        return Source(lookup, model=field.related_model) if field.concrete else None
    return Source(lookup, plain=isinstance(field, PLAIN_FIELDS))


class LeanRows:
    """Reads the columns of a list as lists of values, a chunk at a time.

    `columns` are pairs: the paths that a column reads, and the function of their values that it shows (None: the value
    itself). `possible` is False when one of them needs an object. `extra` are further paths, see `extras`.
    """

    def __init__(self, rows: QuerySet, columns: Sequence[tuple[Sequence[str], Callable | None]], extra: Sequence[str]):
        self._rows, self._fields = rows, list[str]()
        self._names: dict[int, Names] = {}
        makers = [self._maker(paths, value) for paths, value in columns]
        self._extra = [self._place(Source(path)) for path in extra]
        self.possible = None not in makers and not rows.query.distinct  # distinct compares what is read
        self._makers: list[Make] = [make for make in makers if make]

    def __iter__(self) -> Iterator[tuple[list, list]]:
        """(the values of the columns, the values of `extra`) of each row."""
        rows = self._rows.prefetch_related(None).values_list(*self._fields).iterator(CHUNK)
        makers, extra = self._makers, self._extra
        while chunk := list(islice(rows, CHUNK)):
            for place, names in self._names.items():
                names.learn({row[place] for row in chunk})
            for row in chunk:
                yield [make(row) for make in makers], [row[place] for place in extra]

    def _maker(self, paths: Sequence[str], value: Callable | None) -> Make | None:
        found = [source_of(self._rows, path) for path in paths]
        sources = [source for source in found if source]
        if len(sources) < len(paths) or not (value or sources[0].plain):
            return None
        reads = [self._reader(source) for source in sources]
        return (lambda row: value(*[read(row) for read in reads])) if value else reads[0]

    def _reader(self, source: Source) -> Make:
        place = self._place(source)
        if source.words is not None:
            words = source.words
            return lambda row: words.get(row[place], row[place])
        if source.model:
            names = self._names.setdefault(place, Names(source.model, self._joined(source.lookup)))
            return lambda row: names.get(row[place])
        return itemgetter(place)

    def _place(self, source: Source) -> int:
        if source.lookup not in self._fields:
            self._fields.append(source.lookup)
        return self._fields.index(source.lookup)

    def _joined(self, lookup: str) -> list[str]:
        """Relations that the list joins to the relation at `lookup`: its text needs them."""
        joined: Any = self._rows.query.select_related
        for name in lookup.split(LOOKUP_SEP):
            joined = joined.get(name) if isinstance(joined, dict) else None
        return list(joined or ())


class Names(dict):
    """id → the text of the object, asked once for each object of a file."""

    def __init__(self, model: type[models.Model], joined: Sequence[str]):
        super().__init__({None: None})
        rows = model._base_manager.all()
        self._rows = rows.select_related(*joined) if joined else rows

    def learn(self, ids: set) -> None:
        if unknown := ids - self.keys():
            self.update((pk, str(row)) for pk, row in self._rows.in_bulk(unknown).items())


def objects_of(rows: QuerySet | Sequence) -> Iterator:
    """The rows themselves; those of a query that nobody has read yet come a chunk at a time."""
    return rows.iterator(CHUNK) if isinstance(rows, QuerySet) and rows._result_cache is None else iter(rows)


def opened(rows: Iterator, most: int) -> tuple[list, Iterator]:
    """(the first `most` rows, all of them): looks how long a list is without losing a row."""
    first = list(islice(rows, most))
    return first, chain(first, rows)
