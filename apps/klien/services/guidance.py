"""The guidance log. Rows are only added; the reporting schedule is computed from the rows that count."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.utils import timezone

from apps.acuan.calendar import open_day
from apps.dasar.errors import Refused
from apps.klien.models import CatatanBimbingan, JadwalLapor, Kebutuhan, Kendala, Klien
from apps.klien.models.guidance import counted_sql
from apps.klien.services import obstacles, photos
from apps.klien.services.holding import refuse_ended, refuse_handed_over
from apps.klien.services.needs import add_need

UNDO_MINUTES = 10
SAME_WITHIN = timedelta(minutes=10)
SAME_FIELDS = (
    "klien_id", "pk_pencatat_id", "tanggal", "cara", "bidang", "hadir", "alasan", "tindak_lanjut", "topik", "kondisi",
    "pekerjaan", "lingkungan", "kendala", "rencana", "catatan",
)  # fmt: skip
"""Columns by which two contacts are the same. The next date is left out, because it may be computed anew."""


def log_guidance(
    *,
    catatan: CatatanBimbingan,
    jadwal: JadwalLapor,
    by,
    kebutuhan: Kebutuhan | None = None,
    jenis_kendala: obstacles.Kinds = (),
) -> tuple[CatatanBimbingan, bool]:
    """Store one contact; a known one gives the first record and False. `jadwal` is from `for_record`."""
    refuse_ended(jadwal.klien)
    _complete(catatan, jadwal, by)
    first = _same_contact(catatan, jadwal, kebutuhan, jenis_kendala)
    return (first, False) if first else _store(catatan, jadwal, kebutuhan, jenis_kendala)


@transaction.atomic
def log_group(*, records: list[tuple[CatatanBimbingan, JadwalLapor]], key: UUID, by) -> int:
    """Store one meeting with many clients, all records or none; gives the number of new ones.

    The caller has locked the schedules. The key of each record is derived from the key of the form, so a form that is
    sent twice finds all of them.
    """
    fresh = 0
    for catatan, jadwal in records:
        catatan.kunci = uuid5(key, str(jadwal.klien_id))
        fresh += log_guidance(catatan=catatan, jadwal=jadwal, by=by)[1]
    return fresh


def correct(
    *, original: CatatanBimbingan, catatan: CatatanBimbingan, jadwal: JadwalLapor, by
) -> tuple[CatatanBimbingan, bool]:
    """Replace `original` by `catatan`; `original` stays readable. `jadwal` is from `for_record`."""
    refuse_handed_over(jadwal.klien)
    if original.dibatalkan:
        raise Refused("Catatan ini sudah dibatalkan.")
    catatan.koreksi_dari = original
    _complete(catatan, jadwal, by)
    return _store(catatan, jadwal)


def withdraw(*, original: CatatanBimbingan, jadwal: JadwalLapor, by, alasan: str) -> CatatanBimbingan:
    """Mark `original` as withdrawn by a new row. Nothing is deleted."""
    catatan = CatatanBimbingan(
        tanggal=original.tanggal, cara=original.cara, bidang=original.bidang, hadir=original.hadir,
        alasan=original.alasan, berikutnya=original.berikutnya, alasan_koreksi=alasan, dibatalkan=True,
    )  # fmt: skip
    return correct(original=original, catatan=catatan, jadwal=jadwal, by=by)[0]


def undo(*, original: CatatanBimbingan, jadwal: JadwalLapor, by) -> CatatanBimbingan:
    """Withdraw one's own record right after saving it."""
    if not may_undo(original, by):
        raise Refused(f"Catatan hanya dapat diurungkan dalam {UNDO_MINUTES} menit. Gunakan “Perbaiki” dengan alasan.")
    return withdraw(original=original, jadwal=jadwal, by=by, alasan="Diurungkan pencatat")


def may_undo(catatan: CatatanBimbingan, user) -> bool:
    age = timezone.now() - catatan.diterima_pada
    return catatan.pk_pencatat_id == user.pk and age <= timedelta(minutes=UNDO_MINUTES)


def refresh(jadwal: JadwalLapor) -> None:
    """Compute the schedule again from the records that count. The caller holds the lock on `jadwal`.

    It is raw SQL because composing these subqueries in the ORM would slow the busiest request of the portal
    (`bench/bimbingan_post.py`).
    """
    with connection.cursor() as cursor:
        cursor.execute(SCHEDULE, {"bapas": jadwal.bapas_id, "klien": jadwal.klien_id})


