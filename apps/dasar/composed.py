"""Queries of the busiest requests: the ORM writes their SQL once per process, not once per request.

Composing a query costs several times what PostgreSQL needs for it (`bench/bimbingan_post.py`). The query stays a
queryset, so a renamed column or a changed rule cannot get past it.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql import InsertQuery
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)


class Given(Expression):
    """A value that is known only when the query runs. A tuple is for `__in` and must not be empty."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler, connection) -> Any:
        return "%s", [self]


class GivenUser:
    """Stands for the user in `visible_to`: the offices come as `Given("bapas")`, by `offices_of`."""

    class scope:
        bapas = Given("bapas")


def offices_of(user) -> tuple[int, ...]:
    """The value of `Given("bapas")` for `user`; no office has the id 0."""
    return tuple(user.scope.bapas) or (0,)


class Composed(Generic[Row]):
    """A query for instances (with `select_related`, `only`, a lock), whose values come later.

    `build` is called once, at the first query. What it returns may not depend on the moment, the user or the language.
    """

    def __init__(self, build: Callable[[], QuerySet[Row]]) -> None:
        self._build, self._lock = build, Lock()
        self._plan: _Plan[Row] | None = None

    def all(self, **given: Any) -> list[Row]:
        """The rows for the values of every `Given`, by name."""
        plan = self._plan or self._compose()
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(
                plan.sql, [given[value.name] if isinstance(value, Given) else value for value in plan.params]
            )
            return [plan.instance(row) for row in plan.converted(cursor.fetchall())]

    def first(self, **given: Any) -> Row | None:
        """The first row, or None."""
        return next(iter(self.all(**given)), None)

    def _compose(self) -> "_Plan[Row]":
        with self._lock:
            plan = self._plan = self._plan or _Plan(self._build().query.get_compiler(DEFAULT_DB_ALIAS))
        return plan


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


class _Plan(Generic[Row]):
    """The SQL of a query, and how its rows become instances: what `ModelIterable` works out for each query anew."""

    def __init__(self, compiler: SQLCompiler) -> None:
        self.sql, self.params = compiler.as_sql()
        select, info = compiler.select, compiler.klass_info
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        self._model, self._own = info["model"], slice(first, last)
        self._names = [column.target.attname for column, *_ in select[self._own]]
        self._related: list[RelatedPopulator] = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        self._converters = compiler.get_converters([column for column, *_ in select])
        self._apply = compiler.apply_converters

    def converted(self, rows: list[tuple]) -> Any:
        return self._apply(rows, self._converters) if self._converters else rows

    def instance(self, row: tuple) -> Row:
        made = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._own])
        for one in self._related:
            one.populate(row, made)
        return made
