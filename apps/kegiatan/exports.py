"""The list as a file: rows → bytes. Counts only, no client."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from apps.dasar.wording import waktu_unit

HEADS = (
    "Judul", "Jenis", "Bidang", "Kebutuhan yang dilayani", "Mulai", "Selesai", "Tempat", "Penyelenggara", "Bapas",
    "Kuota", "Peserta", "Hadir", "Perkiraan biaya (Rp)", "Biaya sebenarnya (Rp)", "Sumber dana", "Status", "Hasil",
)  # fmt: skip
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Row:
    """One activity, in the order of HEADS."""

    judul: str
    jenis: str
    bidang: str
    kebutuhan: str
    mulai: str
    selesai: str
    tempat: str
    penyelenggara: str
    bapas: str
    kuota: int
    peserta: int
    hadir: int
    biaya_rencana: Decimal
    biaya: Decimal | None
    sumber: str
    status: str
    hasil: str


def rows(queryset) -> Iterator[Row]:
    """The only part that touches the database: two queries."""
    for k in queryset.for_list().prefetch_related("kategori")[:MOST_ROWS]:
        yield Row(
            k.judul, k.get_jenis_display(), k.get_bidang_display(), "; ".join(str(need) for need in k.kategori.all()),
            waktu_unit(k.mulai, k.bapas), waktu_unit(k.selesai, k.bapas), k.tempat, str(k.penyelenggara), str(k.bapas),
            k.kuota, k.peserta, k.hadir, k.biaya_rencana, k.biaya, k.get_sumber_display(), k.get_status_display(),
            k.hasil,
        )  # fmt: skip
