"""Bab V and VI: the budget, and the remaining work."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.text import capfirst

from apps.dasar.charts import bar_chart, number
from apps.dasar.disclosure import HIDDEN, NO_DATA, known
from apps.dasar.wording import rupiah, tanggal
from apps.laporan.chapters.shared import no_budget, unmet_needs
from apps.laporan.figures import Figures, Money
from apps.laporan.parts import Block, Chart, Column, Heading, Table, Text
from apps.laporan.words import amount, listing, lower, money, share

DIPA = "DIPA"
MENTIONED = 3


def budget(f: Figures) -> list[Block]:
    if not f.anggaran:
        spent = f" Realisasi yang dicatat berjumlah {rupiah(f.realisasi)}." if f.realisasi else ""
        return [Text(f"{no_budget(f)}{spent}")]
    first = max(f.sumber, key=lambda row: row.rencana)
    return [
        Text(
            f"{no_budget(f)} Rancangan itu berjumlah {rupiah(f.anggaran)}."
            if f.rancangan
            else f"Anggaran program {f.cover.tahun} yang disetujui berjumlah {rupiah(f.anggaran)}. Realisasi sampai "
            f"dengan {tanggal(f.cover.dana_per)} berjumlah {rupiah(f.realisasi)} ({share(f.realisasi, f.anggaran)})."
        ),
        Heading("Menurut sumber dana"),
        Chart(
            f"{first.label} membiayai {share(first.rencana, f.anggaran)} {f.sebutan_anggaran.lower()} {f.cover.tahun}.",
            lambda alt: bar_chart([(row.label, _millions(row.rencana)) for row in f.sumber], alt, "juta rupiah"),
        ),
        _money_table(f, "sumber dana", f.sumber, coded=False),
        Heading("Menurut akun belanja"),
        _money_table(f, "akun", f.akun, coded=True),
    ]


def _millions(value: Decimal) -> float:
    return round(float(value / 10**6), 1)


def _money_table(f: Figures, by: str, rows: Sequence[Money], *, coded: bool) -> Table:
    planned, spent = amount(row.rencana for row in rows), amount(row.realisasi for row in rows)
    return Table(
        f"{f.sebutan_anggaran} dan realisasi menurut {by}",
        (
            Column(capfirst(by), 40, numeric=False),
            Column(f"{f.sebutan_anggaran} (Rp)", 20),
            Column("Realisasi (Rp)", 20),
            Column("Sisa (Rp)", 20) if not coded else Column("Realisasi (%)", 20),
        ),
        tuple(
            (
                f"{row.kode} {row.label}" if coded else row.label,
                money(row.rencana),
                money(row.realisasi),
                share(row.realisasi, row.rencana) if coded else money(row.rencana - row.realisasi),
            )
            for row in rows
        ),
        (
            "Jumlah",
            money(planned),
            money(spent),
            share(spent, planned) if coded else money(planned - spent),
        ),
    )


def closing(f: Figures) -> list[Block]:
    blocks: list[Block] = []
    if f.kebutuhan_jumlah.belum not in (0, NO_DATA):
        blocks.append(
            Text(
                f"{_wanted(f)} Pemerintah daerah, perusahaan, dan kelompok masyarakat dapat mendukung pemenuhannya "
                "sesuai kewenangan masing-masing."
            )
        )
    outside = amount(row.rencana for row in f.sumber if row.kode != DIPA)
    if outside:
        blocks.append(
            Text(
                f"Dukungan di luar DIPA direncanakan {rupiah(outside)}, atau {share(outside, f.anggaran)} dari "
                f"{f.sebutan_anggaran.lower()}. Dukungan itu dicatat di portal; uang tidak mengalir melalui portal."
            )
        )
    if f.jawaban:
        blocks += [Heading("Kebutuhan dan jawabannya"), _answer_table(f)]
    return blocks or [Text("Belum ada tindak lanjut yang dicatat.")]


def _wanted(f: Figures) -> str:
    """A sentence with the largest unmet needs whose counts may be shown."""
    opened = [need for need in f.kebutuhan if known(need.belum) and need.belum][:MENTIONED]
    if not opened:
        return unmet_needs((), f.kebutuhan_jumlah)
    named = listing(f"{lower(need.kategori)} ({number(need.belum)} klien)" for need in opened)
    limit = ", di antara yang dapat ditampilkan," if any(need.belum == HIDDEN for need in f.kebutuhan) else ""
    return f"Kebutuhan yang belum terpenuhi{limit} antara lain {named}."


def _answer_table(f: Figures) -> Table:
    """Planned activities and money per need; a need without any shows a dash."""
    return Table(
        f"Kebutuhan yang belum terpenuhi dan program {f.cover.tahun}",
        (
            Column("Jenis kebutuhan", 42, numeric=False),
            Column("Klien, belum terpenuhi", 13),
            Column("Kegiatan rencana", 11),
            Column("Target klien", 12),
            Column(f"{f.sebutan_anggaran} (Rp)", 22),
        ),
        tuple(
            (row.kategori, number(row.belum), number(row.kegiatan), number(row.target), money(row.anggaran))
            for row in f.jawaban
        ),
        (
            "Jumlah",
            "",
            number(sum(row.kegiatan for row in f.jawaban)),
            number(sum(row.target for row in f.jawaban)),
            money(amount(row.anggaran for row in f.jawaban)),
        ),
    )
