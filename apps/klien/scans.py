"""Uploads and the virus scanner: a worker has them scanned, no page waits for it.

With `CLAMD_URL` every upload is kept closed until the scanner has read the bytes as they came. A room (app) with a door
for files has a module `uploads` with `DOOR`, and this module finds it. Nothing here needs the broker: beat asks for
whatever waits, a sent message only makes it quicker.
"""

import io
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import QuerySet

from apps.dasar import clamd
from apps.dasar.rooms import modules
from apps.klien.crypto import seal_file, unseal_file
from apps.wilayah.models import ScopedModel
from apps.wilayah.scope import database_scope, nation_scope, office_scope

FOLDER = "karantina"
ROUND = 200
"""Most files of one door in one round, so that the others get their turn."""
Row = TypeVar("Row", bound=ScopedModel)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Door:
    """A way in for files. `read` gives the bytes as they were uploaded; one of the others follows the verdict, in a
    transaction of the row's office. The row may have changed meanwhile: they take it with `held`."""

    waiting: Callable[[], QuerySet]
    read: Callable[[Any], bytes]
    passed: Callable[[Any], None]
    refused: Callable[[Any], None]


def scan_waiting() -> int:
    """Scan what waits at every door. Gives the number of verdicts; 0 when there is no scanner or it is silent."""
    if not settings.CLAMD_URL:
        return 0
    try:
        clamd.ping(settings.CLAMD_URL)
        return sum(_scan(door, *ids) for door in doors() for ids in _waiting(door))
    except clamd.Unreachable as silent:
        logger.warning("scanner_silent: %s", silent)
        return 0


def ask() -> None:
    """Have a worker scan what waits, after the commit. Without a broker beat does it within half a minute."""
    if settings.CLAMD_URL:
        send = current_app.signature("apps.klien.tasks.scan_uploads").apply_async
        transaction.on_commit(lambda: send(retry=False), robust=True)


def doors() -> list[Door]:
    return [module.DOOR for module in modules("uploads")]


def quarantine(body: bytes) -> str:
    """Keep an upload until it is scanned: sealed, under a random name. "" without a scanner."""
    if not settings.CLAMD_URL:
        return ""
    name, sealed = f"{FOLDER}/{secrets.token_hex(20)}", io.BytesIO()
    seal_file(io.BytesIO(body), sealed, name)
    return default_storage.save(name, ContentFile(sealed.getvalue()))


def read_upload(mentah: str, stored: str) -> bytes:
    """The bytes as they were uploaded: out of quarantine, or the stored file when it is the same."""
    with default_storage.open(mentah or stored) as file:
        return b"".join(unseal_file(file, mentah)) if mentah else file.read()


def held(waiting: QuerySet[Row], row: Row) -> Row | None:
    """The row as it is now, locked until the transaction ends; None when it no longer waits."""
    return waiting.select_for_update(of=("self",), no_key=True).filter(bapas=row.bapas_id, pk=row.pk).first()


def delete_later(*names: str) -> None:
    """Delete files once the transaction has committed."""
    transaction.on_commit(lambda: delete_now(*names))


def delete_now(*names: str) -> None:
    for name in filter(None, names):
        default_storage.delete(name)


def _waiting(door: Door) -> list[tuple[int, int]]:
    """(office, id) of the rows that wait, the newest first: somebody still looks at their page."""
    with database_scope(nation_scope()):
        return list(door.waiting().order_by("-pk").values_list("bapas_id", "pk")[:ROUND])


def _scan(door: Door, bapas_id: int, pk: int) -> int:
    """1 when this file got its verdict; 0 when another worker has it, or the scanner had none."""
    with database_scope(office_scope(bapas_id)):
        row = door.waiting().filter(bapas=bapas_id, pk=pk).first()
        if row is None or not _alone(row):
            return 0
        try:
            clean = clamd.is_clean(door.read(row), settings.CLAMD_URL)
        except (clamd.NoVerdict, FileNotFoundError) as trouble:
            logger.error("upload_not_scanned: %s %s, %s", row._meta.db_table, pk, trouble)
            return 0
        (door.passed if clean else door.refused)(row)
        return 1


def _alone(row) -> bool:
    """Take this row until the transaction ends. Nobody waits for it: neither people nor other workers."""
    with connection.cursor() as cursor:
        key = [row._meta.db_table, row.pk % 2**31]
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)", key)
        return cursor.fetchone()[0]
