"""Questions to a loaded sample about its history. Each finds rows that no service could have written."""

from django.db import connection

from apps.klien.services.needs import NEXT, needs_reason
from apps.program.services import NEXT as PROGRAMME_NEXT

MOVES = """
SELECT *, lag(ke) OVER life AS before, lag(pada) OVER life AS earlier, lead(ke) OVER life IS NULL AS newest
FROM jejak_riwayat WHERE objek = '{0}' AND dari <> ke WINDOW life AS (PARTITION BY bapas_id, objek_id ORDER BY pada)
"""
DUTY = """
NOT EXISTS (
    SELECT FROM akun_penugasan duty WHERE duty.pengguna_id = {who} AND duty.bapas_id = row.bapas_id
        AND {day} BETWEEN duty.mulai AND COALESCE(duty.selesai, 'infinity')
)
"""
IMPOSSIBLE = {
    "an end without its event, or on another day": """
        SELECT file.id FROM klien_klien file FULL JOIN (
            SELECT * FROM perjalanan_peristiwaakhir WHERE status = 'berlaku'
        ) event ON event.bapas_id = file.bapas_id AND event.klien_id = file.id
        WHERE (COALESCE(event.jenis, 'aktif'), event.tanggal) IS DISTINCT FROM (file.status, file.berakhir)""",
    "an end that was decided before it came": """
        SELECT row.id FROM perjalanan_peristiwaakhir row JOIN klien_klien file ON file.id = row.klien_id
        WHERE diputus_pada IS NOT NULL AND (tanggal <= diregistrasi OR diputus_pada::date < tanggal
            OR diusulkan_pada > diputus_pada OR dibatalkan_pada <= diputus_pada)""",
    "a status that its moves do not lead to": f"""
        SELECT file.id FROM klien_klien file LEFT JOIN ({MOVES.format("klien")}) move
            ON move.objek_id = file.id AND move.newest
        WHERE COALESCE(move.ke, 'aktif') <> file.status""",
    "a move of a file that does not begin where the last one ended": f"""
        SELECT id FROM ({MOVES.format("klien")}) move WHERE dari <> COALESCE(before, 'aktif')""",
    "an event that was decided at another moment than the file moved": """
        SELECT event.id FROM perjalanan_peristiwaakhir event WHERE diputus_pada IS NOT NULL AND NOT EXISTS (
            SELECT FROM jejak_riwayat move WHERE move.bapas_id = event.bapas_id AND objek = 'klien'
                AND objek_id = klien_id AND ke = jenis AND pada = diputus_pada AND oleh_id = diputus_oleh_id)""",
    "somebody who is expected although guidance has ended": """
        SELECT duty.id FROM klien_jadwallapor duty JOIN klien_klien file ON file.id = klien_id
        WHERE (status = 'aktif') <> (berikutnya IS NOT NULL) OR status <> 'aktif' AND janji IS NOT NULL""",
    "a contact after the end, before the registration or during a flight": """
        SELECT record.id FROM klien_catatanbimbingan record JOIN klien_klien file ON file.id = klien_id
        WHERE tanggal NOT BETWEEN diregistrasi AND COALESCE(berakhir, 'infinity') OR EXISTS (
            SELECT FROM klien_jeda gap WHERE gap.klien_id = file.id AND tanggal >= mulai AND tanggal < selesai)""",
    "a gap without its event": """
        SELECT gap.id FROM klien_jeda gap FULL JOIN (
            SELECT event.*, (dibatalkan_pada AT TIME ZONE zona_waktu)::date AS back
            FROM perjalanan_peristiwaakhir event JOIN wilayah_bapas office ON office.id = bapas_id
            WHERE status = 'dibatalkan'
        ) event ON event.klien_id = gap.klien_id AND jenis = 'melarikan' AND tanggal = mulai AND back = selesai
        WHERE gap.id IS NULL OR event.id IS NULL""",
    "a need whose status its moves do not lead to": f"""
        SELECT need.id FROM klien_kebutuhan need LEFT JOIN ({MOVES.format("kebutuhan")}) move
            ON move.bapas_id = need.bapas_id AND move.objek_id = need.id AND move.newest
        WHERE COALESCE(move.ke, 'terbuka') <> need.status OR ditutup_pada IS NOT NULL AND ditutup_pada <> move.pada""",
    "a step of a need that is not allowed": f"""
        SELECT move.id FROM ({MOVES.format("kebutuhan")}) move JOIN klien_kebutuhan need ON need.id = objek_id
        WHERE dari <> COALESCE(before, 'terbuka') OR pada <= COALESCE(earlier, dicatat_pada)
            OR NOT dari || ' ' || ke = ANY (%(steps)s) OR dari || ' ' || ke = ANY (%(explained)s) AND catatan = ''""",
    "a need outside the guidance": """
        SELECT need.id FROM klien_kebutuhan need JOIN klien_klien file ON file.id = klien_id
        WHERE dicatat_pada::date < diregistrasi OR ditutup_pada::date > COALESCE(berakhir, 'infinity')""",
    "a meeting that was moved from a day that nobody had planned": """
        SELECT change.id FROM wajib_lapor_perubahanjadwal change JOIN klien_jadwallapor duty USING (klien_id)
        WHERE change.versi > duty.versi OR sebelum ->> 'berikutnya' IS DISTINCT FROM COALESCE((
            SELECT before.berikutnya FROM wajib_lapor_perubahanjadwal before
            WHERE before.klien_id = change.klien_id AND before.pada < change.pada AND NOT EXISTS (
                SELECT FROM klien_catatanbimbingan record WHERE record.klien_id = change.klien_id
                    AND diterima_pada BETWEEN before.pada AND change.pada)
        ), (
            SELECT record.berikutnya FROM klien_catatanbimbingan record
            WHERE record.klien_id = change.klien_id AND diterima_pada < change.pada ORDER BY tanggal DESC LIMIT 1
        ), pertama)::text""",
    "somebody at work without an assignment": f"""
        SELECT row.id FROM klien_catatanbimbingan row WHERE {DUTY.format(who="pk_pencatat_id", day="tanggal")}
        UNION ALL SELECT row.id FROM klien_kebutuhan row
            WHERE {DUTY.format(who="dicatat_oleh_id", day="dicatat_pada::date")}
        UNION ALL SELECT row.id FROM perjalanan_peristiwaakhir row
            WHERE {DUTY.format(who="diusulkan_oleh_id", day="diusulkan_pada::date")}
        UNION ALL SELECT row.id FROM wajib_lapor_perubahanjadwal row
            WHERE {DUTY.format(who="oleh_id", day="pada::date")}
        UNION ALL SELECT row.id FROM klien_klien row
            WHERE status = 'aktif' AND {DUTY.format(who="pk_pembimbing_id", day="current_date")}""",
    "a change of officer that leads elsewhere, or a change of nobody": """
        SELECT change.id FROM jejak_perubahan change LEFT JOIN klien_klien file ON file.id = baris_id
        WHERE tabel <> 'klien_klien' OR oleh_id IS NULL OR file.versi < 2
            OR (baru ->> 'pk_pembimbing_id')::bigint <> file.pk_pembimbing_id
            OR lama ->> 'pk_pembimbing_id' = baru ->> 'pk_pembimbing_id' OR lama - '{versi,pk_pembimbing_id}'::text[]
                <> baru - '{versi,pk_pembimbing_id}'::text[]""",
    "a programme whose status its moves do not lead to": f"""
        SELECT plan.id FROM program_programtahunan plan LEFT JOIN ({MOVES.format("program")}) move
            ON move.bapas_id = plan.bapas_id AND move.objek_id = plan.id AND move.newest
        WHERE move.ke IS DISTINCT FROM plan.status OR status = 'disetujui' AND move.pada <> disetujui_pada""",
    "a step of a programme that is not allowed": f"""
        SELECT id FROM ({MOVES.format("program")}) move WHERE dari <> COALESCE(before, '') OR pada <= earlier
            OR dari <> '' AND NOT dari || ' ' || ke = ANY (%(programme)s)""",
    "a version that was approved before the one that it replaces": """
        SELECT later.id FROM program_programtahunan later JOIN program_programtahunan first USING (bapas_id, tahun)
        WHERE later.versi = first.versi + 1 AND (first.status <> 'disetujui'
            OR later.disetujui_pada <= first.disetujui_pada)""",
    "a client handed over whom nobody took, or on another day": """
        SELECT event.id FROM perjalanan_peristiwaakhir event WHERE jenis = 'dilimpahkan' AND NOT EXISTS (
            SELECT FROM perjalanan_pelimpahan out JOIN perjalanan_pelimpahan arrived USING (kunci)
            JOIN klien_klien old ON old.id = out.klien_id JOIN klien_klien new ON new.id = arrived.klien_id
            WHERE out.arah = 'keluar' AND arrived.arah = 'masuk' AND out.klien_id = event.klien_id
                AND new.diregistrasi = event.tanggal AND new.orang_id = old.orang_id AND new.status = 'aktif'
                AND out.diputus_oleh_id = event.diputus_oleh_id AND out.diputus_pada = event.diputus_pada)""",
    "more money spent on a line than was planned": """
        SELECT line.id FROM program_rincianbiaya line JOIN program_realisasi spent ON spent.rincian_id = line.id
        GROUP BY line.id HAVING sum(spent.jumlah) > line.volume * line.harga""",
    "money that was not spent under the version in force": """
        SELECT spent.id FROM program_realisasi spent
        JOIN program_rincianbiaya line ON line.id = rincian_id JOIN program_rencanakegiatan activity
            ON activity.id = rencana_id JOIN program_programtahunan plan ON plan.id = program_id
        WHERE plan.status <> 'disetujui' OR extract(year FROM tanggal) <> tahun OR tanggal <= (
            SELECT min(disetujui_pada) FROM program_programtahunan v WHERE v.bapas_id = plan.bapas_id
                AND v.tahun = plan.tahun)::date
            OR EXISTS (SELECT FROM program_programtahunan v WHERE v.bapas_id = plan.bapas_id
                AND v.tahun = plan.tahun AND v.versi > plan.versi AND v.status = 'disetujui')""",
}
ONLY_SMALL = {"a client handed over whom nobody took, or on another day"}
"""Processes that share nothing write the national sample, so nobody takes clients over there."""
MOMENTS = {
    "jejak_riwayat": ("pada",),
    "jejak_perubahan": ("pada",),
    "klien_catatanbimbingan": ("tanggal", "diterima_pada"),
    "klien_kebutuhan": ("dicatat_pada", "ditutup_pada"),
    "klien_klien": ("diregistrasi", "berakhir"),
    "klien_jeda": ("selesai",),
    "perjalanan_peristiwaakhir": ("tanggal", "diusulkan_pada", "diputus_pada", "dibatalkan_pada"),
    "program_programtahunan": ("potret_pada", "diajukan_pada", "disetujui_pada"),
    "program_realisasi": ("tanggal", "dicatat_pada", "disetujui_pada"),
    "wajib_lapor_perubahanjadwal": ("pada",),
}
"""Table → its columns that say when something happened."""


def _pairs(allowed) -> list[str]:
    return [f"{dari} {ke}" for dari, nexts in allowed.items() for ke in nexts]


def found(sql: str) -> list[tuple]:
    """A few ids of rows that the question finds."""
    steps = _pairs(NEXT)
    explained = [step for step in steps if needs_reason(*step.split())]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'")
        facts = {"steps": steps, "explained": explained, "programme": _pairs(PROGRAMME_NEXT)}
        cursor.execute(f"SELECT * FROM ({sql}) row LIMIT 5", facts)
        return cursor.fetchall()


def in_the_future() -> list[tuple]:
    """(table, column) with a moment that has not come yet."""
    late = []
    for table, columns in MOMENTS.items():
        for column in columns:
            if found(f"SELECT id FROM {table} WHERE {column} > clock_timestamp()"):
                late.append((table, column))
    return late
