"""Seals (encrypts) values of older keys again with the first key, so that an older key may leave the ring.

It works through every `SealedTextField` of every model and through its old values in the history of changes, office by
office and batch by batch. The key id in front of a value shows whether it is done, so an interrupted run continues
where it stopped. Only the owner of the tables can run it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.db.models import BinaryField, F, Func, Q, QuerySet, Value
from django.db.models.fields.json import KT

from apps.dasar.locks import held
from apps.jejak.models import Perubahan
from apps.klien.crypto import KEY_ID_BYTES, SealedTextField, current_key_id, seal, unseal
from apps.wilayah.models import ScopedModel
from apps.wilayah.scope import database_scope, office_scope

BATCH = 500
OWNS_HISTORY = "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE relname = %s"
IS_TRACKED = "SELECT count(*) FROM pg_trigger WHERE tgname = 'keep_history' AND tgrelid = %s::regclass"


def sealed_models() -> list[type[ScopedModel]]:
    """Every model with a sealed column."""
    return [model for model in apps.get_models() if issubclass(model, ScopedModel) and _sealed(model)]


def pending(model: type[ScopedModel], office: int) -> tuple[int, int]:
    """(rows, old versions of rows) of one office that are still sealed with an older key."""
    with database_scope(office_scope(office)):
        return _outdated_rows(model, office).count(), _outdated_history(model, office).count()


def rotate(model: type[ScopedModel], office: int, *, batch: int = BATCH) -> int:
    """Seal everything of one table and one office again; the number of rows and old versions."""
    return sum(_batches(_rotate_rows, model, office, batch)) + sum(_batches(_rotate_history, model, office, batch))


def may_rotate() -> bool:
    """True when the connected role owns the history table, which is append-only for everybody else."""
    with connection.cursor() as cursor:
        cursor.execute(OWNS_HISTORY, [Perubahan._meta.db_table])
        return cursor.fetchone() == (True,)


def _batches(step, model, office: int, batch: int) -> Iterator[int]:
    """Each batch is a transaction of its own, so nobody waits long for a row."""
    done = batch
    while done == batch:
        with database_scope(office_scope(office)):
            done = step(model, office, batch)
        yield done


def _rotate_rows(model, office: int, batch: int) -> int:
    """Without a history entry: the content does not change, so open pages stay valid."""
    rows, fields = list(held(_outdated_rows(model, office))[:batch]), _sealed(model)
    if rows:
        with _without_history(model._meta.db_table):
            for row in rows:
                for field in fields:
                    getattr(row, field.attname)  # decrypted here, sealed with the first key by save()
                row.save(update_fields=[field.name for field in fields])
    return len(rows)


def _rotate_history(model, office: int, batch: int) -> int:
    changes = list(_outdated_history(model, office)[:batch])
    for change in changes:
        change.lama, change.baru = _again(model, change.lama), change.baru and _again(model, change.baru)
        change.save(update_fields=["lama", "baru"])
    return len(changes)


def _again(model, version: dict) -> dict:
    """One version of a row, as `to_jsonb` wrote it, with its columns sealed with the first key."""
    fresh = dict(version)
    for field in _sealed(model):
        stored = bytes.fromhex((version.get(field.column) or r"\x")[2:])
        if stored:
            row = version[model._meta.get_field(field.row).column]
            bound_to = f"{model._meta.db_table}.{field.column}.{row}"
            fresh[field.column] = rf"\x{seal(unseal(stored, bound_to), bound_to).hex()}"
    return fresh


def _outdated_rows(model, office: int) -> QuerySet:
    rows, older = model._base_manager.filter(bapas_id=office), Q()
    for field in _sealed(model):
        key = Func(
            F(field.name), Value(1), Value(KEY_ID_BYTES), function="substring", output_field=BinaryField()
        )  # fmt: skip
        rows = rows.alias(**{f"kunci_{field.name}": key})
        older |= ~Q(**{field.name: b""}) & ~Q(**{f"kunci_{field.name}": current_key_id()})
    return rows.filter(older).order_by("pk")


def _outdated_history(model, office: int) -> QuerySet:
    changes = Perubahan.objects.filter(bapas_id=office, tabel=model._meta.db_table)
    older, current = Q(), rf"\x{current_key_id().hex()}"
    for field in _sealed(model):
        for version in ("lama", "baru"):
            name = f"{version}_{field.name}"
            changes = changes.alias(**{name: KT(f"{version}__{field.column}")})
            older |= Q(**{f"{name}__gt": r"\x"}) & ~Q(**{f"{name}__startswith": current})
    return changes.filter(older).order_by("pk")


@contextmanager
def _without_history(table: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(IS_TRACKED, [table])
        tracked = cursor.fetchone() == (1,)
        if tracked:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER keep_history")
        yield
        if tracked:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER keep_history")


def _sealed(model) -> list[SealedTextField]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, SealedTextField)]
