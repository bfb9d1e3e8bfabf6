"""Charts and sentences that several chapters share."""

from collections.abc import Callable, Sequence

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from apps.dasar.charts import bar_chart, largest, number
from apps.dasar.disclosure import NO_DATA, Shown, known
from apps.dasar.wording import tanggal
from apps.laporan.figures import Figures, Item, Need
from apps.laporan.parts import Block, Chart, Column, Table, Text
from apps.laporan.words import lower, said, share

TOO_FEW = "Angkanya nol atau disembunyikan, jadi tidak digambar. Tabel berikut memuat angka yang dapat ditampilkan."
NOT_RELEASED = "Angka kebutuhan belum dirilis."


def item_blocks(
    items: Sequence[Item],
    caption: str,
    head: str,
    unit: str,
    total: Shown,
    *,
    drawn: bool = True,
    rest: str = "",
) -> list[Block]:
    """A chart and a table of groups. `rest` labels what is no group of its own: it stands last and is no finding."""
    if not items:
        return [Text("Belum ada data pada periode ini.")]
    items = sorted(items, key=lambda item: item.label == rest)
    table = Table(
        caption,
        (Column(head, 60, numeric=False), Column(unit, 20), Column("Bagian (%)", 20)),
        tuple((item.label, number(item.n), share(item.n, total)) for item in items),
        ("Jumlah", number(total), ""),
    )
    rows = [(item.label, item.n) for item in items]

    def finding(label: str, n: int, limit: str) -> str:
        part = f" ({share(n, total)})" if known(total) else ""
        return f"{label} adalah kelompok terbesar{limit}: {number(n)} {unit.lower()}{part}."

    groups = [row for row in rows if row[0] != rest]
    return [chart(groups, finding, lambda alt: bar_chart(rows, alt)), table] if drawn else [table]


def chart(
    rows: Sequence[tuple[str, Shown]],
    finding: Callable[[str, int, str], str],
    draw: Callable[[str], SafeString],
    otherwise: str = TOO_FEW,
) -> Block:
    """A chart titled by the finding about its largest row (see `largest`), or the sentence `otherwise` when it would be
    empty."""
    top = largest(rows)
    return Chart(finding(*top), draw) if top else Text(otherwise)


def unmet_needs(needs: Sequence[Need], total: Need) -> str:
    """The finding about unmet needs, for the summary and the chart."""
    top = largest((need.kategori, need.belum) for need in needs)
    if top:
        name, n, limit = top
        return f"Kebutuhan yang paling banyak belum terpenuhi{limit} adalah {lower(name)} ({number(n)} klien)."
    if total.belum == 0:
        return "Tidak ada klien dengan kebutuhan yang belum terpenuhi."
    if total.belum == NO_DATA:
        return NOT_RELEASED
    return "Jumlah klien per jenis kebutuhan yang belum terpenuhi disembunyikan."


def met_or_not(total: Need) -> str:
    """A sentence about clients in need and needs that were met; a masked number is called neither none nor all."""
    if total.belum == NO_DATA:
        return NOT_RELEASED
    if total.belum == 0 and total.terpenuhi == 0:
        return "Belum ada kebutuhan yang tercatat."
    who = f"{said(total.belum)} klien mempunyai" if total.belum != 0 else "tidak ada klien dengan"
    met = f"{said(total.terpenuhi)} kebutuhan sudah" if total.terpenuhi != 0 else "belum ada kebutuhan yang"
    return f"{capfirst(who)} kebutuhan yang belum terpenuhi; {met} terpenuhi."


def no_budget(f: Figures) -> str:
    """A sentence: no budget was approved by its day; it names the version in preparation."""
    until = f"Sampai {tanggal(f.cover.dana_per)} belum ada anggaran {f.cover.tahun} yang disetujui"
    return f"{until}; rancangan {f.cover.rancangan} belum disetujui." if f.cover.rancangan else f"{until}."