SCHEDULE = f"""
WITH counted AS (
    SELECT id, tanggal, hadir, berikutnya, diterima_pada FROM klien_catatanbimbingan record
    WHERE bapas_id = %(bapas)s AND klien_id = %(klien)s AND {counted_sql("record")}
), met AS (SELECT COALESCE(max(tanggal), '-infinity') AS last FROM counted WHERE hadir)
UPDATE klien_jadwallapor SET
    terakhir = NULLIF(met.last, '-infinity'),
    berikutnya = CASE
        WHEN NOT EXISTS (  -- nobody is expected whose guidance has ended
            SELECT FROM klien_klien WHERE bapas_id = %(bapas)s AND id = %(klien)s AND status = 'aktif'
        ) THEN NULL
        WHEN janji IS NOT NULL AND NOT EXISTS (  -- an appointment stands until a contact after it was made
            SELECT FROM counted WHERE diterima_pada > janji_pada AND tanggal >= (
                SELECT (janji_pada AT TIME ZONE zona_waktu)::date FROM wilayah_bapas WHERE id = %(bapas)s
            )
        ) THEN janji
        ELSE COALESCE((SELECT berikutnya FROM counted ORDER BY tanggal DESC, id DESC LIMIT 1), pertama)
    END,
    versi = versi + 1,
    absen_beruntun = (SELECT count(DISTINCT tanggal) FROM counted WHERE NOT hadir AND tanggal > met.last)
FROM met
WHERE bapas_id = %(bapas)s AND klien_id = %(klien)s
"""  # noqa: S608 – our own names


def refresh_all(*, bapas_id: int, klien_ids: Iterable[int]) -> None:
    """`refresh` for many clients at once, after an import. Schedules of ended clients stay unchanged."""
    active = Klien.objects.filter(bapas=bapas_id, pk__in=list(klien_ids), status=Klien.Status.AKTIF)
    with connection.cursor() as cursor:
        cursor.execute(SCHEDULES, {"bapas": bapas_id, "klien": list(active.values_list("pk", flat=True))})


SCHEDULES = f"""
WITH schedule AS (  -- the same rules as SCHEDULE; client by client, because PostgreSQL would read the whole office
    SELECT duty.id, max(met) AS met, (array_agg(record.berikutnya ORDER BY tanggal DESC, record.id DESC))[1] AS next,
        count(DISTINCT tanggal) FILTER (WHERE NOT hadir AND tanggal > COALESCE(met, '-infinity')) AS absent,
        COALESCE(
            bool_or(diterima_pada > janji_pada AND tanggal >= (janji_pada AT TIME ZONE zona_waktu)::date), false
        ) AS kept
    FROM klien_jadwallapor duty JOIN wilayah_bapas office ON office.id = duty.bapas_id CROSS JOIN LATERAL (
        SELECT id, tanggal, hadir, berikutnya, diterima_pada, max(tanggal) FILTER (WHERE hadir) OVER () AS met
        FROM klien_catatanbimbingan contact
        WHERE bapas_id = duty.bapas_id AND klien_id = duty.klien_id
            AND {counted_sql("contact", offices="ARRAY[%(bapas)s]::bigint[]")}
    ) record
    WHERE duty.bapas_id = %(bapas)s AND duty.klien_id = ANY(%(klien)s::bigint[])
    GROUP BY duty.id
)
UPDATE klien_jadwallapor duty SET
    terakhir = schedule.met,
    berikutnya = CASE WHEN janji IS NOT NULL AND NOT kept THEN janji ELSE COALESCE(schedule.next, pertama) END,
    versi = versi + 1,
    absen_beruntun = schedule.absent
FROM schedule
WHERE duty.bapas_id = %(bapas)s AND duty.id = schedule.id
"""  # noqa: S608 – our own names


