"""The list of clients as rows of a file."""

from collections.abc import Iterable, Iterator

from apps.klien.models import Klien

HEAD = (
    "Kode", "Nama", "Kategori usia", "Jenis program", "Akhir masa", "Status", "PK", "Bimbingan terakhir",
    "Bimbingan berikutnya", "Hari terlewat", "Tidak hadir berturut-turut", "Kebutuhan belum terpenuhi",
)  # fmt: skip


def cells(klien: Klien, today) -> list:
    """One client as plain values, in the order of `HEAD`."""
    schedule = klien.jadwal
    return [
        klien.kode, klien.nama, klien.get_kategori_usia_display(), klien.program_nama or "",
        klien.program_selesai, klien.get_status_display(), klien.pk_pembimbing.nama, schedule.terakhir,
        schedule.berikutnya, schedule.hari_terlewat(today), schedule.absen_beruntun, klien.kebutuhan_terbuka,
    ]  # fmt: skip


def table(clients: Iterable[Klien], today) -> Iterator[list]:
    return (cells(klien, today) for klien in clients)
