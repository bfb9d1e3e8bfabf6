"""What dashboards count of activities: `kegiatan`, those that are closed, on the day on which they began there."""

from apps.rekap.sources import Source, Watch

ACTIVITIES = Source(
    name="kegiatan",
    measures=("kegiatan",),
    keys="SELECT asal.bapas_id, asal.id FROM kegiatan_kegiatan asal",
    facts="""
    SELECT 'kegiatan' AS ukuran, '' AS kategori, (mulai AT TIME ZONE zona_waktu)::date AS mulai, NULL::date AS selesai,
        1 AS n, NULL::numeric AS jumlah
    FROM kegiatan_kegiatan kegiatan JOIN wilayah_bapas kantor ON kantor.id = kegiatan.bapas_id
    WHERE (kegiatan.bapas_id, kegiatan.id) = ($1, $2) AND status = 'selesai'
    """,
    watches=(
        Watch("kegiatan_kegiatan", ("id", "mulai", "status"), "SELECT bapas_id, id FROM changed"),
    ),
)  # fmt: skip

SOURCES = (ACTIVITIES,)
