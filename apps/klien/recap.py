"""What dashboards count of clients, their needs, their terms, their reporting dates and the guidance log.

`klien`       active clients, per age group and sex (`anak-L`)
`terlewat`    active clients past the date of their schedule: for today and later; past days need the log
              (`apps/wajib_lapor/figures.py`)
`butuh`       active clients with an unmet need: different persons, however many needs
`butuh-jenis` the same per category
`terpenuhi`   met needs of active clients, per category
`batal`       cancelled needs of active clients, per category
`masa`        active clients under a legal ground by their newest term, per ground and age group (`12-anak`)
`bimbingan`   contacts that count, `hadir` or `absen`

The rules are those of `guided_on`, `KebutuhanQuerySet.unmet`, `MasaQuerySet.as_of` and `counted_sql`;
`tests/rekap/test_same_numbers.py` compares them on random lives.
"""

from apps.klien.models.guidance import counted_sql
from apps.rekap.sources import Source, Watch

CLIENTS = Source(
    name="klien",
    measures=("klien", "terlewat", "butuh", "butuh-jenis", "terpenuhi", "batal", "masa"),
    keys="SELECT asal.bapas_id, asal.id FROM klien_klien asal",
    facts="""
    WITH klien AS (
        SELECT klien.bapas_id, klien.id, kategori_usia AS usia, jenis_kelamin, zona_waktu, CASE
            WHEN berakhir < diregistrasi THEN '{}'
            ELSE datemultirange(daterange(diregistrasi, berakhir)) - COALESCE((
                SELECT range_agg(daterange(mulai, selesai)) FROM klien_jeda jeda
                WHERE (jeda.bapas_id, jeda.klien_id) = (klien.bapas_id, klien.id)
            ), '{}')
        END AS dibimbing
        FROM klien_klien klien JOIN wilayah_bapas kantor ON kantor.id = klien.bapas_id
        WHERE (klien.bapas_id, klien.id) = ($1, $2)
    ), kebutuhan AS (
        SELECT kategori_id::text AS kategori, (dicatat_pada AT TIME ZONE zona_waktu)::date AS dicatat,
            CASE WHEN kebutuhan.status IN ('terpenuhi', 'batal') THEN (ditutup_pada AT TIME ZONE zona_waktu)::date END
                AS ditutup,
            kebutuhan.status, dibimbing
        FROM klien JOIN klien_kebutuhan kebutuhan ON (kebutuhan.bapas_id, klien_id) = (klien.bapas_id, klien.id)
    ), belum AS (
        SELECT kategori, dibimbing, daterange(dicatat, ditutup) AS hari FROM kebutuhan
        WHERE ditutup IS NULL OR ditutup > dicatat
    ), masa AS (
        SELECT jenis_program_id, usia, dibimbing,
            daterange(mulai, lead(mulai) OVER (PARTITION BY klien_id ORDER BY mulai)) AS hari
        FROM klien JOIN klien_masabimbingan masa ON (masa.bapas_id, klien_id) = (klien.bapas_id, klien.id)
    ), lama (ukuran, kategori, rentang) AS (
        SELECT 'klien', usia || '-' || jenis_kelamin, dibimbing FROM klien
        UNION ALL
        SELECT 'terlewat', '', dibimbing * datemultirange(daterange(berikutnya + 1, NULL))
        FROM klien JOIN klien_jadwallapor jadwal ON (jadwal.bapas_id, klien_id) = (klien.bapas_id, klien.id)
        WHERE berikutnya IS NOT NULL
        UNION ALL
        SELECT 'butuh', '', dibimbing * range_agg(hari) FROM belum GROUP BY dibimbing
        UNION ALL
        SELECT 'butuh-jenis', kategori, dibimbing * range_agg(hari) FROM belum GROUP BY kategori, dibimbing
        UNION ALL
        SELECT status, kategori, dibimbing * datemultirange(daterange(GREATEST(dicatat, ditutup), NULL))
        FROM kebutuhan WHERE status IN ('terpenuhi', 'batal')
        UNION ALL
        SELECT 'masa', jenis_program_id || '-' || usia, dibimbing * datemultirange(hari) FROM masa
    )
    SELECT ukuran, kategori, lower(hari) AS mulai, upper(hari) AS selesai, count(*) AS n, NULL::numeric AS jumlah
    FROM lama CROSS JOIN unnest(rentang) hari GROUP BY 1, 2, 3, 4
    """,
    watches=(
        Watch(
            "klien_klien", ("id", "diregistrasi", "berakhir", "kategori_usia", "jenis_kelamin"),
            "SELECT bapas_id, id FROM changed",
        ),
        Watch("klien_jeda", ("klien_id", "mulai", "selesai"), "SELECT bapas_id, klien_id FROM changed"),
        Watch("klien_jadwallapor", ("klien_id", "berikutnya"), "SELECT bapas_id, klien_id FROM changed"),
        Watch(
            "klien_kebutuhan", ("klien_id", "kategori_id", "status", "dicatat_pada", "ditutup_pada"),
            "SELECT bapas_id, klien_id FROM changed",
        ),
        Watch(
            "klien_masabimbingan", ("klien_id", "jenis_program_id", "mulai"),
            "SELECT bapas_id, klien_id FROM changed",
        ),
    ),
)  # fmt: skip

GUIDANCE = Source(
    name="bimbingan",
    measures=("bimbingan",),
    keys="SELECT asal.bapas_id, asal.tanggal - DATE '1970-01-01' FROM klien_catatanbimbingan asal",
    facts=f"""
    SELECT 'bimbingan' AS ukuran, CASE WHEN hadir THEN 'hadir' ELSE 'absen' END AS kategori, tanggal AS mulai,
        NULL::date AS selesai, count(*) AS n, NULL::numeric AS jumlah
    FROM klien_catatanbimbingan catatan
    WHERE bapas_id = $1 AND tanggal = DATE '1970-01-01' + $2::int AND {counted_sql("catatan")}
    GROUP BY 2, 3
    """,  # noqa: S608 – our own names
    watches=(
        Watch(
            "klien_catatanbimbingan", ("tanggal", "hadir", "dibatalkan", "koreksi_dari_id"),
            # A correction also changes the day of the record that it replaces.
            """
            SELECT bapas_id, tanggal - DATE '1970-01-01' FROM changed
            UNION ALL
            SELECT changed.bapas_id, diganti.tanggal - DATE '1970-01-01' FROM changed CROSS JOIN LATERAL (
                SELECT tanggal FROM klien_catatanbimbingan catatan
                WHERE catatan.bapas_id = changed.bapas_id AND catatan.id = changed.koreksi_dari_id OFFSET 0
            ) diganti WHERE changed.koreksi_dari_id IS NOT NULL
            """,
        ),
    ),
)  # fmt: skip

SOURCES = (CLIENTS, GUIDANCE)
