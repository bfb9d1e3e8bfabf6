"""Bab I and II: clients under guidance, and their needs."""

from apps.dasar.charts import bar_chart, number
from apps.dasar.wording import tanggal
from apps.laporan.chapters.shared import chart, item_blocks, met_or_not, unmet_needs
from apps.laporan.figures import Figures, Need
from apps.laporan.parts import Block, Column, Heading, Table, Text
from apps.laporan.words import count, guided, load


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
            f"Data bimbingan dan kegiatan berasal dari periode {span}. Jumlah klien, PK, dan kebutuhan adalah keadaan "
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
            drawn=False,
        ),
        Heading("Klien menurut program bimbingan"),
        *item_blocks(f.klien_program, "Klien aktif menurut program bimbingan", "Program", "Klien", f.klien),
    ]


def _load_text(f: Figures) -> list[Block]:
    mean = load(f.klien, f.pk)
    return [Text(f"Beban kerja: {guided(f.cover.unit, f.klien, f.pk)}, {mean}.")] if mean else []


def needs(f: Figures) -> list[Block]:
    if f.kebutuhan_tercatat == 0:
        return [Text("Belum ada kebutuhan klien yang dicatat pada periode ini.")]
    total = f.kebutuhan_jumlah
    rows = [(need.kategori, need.belum) for need in f.kebutuhan]
    labels = ("Terbuka", "Dirujuk", "Dilayani", "Tidak terpenuhi", "Belum (jumlah)", "Terpenuhi")
    columns = (Column("Jenis kebutuhan", 28, numeric=False), *(Column(label, 12) for label in labels))
    return [
        Text(
            f"{met_or_not(f.kebutuhan_tercatat, total)} Kebutuhan yang belum terpenuhi masih terbuka, sedang dirujuk "
            "atau dilayani, atau belum dapat dipenuhi. Kebutuhan itu menjadi dasar program dan anggaran."
        ),
        Heading("Kebutuhan yang belum terpenuhi"),
        chart(
            rows,
            lambda label, n, limit: f"{label} paling banyak belum terpenuhi{limit}: {number(n)} kebutuhan.",
            lambda alt: bar_chart(rows, alt),
            unmet_needs(f.kebutuhan, total),
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
