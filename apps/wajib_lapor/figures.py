"""Figures of the duty to report: planned meetings that took place (per officer and month, and per client), and clients
whose reporting date has passed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from apps.acuan.calendar import month_end
from apps.jejak.past import value_on
from apps.klien.models import CatatanBimbingan, JadwalLapor, Klien
from apps.klien.models.guidance import counted_sql
from apps.rekap.reading import standing


@dataclass(frozen=True)
class Attendance:
    """Planned meetings by outcome: the client came, did not come, or nothing was recorded."""

    kept: int = 0
    absent: int = 0
    lapsed: int = 0

    @property
    def planned(self) -> int:
        return self.kept + self.absent + self.lapsed

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when nothing was planned."""
        return self.kept / self.planned if self.planned else None

    def __add__(self, other: "Attendance") -> "Attendance":
        return Attendance(self.kept + other.kept, self.absent + other.absent, self.lapsed + other.lapsed)


def attendance_per_officer(offices: Collection[int], *, month: date, today: date) -> dict[int, Attendance]:
    """Officer id → attendance in the month that begins on `month`. A client counts for the officer at the end of that
    month, or for the present one while the month runs."""
    last = month_end(month)
    contacts = (
        CatatanBimbingan.objects.filter(bapas_id__in=offices, tanggal__range=(month, last))
        .counted()
        .values_list("klien_id")
        .annotate(kept=Count("pk", filter=Q(hadir=True)), absent=Count("pk", filter=Q(hadir=False)))
        .order_by()
    )
    clients = {klien: Attendance(kept, absent) for klien, kept, absent in contacts}
    for klien, lapsed in _lapsed(offices, month, last, today):
        clients[klien] = clients.get(klien, Attendance()) + Attendance(lapsed=lapsed)
    found: dict[int, Attendance] = {}
    for klien, officer in _guides(offices, clients, min(last, today)):
        found[officer] = found.get(officer, Attendance()) + clients[klien]
    return found


def _guides(offices: Collection[int], clients: Collection[int], day: date) -> Iterator[tuple[int, int]]:
    """(client id, officer id at the end of `day`), from the history: a change of officer has no date of its own."""
    rows = Klien.objects.filter(bapas_id__in=offices, pk__in=clients)
    officer = value_on(day, "klien_klien", "pk_pembimbing_id")
    return ((klien, int(petugas)) for klien, petugas in rows.annotate(petugas=officer).values_list("pk", "petugas"))


def attendance_of(klien: Klien, schedule: JadwalLapor, *, since: date, today: date) -> Attendance:
    """Attendance of one client from `since` to today."""
    rows = CatatanBimbingan.objects.filter(bapas=klien.bapas_id, klien=klien, tanggal__gte=since).counted()
    counts = rows.aggregate(kept=Count("pk", filter=Q(hadir=True)), absent=Count("pk", filter=Q(hadir=False)))
    running = klien.status == Klien.Status.AKTIF and schedule.hari_terlewat(today)
    return Attendance(**counts, lapsed=1 if running else 0)


def _lapsed(offices, first, last, today) -> list[tuple[int, int]]:
    """(client id, number of planned dates that passed without a record by the end of the month), of clients guided
    then."""
    facts = {
        "offices": list(offices), "first": first, "last": min(last, today - timedelta(days=1)), "until": last,
        "since": first - JadwalLapor.FURTHEST,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LAPSED, facts)
        passed = cursor.fetchall()
    ids = [klien for klien, _ in passed]
    guided = set(Klien.objects.filter(pk__in=ids).as_of(min(last, today)).values_list("pk", flat=True))
    return [(klien, count) for klien, count in passed if klien in guided]


