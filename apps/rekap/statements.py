"""The SQL around a source: which keys are stale, what the facts of a set of keys are.

`kunci` is always the name of a set of keys (bapas_id, kunci) in a WITH clause.
"""

from apps.rekap.sources import FACT, Source

COLUMNS = ", ".join(FACT)

STALE = """
    SELECT bapas_id, kunci FROM rekap_tanda WHERE sumber = %(sumber)s AND bapas_id = ANY(%(offices)s)
    UNION  -- a mark without a key stands for every key of its office: the zone of the office changed
    SELECT tanda.bapas_id, semua.kunci FROM rekap_tanda tanda CROSS JOIN LATERAL (
        SELECT kunci FROM rekap_andil andil WHERE andil.bapas_id = tanda.bapas_id AND andil.sumber = %(sumber)s OFFSET 0
    ) semua WHERE tanda.sumber = '' AND tanda.bapas_id = ANY(%(offices)s)
"""
"""Keys of the offices whose stored facts are out of date, as this statement sees it."""


def facts(source: Source) -> str:
    """SQL: (bapas_id, kunci, facts …) of every key in `kunci`, counted from the rows themselves."""
    return f"SELECT bapas_id, kunci, {COLUMNS} FROM kunci, rekap_fakta_{source.name}(bapas_id, kunci)"  # noqa: S608


STORED = """
    SELECT andil.* FROM kunci CROSS JOIN LATERAL (
        SELECT * FROM rekap_andil andil
        WHERE (andil.bapas_id, andil.sumber, andil.kunci) = (kunci.bapas_id, %(sumber)s, kunci.kunci) OFFSET 0
    ) andil
"""
"""What the keys in `kunci` gave to the sums so far. OFFSET 0 keeps PostgreSQL at one key after another: it cannot tell
how few they are."""


LEVELS = """
    CROSS JOIN LATERAL (VALUES ('hari', hari), ('bulan', date_trunc('month', hari::timestamp)::date),
                               ('tahun', date_trunc('year', hari::timestamp)::date)) jangka (tingkat, sejak)
"""
"""Joins a change of the day `hari` to the day, the month and the year in which it is kept."""
