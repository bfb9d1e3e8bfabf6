"""Charts and sentences that several chapters share."""

from collections.abc import Callable, Sequence

from django.utils.safestring import SafeString

from apps.dasar.charts import bar_chart, largest, number
from apps.dasar.disclosure import Shown, known
from apps.dasar.wording import tanggal
from apps.laporan.figures import Figures, Item, Need
from apps.laporan.parts import Block, Chart, Column, Table, Text
from apps.laporan.words import count, lower, said, share

TOO_FEW = "Angkanya terlalu kecil untuk digambar. Tabel berikut memuat angka yang dapat ditampilkan."


def item_blocks(
    items: Sequence[Item],
    caption: str,
    head: str,
    unit: str,
    total: Shown,
    *,
    drawn: bool = True,
) -> list[Block]:
    if not items:
        return [Text("Belum ada data pada periode ini.")]
    table = Table(
        caption,
        (Column(head, 60, numeric=False), Column(unit, 20), Column("Bagian (%)", 20)),
        tuple((item.label, count(item.n), share(item.n, total)) for item in items),
        ("Jumlah", count(total), ""),
    )
    rows = [(item.label, item.n) for item in items]

    def finding(label: str, n: int, limit: str) -> str:
        part = f" ({share(n, total)})" if known(total) else ""
        return f"{label} adalah kelompok terbesar{limit}: {number(n)} {unit.lower()}{part}."

    return [chart(rows, finding, lambda alt: bar_chart(rows, alt)), table] if drawn else [table]


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
        return f"Kebutuhan yang paling banyak belum terpenuhi{limit} adalah {lower(name)} ({number(n)})."
    if total.belum == 0:
        return "Semua kebutuhan yang tercatat sudah terpenuhi."
    return "Kebutuhan yang belum terpenuhi terlalu sedikit per jenis untuk ditampilkan."


def met_or_not(recorded: Shown, total: Need) -> str:
    """A sentence about the number of needs and how many were met; a masked number is called neither none nor all."""
    if recorded == 0:
        return "Belum ada kebutuhan yang tercatat."
    if total.belum == 0:
        return f"Tercatat {said(recorded)} kebutuhan."
    met = share(total.terpenuhi, recorded) if known(recorded) and known(total.terpenuhi) else said(total.terpenuhi)
    done = "belum ada yang terpenuhi" if total.terpenuhi == 0 else f"{met} sudah terpenuhi"
    left = f" dan {said(total.belum)} belum" if total.terpenuhi != 0 else ""
    return f"Tercatat {said(recorded)} kebutuhan; {done}{left}."


def no_budget(f: Figures) -> str:
    """A sentence: no budget was approved by the last day of the period; it names the version in preparation."""
    until = f"Sampai {tanggal(f.cover.selesai)} belum ada anggaran {f.cover.tahun} yang disetujui"
    return f"{until}; rancangan {f.cover.rancangan} belum disetujui." if f.cover.rancangan else f"{until}."