LAPSED = f"""
WITH plans AS (  -- every date that was ever planned, with the moment from which it was in force
    SELECT bapas_id, klien_id, DATE '0001-01-01' AS day, TIMESTAMPTZ '0001-01-01' AS at, pertama AS due, false AS moved
    FROM klien_jadwallapor WHERE bapas_id = ANY(%(offices)s)
    UNION ALL
    SELECT bapas_id, klien_id, tanggal, diterima_pada, berikutnya, false
    FROM klien_catatanbimbingan record
    WHERE bapas_id = ANY(%(offices)s) AND tanggal BETWEEN %(since)s AND %(until)s AND {counted_sql("record")}
    UNION ALL
    SELECT bapas_id, klien_id, there.day, pada, berikutnya, true
    FROM wajib_lapor_perubahanjadwal JOIN wilayah_bapas office ON office.id = bapas_id
    CROSS JOIN LATERAL (SELECT (pada AT TIME ZONE zona_waktu)::date AS day) there  -- on the calendar of the office
    WHERE bapas_id = ANY(%(offices)s) AND there.day BETWEEN %(since)s AND %(until)s
), chain AS (
    SELECT bapas_id, klien_id, due, lead(day) OVER later AS next_day, lead(moved) OVER later AS next_moved
    FROM plans WINDOW later AS (PARTITION BY bapas_id, klien_id ORDER BY day, at)
)
SELECT klien_id, count(*) FROM chain
WHERE due BETWEEN %(first)s AND %(last)s
    AND (next_day IS NULL OR next_moved AND next_day > due)  -- moving a date that has passed does not unmake it
GROUP BY klien_id
"""  # noqa: S608 – our own names


def overdue_per_office(offices: Collection[int], *, day: date) -> dict[int, int]:
    """Bapas id → active clients whose reporting date lay before `day`. For today it is the date in the schedule.

    For a past day it follows from what is known now about the days until then: the newest contact, however late it was
    recorded, or the appointment that an officer made after it.
    """
    if not offices:
        return {}
    if day >= timezone.localdate():
        return {row.bapas_id: row.n for row in standing(offices, "terlewat", day=day)}
    guided = Klien.objects.filter(bapas_id__in=offices).as_of(day).order_by()
    sql, params = guided.values("bapas_id", "pk").query.sql_with_params()
    offices = list(offices)
    with connection.cursor() as cursor:
        cursor.execute(OVERDUE.format(guided=sql), (*params, offices, day, offices, day, day, offices, day))
        return dict(cursor.fetchall())


OVERDUE = f"""
WITH guided AS ({{guided}}), moved AS MATERIALIZED (  -- the appointment of each client that was made last
    SELECT DISTINCT ON (klien_id) klien_id, there.day, pada AS at, berikutnya AS due
    FROM wajib_lapor_perubahanjadwal change JOIN wilayah_bapas office ON office.id = bapas_id
    CROSS JOIN LATERAL (SELECT (pada AT TIME ZONE office.zona_waktu)::date AS day) there
    WHERE bapas_id = ANY(%s) AND there.day <= %s AND mengurungkan IS NULL
        AND (klien_id, kunci) NOT IN (  -- what was undone was a slip of the hand
            SELECT klien_id, mengurungkan FROM wajib_lapor_perubahanjadwal
            WHERE bapas_id = ANY(%s) AND mengurungkan IS NOT NULL
        )
        AND (sebelum ->> 'berikutnya', sebelum ->> 'jam', sebelum ->> 'cara', sebelum ->> 'tempat')
            IS DISTINCT FROM (berikutnya::text, jam::text, cara::text, tempat::text)  -- else only the frequency
        AND NOT EXISTS (  -- an appointment ends with the guidance, also when that is opened again
            SELECT FROM jejak_riwayat reopened
            WHERE reopened.bapas_id = change.bapas_id AND objek = 'klien' AND objek_id = change.klien_id
                AND ke = 'aktif' AND reopened.pada > change.pada
                AND (reopened.pada AT TIME ZONE office.zona_waktu)::date <= %s
        )
    ORDER BY klien_id, pada DESC
)
SELECT guided.bapas_id, count(*)
FROM guided LEFT JOIN moved ON moved.klien_id = guided.pk
LEFT JOIN LATERAL (
    SELECT tanggal AS day, diterima_pada AS at, berikutnya AS due FROM klien_catatanbimbingan record
    WHERE record.bapas_id = guided.bapas_id AND record.klien_id = guided.pk AND tanggal <= %s
        AND {counted_sql("record", offices="%s")}
    ORDER BY tanggal DESC, id DESC LIMIT 1
) met ON true
WHERE %s > COALESCE(
    CASE WHEN moved.at IS NULL OR (met.day, met.at) > (moved.day, moved.at) THEN met.due ELSE moved.due END,
    (SELECT pertama FROM klien_jadwallapor duty WHERE duty.bapas_id = guided.bapas_id AND duty.klien_id = guided.pk)
)
GROUP BY 1
"""  # noqa: S608 – our own names
