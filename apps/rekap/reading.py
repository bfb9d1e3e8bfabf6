"""Reads sums. Every read is one statement: stored sums, less what stale keys gave to them, plus what these keys give
now. So a number is exact as soon as its rows are committed, whether a merge has run or not."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from apps.acuan.calendar import months_later
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
    return _read(offices, measures, STANDING, {"day": day, "kategori": list(categories), **_around(day)})


def happened(
    offices: Collection[int], measure: str, *, since: date, until: date, apart: date | None = None
) -> list[Sum]:
    """What happened from `since` up to and including `until`, per office, category and month, in order.

    With `apart` offices are told apart only in the months from that day on; earlier sums of all have the id ALL.
    """
    first = since.replace(day=1)
    days = {"since": since, "until": until, "first": first, "apart": apart or first}
    return _read(offices, [measure], HAPPENED, days | _around(until))


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
    WHERE {these} AND tingkat = 'tahun' AND hari <= %(year)s
    UNION ALL  -- less the later months of that year
    SELECT bapas_id, ukuran, kategori, -n, -jumlah FROM rekap_angka
    WHERE {these} AND tingkat = 'bulan' AND hari > %(month)s AND hari < %(next_year)s
    UNION ALL  -- and the later days of that month
    SELECT bapas_id, ukuran, kategori, -n, -jumlah FROM rekap_angka
    WHERE {these} AND tingkat = 'hari' AND hari > %(day)s AND hari < %(next_month)s
    UNION ALL
    SELECT bapas_id, ukuran, kategori, -n, -jumlah FROM ({stored}) lama
    WHERE {these} AND mulai <= %(day)s AND (selesai IS NULL OR selesai > %(day)s)
    UNION ALL
    SELECT bapas_id, ukuran, kategori, n, jumlah FROM ({facts}) baru
    WHERE {these} AND mulai <= %(day)s AND (selesai IS NULL OR selesai > %(day)s)
) semua
GROUP BY 1, 2, 3 HAVING sum(n) <> 0 OR sum(jumlah) <> 0 ORDER BY 1, 2, 3
"""

HAPPENED = """
WITH kunci AS MATERIALIZED ({stale})
SELECT CASE WHEN hari >= %(apart)s THEN bapas_id ELSE 0 END, ukuran, kategori, sum(n), COALESCE(sum(jumlah), 0),
    date_trunc('month', hari::timestamp)::date
FROM (
    SELECT bapas_id, ukuran, kategori, hari, n, jumlah FROM rekap_angka
    WHERE {these} AND tingkat = 'bulan' AND hari >= %(first)s AND hari <= %(month)s
    UNION ALL  -- less the days before
    SELECT bapas_id, ukuran, kategori, hari, -n, -jumlah FROM rekap_angka
    WHERE {these} AND tingkat = 'hari' AND hari >= %(first)s AND hari < %(since)s
    UNION ALL  -- and after
    SELECT bapas_id, ukuran, kategori, hari, -n, -jumlah FROM rekap_angka
    WHERE {these} AND tingkat = 'hari' AND hari > %(until)s AND hari < %(next_month)s
    UNION ALL
    SELECT bapas_id, ukuran, kategori, mulai, -n, -jumlah FROM ({stored}) lama
    WHERE {these} AND mulai BETWEEN %(since)s AND %(until)s
    UNION ALL
    SELECT bapas_id, ukuran, kategori, mulai, n, jumlah FROM ({facts}) baru
    WHERE {these} AND mulai BETWEEN %(since)s AND %(until)s
) semua
GROUP BY 1, 2, 3, 6 HAVING sum(n) <> 0 OR sum(jumlah) <> 0 ORDER BY 1, 6, 3
"""

THESE = "bapas_id = ANY(%(offices)s) AND ukuran = ANY(%(measures)s)"


def _read(offices: Collection[int], measures: Sequence[str], statement: str, facts_of: dict) -> list[Sum]:
    source = source_of(measures[0])
    these = f"{THESE} AND kategori = ANY(%(kategori)s)" if facts_of.get("kategori") else THESE
    sql = statement.format(stale=STALE, stored=STORED, facts=facts(source), these=these)
    known = {"offices": list(offices), "measures": list(measures), "sumber": source.name}
    with connection.cursor() as cursor:
        cursor.execute(sql, known | facts_of)
        return [Sum(*row) for row in cursor.fetchall()]


def _around(day: date) -> dict[str, date]:
    """The first days of its month, its year, and of those that follow."""
    month, year = day.replace(day=1), day.replace(month=1, day=1)
    return {"month": month, "next_month": months_later(month, 1), "year": year, "next_year": months_later(year, 12)}
