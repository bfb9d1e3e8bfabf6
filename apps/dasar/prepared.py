"""Statements that are composed once per process: for the ORM that takes longer than PostgreSQL needs for the answer.

    @prepared
    def _due(user, day):
        return Klien.objects.visible_to(user).active().filter(jadwal__berikutnya=day)

    rows = _due(user, day=today(user))              # a list, read from the database at every call
    rows = _due(user, day=today(user), most=10)     # only the first ones

The function composes a QuerySet from the user and from values given by name. It runs once for each role and each
choice of values and their types, with a stand-in for the user and a `Param` for every value; later calls only put the
new values into the finished statement. So it must take everything that changes from its arguments. What it would freeze
is refused while it runs: a query, a date or moment in the finished statement, the zone of the reader, and our own
question what a value is or whether it is there.
`tests/contoh/test_prepared.py` compares every statement with its QuerySet.
"""

import sys
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import update_wrapper
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Expression, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import InsertQuery
from django.utils.deconstruct import deconstructible
from django.utils.functional import cached_property

Row = TypeVar("Row", bound=models.Model)

FIELDS = {
    int: models.BigIntegerField,
    str: models.TextField,
    date: models.DateField,
    datetime: models.DateTimeField,
}
"""Types of values that a statement takes, with the field that PostgreSQL is told."""


@deconstructible
class Param(Expression):
    """The place of one value in a statement."""

    def __init__(self, name: str, kind: type = int):
        if kind not in FIELDS:
            raise TypeError(f"A prepared statement takes no {kind.__name__} as {name}.")
        super().__init__(output_field=FIELDS[kind]())
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def __bool__(self):
        """True for Django, which asks every expression; our own code would freeze the answer."""
        self._only_django_asks()
        return True

    def __eq__(self, other):
        self._only_django_asks()
        return super().__eq__(other)

    def __hash__(self):
        self._only_django_asks()
        return super().__hash__()

    def _only_django_asks(self) -> None:
        if not sys._getframe(2).f_globals["__name__"].startswith("django."):
            raise TypeError(f"A prepared statement cannot depend on what {self.name} is, or whether there is one.")


class _Identity(Param):
    """An id of the user, which the role always has."""

    def __bool__(self):
        return True


class Prepared:
    """See above. A call gives the rows as a list, at most `most` of them; `rows` gives them for paging, unread.

    Reference lists, which are the same for everybody, take no user.
    """

    def __init__(self, compose: Callable[..., QuerySet]):
        self.compose = compose
        self._statements: dict[tuple, _Statement] = {}
        update_wrapper(self, compose)
        EVERY.append(self)

    def __call__(self, user=None, *, most: int | None = None, **values) -> list[Any]:
        rows = self.rows(user, **values)
        return list(rows if most is None else rows[:most])

    def rows(self, user=None, **values) -> "QuerySet | Rows":
        who = _who(user)
        if who is None:
            return self.compose(user, **values)
        key = (user and user.penugasan.peran, *who, *values, *map(type, values.values()))
        if key not in self._statements:
            self._statements[key] = self._finish(user, who, values)
        return Rows(self._statements[key], who | values)

    def _finish(self, user, who: dict[str, int], values: dict[str, Any]) -> "_Statement":
        params = {name: Param(name, type(value)) for name, value in values.items()}
        with connections[DEFAULT_DB_ALIAS].execute_wrapper(_refuse_queries):
            return _Statement.of(self.compose(_stand_in(user, who) if user else None, **params))


prepared = Prepared
EVERY: list[Prepared] = []
"""All statements of the portal."""


class Rows:
    """The rows of one statement with its values: read when they are asked for, all of them or a slice."""

    def __init__(self, statement: "_Statement", values: dict[str, Any]):
        self._statement, self._values = statement, values

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, part: slice) -> "list[Any] | Rows":
        if part.stop is None:
            return self._all[part.start :] if part.start else self
        start = part.start or 0
        return self._statement.rows(self._values, f" LIMIT {part.stop - start:d} OFFSET {start:d}")

    @cached_property
    def _all(self) -> list[Any]:
        return self._statement.rows(self._values)


def _who(user) -> dict[str, int] | None:
    """What a statement takes from the user; None for a user of a region or the nation, whose statement depends on the
    offices there."""
    if user is None:
        return {}
    duty = user.penugasan
    if duty is None:
        return None
    if duty.mitra_id:
        return {"user_mitra": duty.mitra_id, "user_pk": user.pk}
    return {"user_bapas": duty.bapas_id, "user_pk": user.pk} if duty.bapas_id else None


