"""Keeps the sums: merges marks, builds everything again, looks for differences.

Everything runs inside a scope that holds the offices, in a transaction of its own (READ COMMITTED): the lock comes
before the statement whose snapshot decides what is counted.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from apps.rekap.sources import Source, sources
from apps.rekap.statements import COLUMNS, LEVELS, STALE, facts

LOCK = 310_031
"""Number of the advisory lock of a merge; builds share it, each with a second lock for its office."""


@dataclass(frozen=True)
class Drift:
    """A measure of one office whose stored rows are not what a recount says."""

    bapas_id: int
    measure: str
    rows: int


def merge(offices: Collection[int]) -> int:
    """Bring the sums of the offices up to date; returns how many keys were counted again.

    0 also when another merge is running: the next one finds what is left.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(SPREAD, {"offices": list(offices)})
    return sum(_apply(source, MARKED, offices) for source in sources())


def build(office: int, names: Collection[str] = ()) -> int:
    """Count the sources (all if none is named) of one office anew; returns how many keys they have."""
    keys = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s), pg_advisory_xact_lock(%s, %s)", [LOCK, LOCK, office])
        for source in sources():
            if names and source.name not in names:
                continue
            cursor.execute(
                "DELETE FROM rekap_angka WHERE bapas_id = %s AND ukuran = ANY(%s)", [office, list(source.measures)]
            )
            cursor.execute("DELETE FROM rekap_andil WHERE bapas_id = %s AND sumber = %s", [office, source.name])
            keys += _apply(source, f"{source.keys} {OF_OFFICE}", [office])
    return keys


def check(office: int) -> list[Drift]:
    """Differences between what is stored and a recount, of keys that wait for no merge."""
    found = []
    for source in sources():
        with connection.cursor() as cursor:
            sql = CHECK.format(keys=source.keys, stale=STALE, facts=facts(source), columns=COLUMNS, levels=LEVELS)
            cursor.execute(sql, {"offices": [office], "sumber": source.name, "measures": list(source.measures)})
            found += [Drift(office, measure, rows) for measure, rows in cursor.fetchall()]
    return found


def _apply(source: Source, keys: str, offices: Collection[int]) -> int:
    sql = APPLY.format(keys=keys, facts=facts(source), columns=COLUMNS, levels=LEVELS)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"offices": list(offices), "sumber": source.name})
        return cursor.fetchone()[0]


SPREAD = """
WITH diambil AS (
    DELETE FROM rekap_tanda WHERE bapas_id = ANY(%(offices)s) AND 'rekap_fakta_' || sumber NOT IN (
        SELECT proname::text FROM pg_proc WHERE starts_with(proname::text, 'rekap_fakta_')
    ) RETURNING bapas_id, sumber
), naik AS (
    INSERT INTO rekap_versi (bapas_id, versi) SELECT DISTINCT bapas_id, 1 FROM diambil ORDER BY bapas_id
    ON CONFLICT (bapas_id) DO UPDATE SET versi = rekap_versi.versi + 1
)
INSERT INTO rekap_tanda (bapas_id, sumber, kunci)
SELECT DISTINCT bapas_id, sumber, kunci FROM rekap_andil
WHERE bapas_id IN (SELECT bapas_id FROM diambil WHERE sumber = '')
"""
"""Marks of whole offices become marks of their keys; marks of a source that PostgreSQL knows no more go."""

MARKED = "SELECT bapas_id, kunci FROM dibaca"
OF_OFFICE = "WHERE asal.bapas_id = ANY(%(offices)s) UNION SELECT bapas_id, kunci FROM dibaca"

