"""Columns of the list of activities, on the page and in the file. Counts only, no client."""

from apps.dasar.lists import Column
from apps.dasar.wording import on_clock
from apps.kegiatan.models import Tab

MOST_ROWS = 10_000


def columns(tab: Tab) -> list[Column]:
    """Closed activities show their cost, cancelled ones the reason, all others what to do next."""
    return [
        Column("Judul", "judul", short="Kegiatan", cell="kegiatan/list.html#judul"),
        Column("Jenis", "get_jenis_display", only="file"),
        Column("Bidang", "get_bidang_display", only="file"),
        Column("Kebutuhan yang dilayani", "kebutuhan_nama", only="file"),
        Column("Mulai", on_clock, of=("mulai", "bapas.zona_waktu"), short="Waktu dan tempat",
               cell="kegiatan/list.html#waktu"),
        Column("Selesai", on_clock, of=("selesai", "bapas.zona_waktu"), only="file"),
        Column("Tempat", "tempat", only="file"),
        Column("Penyelenggara", lambda mitra, bapas: mitra or bapas, of=("mitra.nama", "bapas.nama"), only="file"),
        Column("Bapas", "bapas.nama", only="file"),
        Column("Kuota", "kuota", only="file"),
        Column("Peserta", "peserta", cell="kegiatan/list.html#peserta"),
        Column("Hadir", "hadir", only="file"),
        Column("Perkiraan biaya (Rp)", "biaya_rencana", only="file"),
        Column("Biaya sebenarnya (Rp)", "biaya", short="Biaya (Rp)", number=True,
               only="" if tab == Tab.SELESAI else "file"),
        Column("Sumber dana", "get_sumber_display", only="file"),
        Column("Status", "get_status_display", only="file"),
        Column("Hasil", "hasil", only="file"),
        Column("Alasan", "alasan_batal", only="page", when=tab == Tab.BATAL),
        Column("Tindakan", cell="kegiatan/list.html#tindakan", silent=True, when=tab not in (Tab.SELESAI, Tab.BATAL)),
    ]  # fmt: skip
