"""The raw GROUP BY that the dashboards' sums are compared with: contacts that count, per office and month.

It reads the table itself, without an index and without the wall: the cost of the figure without any tuning. Each call
is a transaction of the owner that is exempt from the policies (NO FORCE) and rolled back. Only the statement is timed.
"""

import os
import time
from collections.abc import Collection
from datetime import date

import psycopg2

RAW = """
SELECT b.bapas_id, date_trunc('month', b.tanggal)::date,
       count(*) FILTER (WHERE b.hadir), count(*) FILTER (WHERE NOT b.hadir)
FROM klien_catatanbimbingan b
LEFT JOIN klien_catatanbimbingan k ON k.bapas_id = b.bapas_id AND k.koreksi_dari_id = b.id
WHERE b.bapas_id = ANY (%s) AND b.tanggal BETWEEN %s AND %s AND NOT b.dibatalkan AND k.id IS NULL
GROUP BY 1, 2 ORDER BY 1, 2
"""
ALONE = (
    "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off;"
    "ALTER TABLE klien_catatanbimbingan NO FORCE ROW LEVEL SECURITY"
)


def raw(offices: Collection[int], since: date, until: date) -> tuple[float, list[tuple]]:
    """(seconds, rows) of the statement."""
    with psycopg2.connect(os.environ["DATABASE_OWNER_URL"]) as owner, owner.cursor() as cursor:
        cursor.execute(ALONE)
        begun = time.perf_counter()
        cursor.execute(RAW, [list(offices), since, until])
        rows = cursor.fetchall()
        took = time.perf_counter() - begun
        owner.rollback()
    return took, rows
