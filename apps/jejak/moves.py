"""Moves rows from one status to the next. The status of everything that has a `NEXT` changes here.

`NEXT` in the services of an app says which status may follow which; callers pass it as `allowed`. `facts` are the other
fields that a move writes: who decided, when, why.
"""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet, TextChoices
from django.utils.text import capfirst

from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.jejak.services import record_move
from apps.wilayah.models import ScopedModel

Row = TypeVar("Row", bound=ScopedModel)
Status = TypeVar("Status", bound=TextChoices)
Next = Mapping[Status, Collection[Status]]
"""Status → statuses that may follow it."""


@transaction.atomic
def move(row: Row, to: Status, allowed: Next[Status], *, by: Pengguna, objek: str, note: str = "", **facts: Any) -> Row:
    """Lock `row`, move it, and note the move in the trail, where `objek` names its kind. Returns the row as stored."""
    current = lock(row)
    before = step(current, to, allowed, **facts)
    record_move(current, objek, dari=before, ke=to, by=by, catatan=note)
    return current


def step(row: Model, to: Status, allowed: Next[Status], **facts: Any) -> Status:
    """Move a row that the caller has locked and records in the trail itself. Returns the status before."""
    before = refuse_move(row, to, allowed)
    for name, value in {"status": to, **facts}.items():
        setattr(row, name, value)
    row.save(update_fields=["status", *facts])
    return before


def refuse_move(row: Model, to: Status, allowed: Next[Status]) -> Status:
    """The status of `row`; Refused when `to` may not follow it."""
    now = type(to)(row.status)  # type: ignore[attr-defined]
    if to not in allowed[now]:
        name = capfirst(str(row._meta.verbose_name))
        raise Refused(f"{name} ini berstatus “{now.label}”, tidak dapat menjadi “{to.label}”.")
    return now


def move_all(rows: QuerySet, to: Status, allowed: Next[Status], **facts: Any) -> int:
    """Move those of `rows` that may become `to`; returns how many. For jobs, whose moves leave no trail.

    One UPDATE, no lock before it. If two jobs want the same row, PostgreSQL checks the status again for the second.
    """
    before = [status for status, following in allowed.items() if to in following]
    return rows.filter(status__in=before).update(status=to, **facts)
