"""Bab I and II: who is guided, and what they need."""

from apps.laporan.chapters.shared import CHART_ROWS, item_blocks
from apps.laporan.figures import Figures, Need
from apps.laporan.parts import Block, Chart, Column, Heading, Table, Text
from apps.laporan.words import count, share
from pemasyarakatan.charts import bar_chart, number
from pemasyarakatan.wording import tanggal


def overview(f: Figures) -> list[Block]:
    cover = f.cover
    span = f"{tanggal(cover.mulai)} s.d. {tanggal(cover.selesai)}"
    members = f" Laporan ini merangkum {number(len(f.bapas))} Bapas." if f.bapas else ""
    return [
        Text(
            f"Laporan ini memuat keadaan klien, kebutuhan mereka, dukungan yang sudah diberikan, serta program dan "
            f"anggaran {cover.tahun} {cover.unit}. Program disusun dari kebutuhan klien, sehingga setiap rupiah dapat "
            f"dirunut ke kebutuhan yang dilayani.{members}"
        ),
        Text(
            "Dasar penyusunan adalah Undang-Undang Nomor 22 Tahun 2022 tentang Pemasyarakatan. Susunan rincian biaya "
            "mengikuti peraturan Menteri Keuangan tentang perencanaan anggaran."
        ),
        Text(
            f"Data bimbingan, kebutuhan, dan kegiatan berasal dari periode {span}. Jumlah klien dan PK adalah keadaan "
            f"pada {tanggal(cover.selesai)}."
        ),
        *_load_text(f),
        Heading("Klien menurut usia"),
        *item_blocks(
            f.klien_usia,
            "Klien aktif menurut kategori usia",
            "Kategori usia",
            "Klien",
            f.klien,
            chart=False,
        ),
        Heading("Klien menurut program bimbingan"),
        *item_blocks(f.klien_program, "Klien aktif menurut program bimbingan", "Program", "Klien", f.klien),
    ]


def _load_text(f: Figures) -> list[Block]:
    if not f.klien or not f.pk:
        return []
    return [
        Text(
            f"Beban kerja: {number(f.pk)} Pembimbing Kemasyarakatan (PK) membimbing {number(f.klien)} klien, "
            f"rata-rata {number(round(f.klien / f.pk))} klien per PK."
        )
    ]


def needs(f: Figures) -> list[Block]:
    if not f.kebutuhan:
        return [Text("Belum ada kebutuhan klien yang dicatat pada periode ini.")]
    total, top = f.kebutuhan_jumlah, f.kebutuhan[0]
    labels = ("Terbuka", "Dirujuk", "Dilayani", "Tidak terpenuhi", "Belum (jumlah)", "Terpenuhi")
    columns = (Column("Jenis kebutuhan", 28, numeric=False), *(Column(label, 12) for label in labels))
    return [
        Text(
            f"Tercatat {number(f.kebutuhan_tercatat)} kebutuhan. Sebanyak {number(total.terpenuhi)} "
            f"({share(total.terpenuhi, f.kebutuhan_tercatat)}) sudah terpenuhi. Sisanya, {number(total.belum)}, masih "
            "terbuka, sedang dirujuk atau dilayani, atau belum dapat dipenuhi. Kebutuhan yang belum terpenuhi menjadi "
            "dasar program dan anggaran."
        ),
        Heading("Kebutuhan yang belum terpenuhi"),
        Chart(
            f"{top.kategori} paling banyak belum terpenuhi: {number(top.belum)} kebutuhan.",
            lambda alt: bar_chart([(n.kategori, n.belum) for n in f.kebutuhan[:CHART_ROWS]], alt),
        ),
        Table(
            "Kebutuhan klien menurut jenis dan status",
            columns,
            tuple(_need_row(need) for need in f.kebutuhan),
            _need_row(total),
        ),
    ]


def _need_row(need: Need) -> tuple[str, ...]:
    numbers = (need.terbuka, need.dirujuk, need.dilayani, need.tidak_terpenuhi, need.belum, need.terpenuhi)
    return (need.kategori, *map(count, numbers))
