"""The list of the office as rows of a file."""

from apps.kerja_sosial.balance import balance_of

HEADS = (
    "Kode", "Nama", "Jenis", "PK", "Tempat", "Status", "Mulai", "Batas selesai", "Jumlah jam", "Jam disahkan",
    "Jam menunggu pengesahan", "Sisa jam", "Perlu jam per minggu", "Catatan",
)  # fmt: skip
MOST_ROWS = 10_000


def rows(queryset, day) -> list[list]:
    """One query; `queryset` comes from `for_list`."""
    return [_cells(ks, balance_of(ks, day)) for ks in queryset[:MOST_ROWS]]


def _cells(ks, balance) -> list:
    open_ = ks.berjalan
    return [
        ks.kode, ks.klien.nama, ks.get_jenis_display(), ks.klien.pk_pembimbing.nama, str(ks.tempat),
        ks.get_status_display(), ks.mulai, ks.batas, ks.total_jam, float(balance.confirmed), float(balance.waiting),
        float(balance.left), float(balance.needed) if open_ else None, balance.remark if open_ else "",
    ]  # fmt: skip
