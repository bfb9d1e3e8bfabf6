"""Which units a dashboard compares."""

from apps.dasar.charts import Tile, grid
from apps.dasbor.region import SUM, Unit
from apps.wilayah.models import Bapas, Kanwil

COLUMNS = 6


def bapas_of(kanwil: Kanwil) -> list[Unit]:
    """The active Bapas of a Kanwil, placed on a plain grid."""
    offices = Bapas.objects.filter(kanwil=kanwil, aktif=True).order_by("nama")
    tiles = grid([Tile(_code(office.nama), office.nama, 0) for office in offices], COLUMNS)
    return [
        Unit(office.pk, office.nama, tile.code, frozenset([office.pk]), tile.column, tile.row)
        for office, tile in zip(offices, tiles, strict=True)
    ]


def all_kanwil() -> list[Unit]:
    """Every active Kanwil in its place on the map of the archipelago."""
    offices: dict[int, set[int]] = {}
    for pk, kanwil_id in Bapas.objects.filter(aktif=True).values_list("pk", "kanwil_id"):
        offices.setdefault(kanwil_id, set()).add(pk)
    return [
        Unit(k.pk, k.singkatan, k.label, frozenset(offices.get(k.pk, ())), k.kolom, k.baris, is_region=True)
        for k in Kanwil.objects.filter(aktif=True)
    ]


def whole(kanwil: Kanwil | None) -> Unit:
    """All Bapas of a Kanwil together, or the nation."""
    return Unit(kanwil.pk, "Jumlah", "", frozenset(), is_region=True) if kanwil else SUM


def one_bapas(bapas: Bapas) -> Unit:
    return Unit(bapas.pk, bapas.nama, _code(bapas.nama), frozenset([bapas.pk]))


def _code(name: str) -> str:
    """Up to four letters for a tile: "Bapas Banda Aceh" → "BA", "Bapas Mataram" → "MAT"."""
    words = name.removeprefix("Bapas ").split()
    return (words[0][:3] if len(words) == 1 else "".join(word[0] for word in words)[:4]).upper()
