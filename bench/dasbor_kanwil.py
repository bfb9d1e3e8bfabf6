"""The twelve months of a Kanwil dashboard against the raw GROUP BY for the same numbers.

The rival is one plain statement that may use no index: the cost of the figure without any tuning. Both run as the web
role, under the row policies. Their answers are compared before anything is timed.
"""

from datetime import date

from django.db import connection
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.klien.figures import guidance_per_month, last_months
from apps.wilayah.scope import database_scope, scope_of
from bench.measure import Verdict, interleaved, seconds

ROUNDS = 5
PASS, AIM = 1 / 50, 1 / 150
"""Bounds for the covering index alone; recap tables (1/500, 1/2,000) are a later step."""

RAW = """
SELECT b.bapas_id, date_trunc('month', b.tanggal)::date,
       count(*) FILTER (WHERE b.hadir), count(*) FILTER (WHERE NOT b.hadir)
FROM klien_catatanbimbingan b
LEFT JOIN klien_catatanbimbingan k ON k.bapas_id = b.bapas_id AND k.koreksi_dari_id = b.id
WHERE b.bapas_id = ANY (%s) AND b.tanggal BETWEEN %s AND %s AND NOT b.dibatalkan AND k.id IS NULL
GROUP BY 1, 2 ORDER BY 1, 2
"""
NO_INDEX = "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off"
INDEX = NO_INDEX.replace("off", "on")


def run() -> Verdict:
    reader = Pengguna.objects.with_duty().filter(penugasan_aktif__peran=Peran.KANWIL).order_by("-pk").first()
    today = timezone.localdate()
    since = last_months(today)[0]
    offices = sorted(reader.scope.bapas)
    with database_scope(scope_of(reader)):
        fast = [(row.bapas_id, row.month, row.done, row.missed) for row in _figure(offices, since, today)]
        slow = _raw(offices, since, today)
        if fast != slow:
            raise AssertionError(f"the figure and the raw GROUP BY differ: {set(fast) ^ set(slow)}")
        ratio, pairs = interleaved(
            lambda: seconds(lambda: _figure(offices, since, today)),
            lambda: seconds(lambda: _raw(offices, since, today)),
            ROUNDS,
        )
    total = sum(done + missed for _, _, done, missed in fast)
    times = ", ".join(f"{a * 1000:.0f} ms/{b:.1f} s" for a, b in pairs)
    detail = f"{len(offices)} Bapas, {total} records in 12 months, equal numbers; {times}."
    return Verdict("Kanwil dashboard", ratio, PASS, AIM, detail, higher_is_better=False)


def _figure(offices: list[int], since: date, until: date):
    return guidance_per_month(offices, since=since, until=until)


def _raw(offices: list[int], since: date, until: date) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(NO_INDEX)
        cursor.execute(RAW, [offices, since, until])
        rows = cursor.fetchall()
        cursor.execute(INDEX)
    return rows
