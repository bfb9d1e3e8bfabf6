"""What several chapters draw alike."""

from collections.abc import Sequence

from apps.laporan.figures import Item
from apps.laporan.parts import Block, Chart, Column, Table, Text
from apps.laporan.words import count, share
from pemasyarakatan.charts import bar_chart, number

CHART_ROWS = 12


def item_blocks(
    items: Sequence[Item],
    caption: str,
    head: str,
    unit: str,
    total: int | None,
    *,
    chart: bool = True,
) -> list[Block]:
    if not items:
        return [Text("Belum ada data pada periode ini.")]
    table = Table(
        caption,
        (Column(head, 60, numeric=False), Column(unit, 20), Column("Bagian (%)", 20)),
        tuple((item.label, count(item.n), share(item.n, total)) for item in items),
        ("Jumlah", count(total), ""),
    )
    if not chart:
        return [table]
    first = items[0]
    finding = f"{first.label} adalah kelompok terbesar: {number(first.n)} {unit.lower()} ({share(first.n, total)})."
    rows = [(item.label, item.n) for item in items[:CHART_ROWS]]
    return [Chart(finding, lambda alt: bar_chart(rows, alt)), table]