def _stand_in(user, who: dict[str, int]) -> SimpleNamespace:
    """A user of the same role without an identity."""
    office = _Identity("user_bapas") if "user_bapas" in who else None
    partner = _Identity("user_mitra") if "user_mitra" in who else None
    return SimpleNamespace(
        pk=_Identity("user_pk"),
        is_authenticated=True,
        penugasan=SimpleNamespace(peran=user.penugasan.peran, bapas_id=office, mitra_id=partner, kanwil_id=None),
        scope=SimpleNamespace(bapas=[office] if office else [], mitra=partner, kanwil=None, nation=False),
    )


@dataclass(frozen=True)
class _Statement:
    """A QuerySet with its finished SQL; without SQL it can have no row. It uses inner parts of the ORM."""

    queryset: Any
    compiler: Any = None
    sql: str = ""
    params: tuple = ()
    instances: "_Instances | None" = None

    @classmethod
    def of(cls, queryset: Any) -> "_Statement":
        if queryset._prefetch_related_lookups:
            raise TypeError("A prepared statement is one statement; it prefetches nothing.")
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return cls(queryset)
        frozen = [param for param in params if _is_day(param)]
        if frozen:
            raise TypeError(f"This statement would keep {frozen} for ever. Give it as a value.")
        if "AT TIME ZONE %s" in sql:
            raise TypeError("This statement would keep the zone of its first reader for ever. Read it from the office.")
        plain = queryset._iterable_class is ModelIterable and not queryset._known_related_objects
        return cls(queryset, compiler, sql, tuple(params), _Instances(compiler) if plain else None)

    def rows(self, values: dict[str, Any], limit: str = "") -> list[Any]:
        """The rows for these values; `limit` is SQL behind a statement that has no limit of its own."""
        if self.compiler is None:
            return []
        filled = tuple(values[param.name] if isinstance(param, Param) else param for param in self.params)
        if self.instances:
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute(self.sql + limit, filled)
                return self.instances.of(cursor.fetchall())
        ready: Any = QuerySet(
            self.queryset.model, cast(Any, _Ready(self.queryset.query, self.compiler, self.sql + limit, filled))
        )
        ready._fields = self.queryset._fields
        return list(self.queryset._iterable_class(ready))


def _is_day(param: Any) -> bool:
    return isinstance(param, date) or (isinstance(param, list | tuple) and any(map(_is_day, param)))


class _Instances:
    """How the rows of a statement become instances: what Django's `ModelIterable` works out for each query anew."""

    def __init__(self, compiler):
        select, info = compiler.select, compiler.klass_info
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        self._model, self._own, self._compiler = info["model"], slice(first, last), compiler
        self._names = [column.target.attname for column, *_ in select[self._own]]
        self._related = get_related_populators(info, select, DEFAULT_DB_ALIAS)
        self._annotated = tuple((compiler.annotation_col_map or {}).items())
        self._converters = compiler.get_converters([column for column, *_ in select[: compiler.col_count]])

    def of(self, rows: list[tuple]) -> list[Any]:
        return [self._made(row) for row in self._converted(rows)]

    def _converted(self, rows: list[tuple]) -> Any:
        if not self._converters:
            return rows
        compiler = copy(self._compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # that of this thread
        return compiler.apply_converters(rows, self._converters)

    def _made(self, row) -> Any:
        one = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._own])
        for related in self._related:
            related.populate(row, one)
        for name, column in self._annotated:
            setattr(one, name, row[column])
        return one


class _Ready:
    """Stands for the query of a QuerySet: its SQL is finished."""

    def __init__(self, query, compiler, sql: str, params: tuple):
        self._query, self._compiler = query, copy(compiler)
        self._compiler.connection = connections[DEFAULT_DB_ALIAS]  # that of this thread
        self._compiler.as_sql = lambda *args, **kwargs: (sql, params)

    def get_compiler(self, *args, **kwargs):
        return self._compiler

    def __getattr__(self, name):
        return getattr(self._query, name)


class Insert(Generic[Row]):
    """INSERT of one row of a model, unless a unique constraint knows it already (ON CONFLICT DO NOTHING)."""

    def __init__(self, model: type[Row]) -> None:
        self._model, self._key = model, model._meta.pk
        self._fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        self._sql = ""

    def __call__(self, row: Row) -> bool:
        """Store `row` and give it its key. False, and no key, when it is known."""
        connection = connections[DEFAULT_DB_ALIAS]
        self._sql = self._sql or self._compose()
        values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in self._fields]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, values)
            stored = cursor.fetchone()
        row.pk = stored[0] if stored else None
        return stored is not None

    def _compose(self) -> str:
        query = InsertQuery(self._model, on_conflict=OnConflict.IGNORE)
        query.insert_values(self._fields, [self._model()])
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        compiler.returning_fields = [self._key]
        return compiler.as_sql()[0][0]


def _refuse_queries(execute, sql, params, many, context):
    raise TypeError(f"A prepared statement may not depend on a query: {sql}")