def _store(catatan, jadwal, kebutuhan=None, jenis_kendala=()) -> tuple[CatatanBimbingan, bool]:
    """Insert the record and everything that follows from it, or find the record of the same key.

    The request is already one transaction: `savepoint=False` saves two round trips on the busiest page.
    """
    by = catatan.pk_pencatat
    with transaction.atomic(savepoint=False):
        fresh = CatatanBimbingan.objects.insert_once(catatan)
        if fresh:
            refresh(jadwal)
        if fresh and kebutuhan:
            add_need(kebutuhan=kebutuhan, klien=jadwal.klien, by=by)
        if fresh and jenis_kendala:
            obstacles.of_guidance(jenis_kendala, catatan)
        if fresh and catatan.koreksi_dari:
            obstacles.follow(catatan.koreksi_dari, catatan)
            photos.follow(catatan.koreksi_dari, catatan)
    return (catatan, True) if fresh else (_first(catatan), False)


def _complete(catatan: CatatanBimbingan, jadwal: JadwalLapor, by) -> None:
    catatan.klien_id, catatan.bapas_id, catatan.pk_pencatat = jadwal.klien_id, jadwal.bapas_id, by
    catatan.diterima_pada = timezone.now()
    if catatan.berikutnya is None:
        catatan.berikutnya = open_day(catatan.tanggal + timedelta(days=jadwal.frekuensi_hari))


def _same_contact(catatan, jadwal, kebutuhan, jenis_kendala) -> CatatanBimbingan | None:
    """The same contact under another key: somebody went back to the form, perhaps without JavaScript, and saved again.

    It has the same content and author, was saved within ten minutes, and counts: an undone record may be written anew.
    The query runs only when the schedule shows that a record of that day may exist; the usual contact needs none.
    """
    met = jadwal.terakhir and catatan.tanggal <= jadwal.terakhir
    if not (met or jadwal.absen_beruntun):
        return None
    facts = {name: getattr(catatan, name) for name in SAME_FIELDS}
    since, until = catatan.dibuat_pada - SAME_WITHIN, catatan.dibuat_pada + SAME_WITHIN
    with connection.cursor() as cursor:
        cursor.execute(SAME_CONTACT, {**facts, "bapas": catatan.bapas_id, "since": since, "until": until})
        found = cursor.fetchone()
    if found is None:
        return None
    first = CatatanBimbingan.objects.get(bapas=catatan.bapas_id, pk=found[0])
    return first if _same_extras(first, kebutuhan, jenis_kendala) else None


_SAME = " AND ".join(f"{name} = %({name})s" for name in SAME_FIELDS if name not in ("tanggal", "topik"))
SAME_CONTACT = f"""
SELECT id FROM klien_catatanbimbingan record
WHERE bapas_id = %(bapas)s AND {_SAME}
    AND tanggal + 0 = %(tanggal)s  -- not by the index of days: it holds what the whole office wrote
    AND topik = %(topik)s::varchar[] AND dibuat_pada BETWEEN %(since)s AND %(until)s
    AND {counted_sql("record")}
ORDER BY id LIMIT 1
"""  # noqa: S608 – our own names


def _same_extras(first: CatatanBimbingan, kebutuhan: Kebutuhan | None, jenis_kendala: obstacles.Kinds) -> bool:
    """Whether the first record already has the need and the obstacles of the form."""
    known = Kendala.objects.filter(bapas=first.bapas_id, catatan=first).values_list("jenis", flat=True)
    if {kind.pk for kind in jenis_kendala} != set(known):
        return False
    if kebutuhan is None:
        return True
    facts = {name: getattr(kebutuhan, name) for name in ("kategori_id", "mendesak", "uraian")}
    needs = Kebutuhan.objects.filter(bapas=first.bapas_id, klien=first.klien_id, **facts)
    return needs.filter(dicatat_oleh=first.pk_pencatat_id, dicatat_pada__gte=first.diterima_pada).exists()


def _first(again: CatatanBimbingan) -> CatatanBimbingan:
    """The record stored under the same key. `Refused` when the two contacts differ or the record was corrected."""
    first = CatatanBimbingan.objects.filter(bapas=again.bapas_id, kunci=again.kunci).first()
    if first is None:
        raise Refused("Catatan ini sudah diperbaiki.")
    if any(getattr(first, name) != getattr(again, name) for name in (*SAME_FIELDS, "koreksi_dari_id")):
        raise Refused("Formulir ini sudah dipakai untuk catatan lain. Buka formulir baru, lalu simpan lagi.")
    return first
