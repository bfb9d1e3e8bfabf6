"""The twelve months of a Kanwil dashboard, read from the sums, against the raw GROUP BY for the same numbers.

What is read is what the page shows: the last month of each Bapas, and each month of all. The sums are read as the web
role, under the row policies. The answers are compared before anything is timed.
"""

from django.utils import timezone

from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.klien.figures import guidance_trend, last_months
from apps.rekap import tasks
from apps.rekap.reading import ALL
from apps.wilayah.scope import database_scope, scope_of
from bench.guidance import raw
from bench.measure import Verdict, interleaved, seconds

ROUNDS, READS = 5, 20
PASS, AIM = 1 / 500, 1 / 2_000


def run() -> Verdict:
    reader = Pengguna.objects.with_duty().filter(penugasan_aktif__peran=Peran.KANWIL).order_by("-pk").first()
    return against_raw("Kanwil dashboard", reader, PASS, AIM)


def against_raw(name: str, reader: Pengguna, passes: float, aim: float) -> Verdict:
    """The median of `ROUNDS` ratios. A read is so short that other work doubles it: it is the best of `READS`."""
    tasks.merge()
    today = timezone.localdate()
    offices, months = sorted(reader.scope.bapas), last_months(today)

    def read():
        return guidance_trend(offices, since=months[0], month=months[-1], until=today)

    def sums() -> float:
        with database_scope(scope_of(reader)):
            return min(seconds(read) for _ in range(READS))

    with database_scope(scope_of(reader)):
        fast = [[(row.bapas_id, row.month, row.done, row.missed) for row in rows] for rows in read()]
    slow = raw(offices, months[0], today)[1]
    if fast != [[row for row in slow if row[1] == months[-1]], _per_month(slow)]:
        raise AssertionError("the sums and the raw GROUP BY differ")
    ratio, pairs = interleaved(sums, lambda: raw(offices, months[0], today)[0], ROUNDS)
    total = sum(done + missed for _, _, done, missed in slow)
    times = ", ".join(f"{a * 1000:.1f} ms/{b:.2f} s" for a, b in pairs)
    detail = f"{len(offices)} Bapas, {total} records in 12 months, equal numbers; {times}."
    return Verdict(name, ratio, passes, aim, detail, higher_is_better=False)


def _per_month(rows: list[tuple]) -> list[tuple]:
    """The rows of all offices added up."""
    return [
        (ALL, month, *(sum(row[place] for row in rows if row[1] == month) for place in (2, 3)))
        for month in sorted({row[1] for row in rows})
    ]
