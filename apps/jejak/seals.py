"""Seals of the trail: each closed day is a link of a hash chain over ids and times, never over names or values.

`portal_seal` in PostgreSQL (migration 0006_stamp) makes them; the web role can neither write nor change one. `check`
counts every row again, here, and says which days differ. See docs/keputusan/0040-jejak.md.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db import connection, models

from apps.akun.models import RiwayatAkun
from apps.dasar.wording import angka, tanggal
from apps.jejak.models import Akses, Perubahan, Riwayat, Segel
from apps.wilayah.scope import database_scope, nation_scope

SEALED: tuple[type[models.Model], ...] = (RiwayatAkun, Akses, Perubahan, Riwayat)
"""In the order of their table names, which is their order in a seal."""
JAKARTA = ZoneInfo("Asia/Jakarta")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
CHUNK = 10_000


@dataclass(frozen=True)
class Content:
    """What a seal says of one table: rows, the sum of their ids, and the chain over ids and times."""

    jumlah: int
    nomor: int
    sidik: str


def seal() -> Iterator[dt.date]:
    """Seal every day that is closed and has no seal, one transaction each; gives the days."""
    while day := _seal_next():
        yield day


def _seal_next() -> dt.date | None:
    with database_scope(nation_scope()), connection.cursor() as cursor:
        cursor.execute("SELECT portal_seal()")
        return cursor.fetchone()[0]


def check(since: dt.date | None = None, until: dt.date | None = None) -> Iterator[str]:
    """What differs between the seals of these days and the rows that are stored now, in sentences."""
    seals = list(Segel.objects.all())
    for before, one in zip([None, *seals], seals, strict=False):
        if (since and one.hari < since) or (until and one.hari > until):
            continue
        for flaw in (*_broken(before, one), *_differences(one)):
            yield f"{tanggal(one.hari)}: {flaw}"


def _broken(before: Segel | None, one: Segel) -> Iterator[str]:
    """What is wrong with the seal itself and with its link to the one before."""
    if before and one.hari - before.hari != dt.timedelta(days=1):
        yield "hari sebelumnya tidak bersegel."
    if one.sebelum != (before.sidik if before else ""):
        yield "rantai putus, segel sebelumnya bukan yang dulu."
    if one.sidik != _fingerprint(one):
        yield "segel diubah, sidiknya tidak cocok dengan isinya."


def _fingerprint(one: Segel) -> str:
    names = sorted(one.isi)
    lines = [f"{name} {' '.join(str(one.isi[name][part]) for part in ('jumlah', 'nomor', 'sidik'))}" for name in names]
    return sha256("".join(f"{line}\n" for line in (one.sebelum, one.hari.isoformat(), *lines)).encode()).hexdigest()


def _differences(one: Segel) -> Iterator[str]:
    opens = _midnight(one.hari) if one.sebelum else None
    with database_scope(nation_scope()):
        for model in SEALED:
            sealed = Content(**one.isi[model._meta.db_table])
            found = _content(model, opens, _midnight(one.hari + dt.timedelta(days=1)))
            if found != sealed:
                yield f"{model._meta.verbose_name} {_difference(sealed, found)}"


def _content(model: type[models.Model], opens: dt.datetime | None, closes: dt.datetime) -> Content:
    """The same as `portal_seal` counts, a chunk of rows at a time in memory."""
    rows = model._default_manager.filter(pada__lt=closes)
    if opens:
        rows = rows.filter(pada__gte=opens)
    count, total, digest = 0, 0, b""
    for pk, moment in rows.order_by("pk").values_list("pk", "pada").iterator(chunk_size=CHUNK):
        count, total = count + 1, total + pk
        digest = sha256(b"%s%d %d\n" % (digest, pk, (moment - EPOCH) // MICROSECOND)).digest()
    return Content(count, total, digest.hex())


def _difference(sealed: Content, found: Content) -> str:
    more = found.jumlah - sealed.jumlah
    if not more:
        same = sealed.nomor == found.nomor
        return "mempunyai waktu yang berubah." if same else "mempunyai baris yang diganti baris lain."
    number = f", nomor {abs(found.nomor - sealed.nomor)}" if abs(more) == 1 else ""
    return f"{'lebih' if more > 0 else 'kurang'} {angka(abs(more))} baris{number}."


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), JAKARTA)