APPLY = """
WITH dibaca AS (
    DELETE FROM rekap_tanda WHERE sumber = %(sumber)s AND bapas_id = ANY(%(offices)s) RETURNING bapas_id, kunci
), kunci AS MATERIALIZED (SELECT DISTINCT * FROM ({keys}) semua (bapas_id, kunci)),
baru AS MATERIALIZED ({facts}),
lama AS (
    DELETE FROM rekap_andil andil USING kunci
    WHERE (andil.bapas_id, andil.sumber, andil.kunci) = (kunci.bapas_id, %(sumber)s, kunci.kunci)
    RETURNING andil.*
), disimpan AS (
    INSERT INTO rekap_andil (bapas_id, sumber, kunci, {columns})
    SELECT bapas_id, %(sumber)s, kunci, {columns} FROM baru
), dihitung AS (
    INSERT INTO rekap_angka (bapas_id, ukuran, kategori, tingkat, hari, n, jumlah)
    SELECT bapas_id, ukuran, kategori, tingkat, sejak, sum(n), sum(jumlah) FROM (
        SELECT bapas_id, ukuran, kategori, mulai AS hari, n, jumlah FROM baru
        UNION ALL SELECT bapas_id, ukuran, kategori, selesai, -n, -jumlah FROM baru WHERE selesai IS NOT NULL
        UNION ALL SELECT bapas_id, ukuran, kategori, mulai, -n, -jumlah FROM lama
        UNION ALL SELECT bapas_id, ukuran, kategori, selesai, n, jumlah FROM lama WHERE selesai IS NOT NULL
    ) beda {levels}
    GROUP BY bapas_id, ukuran, kategori, tingkat, sejak HAVING sum(n) <> 0 OR sum(jumlah) <> 0
    ORDER BY bapas_id, ukuran, kategori, tingkat, sejak
    ON CONFLICT (bapas_id, ukuran, tingkat, hari, kategori)
    DO UPDATE SET n = rekap_angka.n + EXCLUDED.n, jumlah = rekap_angka.jumlah + EXCLUDED.jumlah
), naik AS (
    INSERT INTO rekap_versi (bapas_id, versi) SELECT DISTINCT bapas_id, 1 FROM kunci ORDER BY bapas_id
    ON CONFLICT (bapas_id) DO UPDATE SET versi = rekap_versi.versi + 1
)
SELECT count(*) FROM kunci
"""
"""One statement, one snapshot: it takes the marks that it sees, and counts the rows that it sees. A row that is
committed later keeps its mark."""

CHECK = """
WITH basi AS ({stale}),
kunci AS MATERIALIZED (
    SELECT * FROM ({keys} WHERE asal.bapas_id = ANY(%(offices)s)
        UNION SELECT bapas_id, kunci FROM rekap_andil WHERE bapas_id = ANY(%(offices)s) AND sumber = %(sumber)s
    ) semua (bapas_id, kunci)
    EXCEPT SELECT bapas_id, kunci FROM basi
), dihitung AS ({facts}), tersimpan AS (
    SELECT bapas_id, kunci, {columns} FROM rekap_andil JOIN kunci USING (bapas_id, kunci) WHERE sumber = %(sumber)s
), angka AS (
    SELECT bapas_id, ukuran, kategori, tingkat, sejak, sum(n) AS n, sum(jumlah) AS jumlah FROM (
        SELECT bapas_id, ukuran, kategori, mulai AS hari, n, jumlah FROM rekap_andil
        WHERE bapas_id = ANY(%(offices)s) AND sumber = %(sumber)s
        UNION ALL SELECT bapas_id, ukuran, kategori, selesai, -n, -jumlah FROM rekap_andil
        WHERE bapas_id = ANY(%(offices)s) AND sumber = %(sumber)s AND selesai IS NOT NULL
    ) andil {levels}
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0 OR sum(jumlah) <> 0
), terbaca AS (
    SELECT bapas_id, ukuran, kategori, tingkat, hari, n, jumlah FROM rekap_angka
    WHERE bapas_id = ANY(%(offices)s) AND ukuran = ANY(%(measures)s) AND (n <> 0 OR jumlah <> 0)
)
SELECT ukuran, count(*) FROM (
    (TABLE dihitung EXCEPT ALL TABLE tersimpan) UNION ALL (TABLE tersimpan EXCEPT ALL TABLE dihitung)
) fakta GROUP BY 1
UNION ALL
SELECT ukuran, count(*) FROM (
    (TABLE angka EXCEPT ALL TABLE terbaca) UNION ALL (TABLE terbaca EXCEPT ALL TABLE angka)
) jumlah GROUP BY 1
ORDER BY 1
"""
