"""Reads sums. Every read is one statement: stored sums, less what stale keys gave to them, plus what these keys give
now. So a number is exact as soon as its rows are committed, whether a merge has run or not."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from apps.acuan.calendar import month_end
from apps.rekap.sources import source_of
from apps.rekap.statements import STALE, STORED, facts


class Sum(NamedTuple):
    """`n` and rupiah of one measure and category of one Bapas, at the end of `day` or in the month that it begins."""

    bapas_id: int
    measure: str
    category: str
    n: int
    rupiah: Decimal
    day: date


ALL = 0
"""Stands for all offices together."""


def standing(offices: Collection[int], *measures: str, day: date, categories: Collection[str] = ()) -> list[Sum]:
    """What stands at the end of `day`, per office, measure and category, in order; sums of nothing are left out.

    The measures belong to one source. With `categories` only these are read.
    """
    days = {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}
    rows = _read(offices, measures, STANDING, {**days, "kategori": list(categories)})
    return [Sum(*row) for row in rows]


def happened(
    offices: Collection[int], measure: str, *, since: date, until: date, apart: date | None = None
) -> list[Sum]:
    """What happened from `since` up to and including `until`, per office, category and month, in order.

    With `apart` offices are told apart only in the months from that day on; earlier sums of all have the id ALL.
    """
    first, last = _whole_months(since, until)
    days = {"since": since, "until": until, "first": first, "last": last, "apart": apart or since}
    return [Sum(*row) for row in _read(offices, [measure], HAPPENED, days)]


def version(offices: Collection[int]) -> str:
    """Changes whenever a row changed from which a sum of one of the offices is made.

    Between two merges marks are only added, and each merge raises a version: the pair never comes back.
    """
    with connection.cursor() as cursor:
        cursor.execute(VERSION, {"offices": list(offices)})
        return "{}-{}".format(*cursor.fetchone())


VERSION = """
SELECT (SELECT COALESCE(sum(versi), 0) FROM rekap_versi WHERE bapas_id = ANY(%(offices)s)),
       (SELECT count(*) FROM rekap_tanda WHERE bapas_id = ANY(%(offices)s))
"""

STANDING = """
WITH kunci AS MATERIALIZED ({stale})
SELECT bapas_id, ukuran, kategori, sum(n), COALESCE(sum(jumlah), 0), %(day)s::date FROM (
    SELECT bapas_id, ukuran, kategori, n, jumlah FROM rekap_angka
    WHERE bapas_id = ANY(%(offices)s) AND ukuran = ANY(%(measures)s) {of_categories} AND tingkat = 'tahun'
        AND hari < %(year)s
    UNION ALL
    SELECT bapas_id, ukuran, kategori, n, jumlah FROM rekap_angka
    WHERE bapas_id = ANY(%(offices)s) AND ukuran = ANY(%(measures)s) {of_categories} AND tingkat = 'bulan'
        AND hari >= %(year)s AND hari < %(month)s
    UNION ALL
    SELECT bapas_id, ukuran, kategori, n, jumlah FROM rekap_angka
    WHERE bapas_id = ANY(%(offices)s) AND ukuran = ANY(%(measures)s) {of_categories} AND tingkat = 'hari'
        AND hari >= %(month)s AND hari <= %(day)s
    UNION ALL
    SELECT bapas_id, ukuran, kategori, -n, -jumlah FROM ({stored}) lama
    WHERE ukuran = ANY(%(measures)s) {of_categories} AND mulai <= %(day)s AND (selesai IS NULL OR selesai > %(day)s)
    UNION ALL
    SELECT bapas_id, ukuran, kategori, n, jumlah FROM ({facts}) baru
    WHERE ukuran = ANY(%(measures)s) {of_categories} AND mulai <= %(day)s AND (selesai IS NULL OR selesai > %(day)s)
) semua
GROUP BY 1, 2, 3 HAVING sum(n) <> 0 OR sum(jumlah) <> 0 ORDER BY 1, 2, 3
"""

HAPPENED = """
WITH kunci AS MATERIALIZED ({stale})
SELECT CASE WHEN hari >= %(apart)s THEN bapas_id ELSE 0 END, ukuran, kategori, sum(n), COALESCE(sum(jumlah), 0),
    date_trunc('month', hari::timestamp)::date
FROM (
    SELECT bapas_id, ukuran, kategori, hari, n, jumlah FROM rekap_angka
    WHERE bapas_id = ANY(%(offices)s) AND ukuran = ANY(%(measures)s) AND tingkat = 'bulan'
        AND hari >= %(first)s AND hari < %(last)s
    UNION ALL
    SELECT bapas_id, ukuran, kategori, hari, n, jumlah FROM rekap_angka
    WHERE bapas_id = ANY(%(offices)s) AND ukuran = ANY(%(measures)s) AND tingkat = 'hari'
        AND hari >= %(since)s AND hari < %(first)s
    UNION ALL
    SELECT bapas_id, ukuran, kategori, hari, n, jumlah FROM rekap_angka
    WHERE bapas_id = ANY(%(offices)s) AND ukuran = ANY(%(measures)s) AND tingkat = 'hari'
        AND hari >= %(last)s AND hari <= %(until)s
    UNION ALL
    SELECT bapas_id, ukuran, kategori, mulai, -n, -jumlah FROM ({stored}) lama
    WHERE ukuran = ANY(%(measures)s) AND mulai BETWEEN %(since)s AND %(until)s
    UNION ALL
    SELECT bapas_id, ukuran, kategori, mulai, n, jumlah FROM ({facts}) baru
    WHERE ukuran = ANY(%(measures)s) AND mulai BETWEEN %(since)s AND %(until)s
) semua
GROUP BY 1, 2, 3, 6 HAVING sum(n) <> 0 OR sum(jumlah) <> 0 ORDER BY 1, 6, 3
"""


def _read(offices: Collection[int], measures: Iterable[str], statement: str, facts_of: dict) -> list[tuple]:
    names = list(measures)
    source = source_of(names[0])
    of_categories = "AND kategori = ANY(%(kategori)s)" if facts_of.get("kategori") else ""
    sql = statement.format(stale=STALE, stored=STORED, facts=facts(source), of_categories=of_categories)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"offices": list(offices), "measures": names, "sumber": source.name, **facts_of})
        return cursor.fetchall()


def _whole_months(since: date, until: date) -> tuple[date, date]:
    """The range (first day, day after the last) of the whole months from `since` to `until`.

    Without a whole month both are the same day, so that the rest are the days before and after it.
    """
    first = since if since.day == 1 else month_end(since) + timedelta(days=1)
    last = until + timedelta(days=1) if until == month_end(until) else until.replace(day=1)
    return (first, last) if first <= last else (until + timedelta(days=1),) * 2
