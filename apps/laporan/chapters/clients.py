"""Bab I and II: clients under guidance, and their needs."""

from apps.dasar.charts import bar_chart, number
from apps.dasar.disclosure import NO_DATA
from apps.dasar.wording import tanggal
from apps.klien.figures import OTHERS
from apps.laporan.chapters.shared import NOT_RELEASED, chart, item_blocks, met_or_not, unmet_needs
from apps.laporan.figures import Figures, Need
from apps.laporan.parts import Block, Column, Heading, Table, Text
from apps.laporan.words import guided, load

AT_LEAST = (
    f"Setiap Bapas merinci program yang diikuti cukup banyak klien. Klien program lain, program khusus Anak, dan klien "
    f"tanpa masa bimbingan dihitung sebagai “{OTHERS}”; angka satu program adalah yang paling sedikit."
)


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
            f"Data bimbingan dan kegiatan berasal dari periode {span}. Bimbingan dihitung per bulan yang sudah "
            "ditutup dan kehadiran pada kegiatan per triwulan yang sudah ditutup. Jumlah klien, PK, dan kebutuhan "
            f"adalah keadaan pada {tanggal(cover.selesai)}."
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
        *_programmes(f),
    ]


def _programmes(f: Figures) -> list[Block]:
    """Clients per programme, where the clients of every office in it are printed."""
    if not f.klien_program and f.klien not in (0, NO_DATA):
        return [Text("Angka menurut program disembunyikan.")]
    blocks = item_blocks(
        f.klien_program, "Klien aktif menurut program bimbingan", "Program", "Klien", f.klien, rest=OTHERS
    )
    return [*blocks, Text(AT_LEAST)] if any(item.label == OTHERS for item in f.klien_program) else blocks


def _load_text(f: Figures) -> list[Block]:
    mean = load(f.klien, f.pk)
    return [Text(f"Beban kerja: {guided(f.cover.unit, f.klien, f.pk)}, {mean}.")] if mean else []


def needs(f: Figures) -> list[Block]:
    total = f.kebutuhan_jumlah
    if total.belum == 0 and total.terpenuhi == 0:
        return [Text("Belum ada kebutuhan klien yang dicatat pada periode ini.")]
    if total.belum == NO_DATA:
        return [Text(NOT_RELEASED)]
    rows = [(need.kategori, need.belum) for need in f.kebutuhan]
    return [
        Text(
            f"{met_or_not(total)} Kebutuhan yang belum terpenuhi masih terbuka, sedang dirujuk atau dilayani, atau "
            "belum dapat dipenuhi. Kebutuhan itu menjadi dasar program dan anggaran."
        ),
        Heading("Kebutuhan yang belum terpenuhi"),
        chart(
            rows,
            lambda label, n, limit: f"{label} paling banyak belum terpenuhi{limit}: {number(n)} klien.",
            lambda alt: bar_chart(rows, alt, "klien", adds_up=False),
            unmet_needs(f.kebutuhan, total),
        ),
        Table(
            "Kebutuhan klien menurut jenis",
            (
                Column("Jenis kebutuhan", 52, numeric=False),
                Column("Klien, belum terpenuhi", 24),
                Column("Kebutuhan terpenuhi", 24),
            ),
            tuple(map(_need_row, f.kebutuhan)),
            _need_row(total),
        ),
        *_steps(f),
    ]


def _need_row(need: Need) -> tuple[str, ...]:
    return (need.kategori, number(need.belum), number(need.terpenuhi))


def _steps(f: Figures) -> list[Block]:
    if f.kebutuhan_jumlah.belum == 0:
        return []
    return [
        Text(
            "Klien dengan beberapa kebutuhan dihitung sekali pada tiap jenis dan sekali pada tiap langkah. Jenis dan "
            "langkah karena itu tidak dijumlahkan; baris terakhir tabel di atas menghitung tiap klien sekali."
        ),
        Table(
            "Langkah kebutuhan yang belum terpenuhi",
            (Column("Langkah", 52, numeric=False), Column("Klien", 24)),
            tuple((step.label, number(step.n)) for step in f.langkah),
        ),
    ]
