"""What dashboards count of programme money, per budget year: the key of everything here is the year.

`berlaku`     the number of the version in force, per year
`rancangan`   the number of the version in preparation, per year
`anggaran`    rupiah of the version in force, per year and source (`2026-dipa`)
`realisasi`   rupiah spent and approved, per year, from the day of the proof on

The rules are those of `ProgramQuerySet.in_force`, `in_the_making` and `figures.spending`.
"""

from apps.rekap.sources import Source, Watch

MONEY = Source(
    name="program",
    measures=("berlaku", "rancangan", "anggaran", "realisasi"),
    keys="SELECT asal.bapas_id, asal.tahun FROM program_programtahunan asal",
    facts="""
    WITH versi AS (
        SELECT program.bapas_id, program.id, tahun, versi, status,
            (disetujui_pada AT TIME ZONE zona_waktu)::date AS sejak,
            min((disetujui_pada AT TIME ZONE zona_waktu)::date) FILTER (WHERE status = 'disetujui') OVER (
                ORDER BY versi ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
            ) AS sampai, zona_waktu
        FROM program_programtahunan program JOIN wilayah_bapas kantor ON kantor.id = program.bapas_id
        WHERE (program.bapas_id, tahun) = ($1, $2)
    ), pindah AS (  -- moves of each version, read as in `apps/jejak/past.py`: until a move it was what the move left
        SELECT tahun, versi, versi.status, dari, (pada AT TIME ZONE zona_waktu)::date AS hari, lag(
            (pada AT TIME ZONE zona_waktu)::date) OVER (PARTITION BY versi.id ORDER BY pada, riwayat.id) AS sebelum
        FROM versi JOIN jejak_riwayat riwayat ON riwayat.bapas_id = versi.bapas_id AND objek = 'program'
            AND objek_id = versi.id
    ), keadaan AS (
        SELECT tahun, versi, dari AS status, COALESCE(sebelum, '0001-01-01') AS mulai, hari AS selesai FROM pindah
        UNION ALL
        SELECT tahun, versi, status, COALESCE((SELECT max(hari) FROM pindah WHERE pindah.versi = versi.versi),
            '0001-01-01'), NULL
        FROM versi
    ), berlaku AS (
        SELECT * FROM versi WHERE status = 'disetujui' AND (sampai IS NULL OR sampai > sejak)
    )
    SELECT 'berlaku' AS ukuran, tahun::text AS kategori, sejak AS mulai, sampai AS selesai, versi AS n,
        NULL::numeric AS jumlah
    FROM berlaku
    UNION ALL
    SELECT 'rancangan', tahun::text, mulai, selesai, versi, NULL FROM keadaan
    WHERE status IN ('draf', 'diperiksa') AND (selesai IS NULL OR selesai > mulai)
    UNION ALL
    SELECT 'anggaran', tahun || '-' || sumber, sejak, sampai, 1, sum(jumlah)
    FROM berlaku JOIN program_rencanakegiatan rencana
        ON (rencana.bapas_id, rencana.program_id) = (berlaku.bapas_id, berlaku.id)
    JOIN program_rincianbiaya rincian ON (rincian.bapas_id, rincian.rencana_id) = (rencana.bapas_id, rencana.id)
    GROUP BY 2, 3, 4
    UNION ALL
    SELECT 'realisasi', tahun::text, realisasi.tanggal, NULL, count(*), sum(realisasi.jumlah)
    FROM versi JOIN program_rencanakegiatan rencana
        ON (rencana.bapas_id, rencana.program_id) = (versi.bapas_id, versi.id)
    JOIN program_rincianbiaya rincian ON (rincian.bapas_id, rincian.rencana_id) = (rencana.bapas_id, rencana.id)
    JOIN program_realisasi realisasi ON (realisasi.bapas_id, realisasi.rincian_id) = (rincian.bapas_id, rincian.id)
    WHERE realisasi.disetujui_oleh_id IS NOT NULL
    GROUP BY 2, 3
    """,
    watches=(
        Watch(
            "program_programtahunan", ("tahun", "versi", "status", "disetujui_pada"),
            "SELECT bapas_id, tahun FROM changed",
        ),
        Watch(
            "program_rencanakegiatan", ("id", "program_id"),
            """
            SELECT changed.bapas_id, tahun FROM changed JOIN program_programtahunan program
                ON (program.bapas_id, program.id) = (changed.bapas_id, changed.program_id)
            """,
        ),
        Watch(
            "program_rincianbiaya", ("id", "rencana_id", "sumber", "jumlah"),
            """
            SELECT changed.bapas_id, tahun FROM changed
            JOIN program_rencanakegiatan rencana ON (rencana.bapas_id, rencana.id) = (changed.bapas_id, rencana_id)
            JOIN program_programtahunan program ON (program.bapas_id, program.id) = (rencana.bapas_id, program_id)
            """,
        ),
        Watch(
            "program_realisasi", ("rincian_id", "tanggal", "jumlah", "disetujui_oleh_id"),
            """
            SELECT changed.bapas_id, tahun FROM changed
            JOIN program_rincianbiaya rincian ON (rincian.bapas_id, rincian.id) = (changed.bapas_id, rincian_id)
            JOIN program_rencanakegiatan rencana ON (rencana.bapas_id, rencana.id) = (rincian.bapas_id, rencana_id)
            JOIN program_programtahunan program ON (program.bapas_id, program.id) = (rencana.bapas_id, program_id)
            """,
        ),
        Watch(
            "jejak_riwayat", ("objek", "objek_id", "dari", "pada"),
            """
            SELECT changed.bapas_id, tahun FROM changed JOIN program_programtahunan program
                ON (program.bapas_id, program.id) = (changed.bapas_id, objek_id)
            WHERE objek = 'program'
            """,
        ),
    ),
)  # fmt: skip

SOURCES = (MONEY,)
