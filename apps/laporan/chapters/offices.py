"""The report of a Kanwil or the nation: Bab IV compares its offices, Lampiran A has a sheet for each."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from apps.dasar import definisi
from apps.dasar.charts import Tile, bar_chart, number, tile_map
from apps.dasar.disclosure import NO_DATA, Shown
from apps.laporan.chapters.shared import NOT_RELEASED, TOO_FEW, chart
from apps.laporan.figures import Figures, Unit
from apps.laporan.parts import Block, Column, Heading, Table, Text
from apps.laporan.persons import both
from apps.laporan.words import amount, guided, lower, money, said, share


def offices(f: Figures) -> list[Block]:
    """Compare the next level down: Kanwil in the national report, Bapas in that of a Kanwil."""
    units, noun = (f.kanwil, "Kanwil") if f.kanwil else (f.bapas, "Bapas")
    return [
        Text(
            f"Bab ini membandingkan {number(len(units))} {noun}. "
            f"Urutan tabel mengikuti nama, bukan peringkat; {_approved(f)}."
        ),
        Heading("Kebutuhan yang belum terpenuhi"),
        _unit_chart(units, noun),
        _unit_service_table(f, units, noun),
        Heading("Program dan anggaran"),
        *_unit_money_blocks(units, noun),
    ]


def _approved(f: Figures) -> str:
    """The number of programmes approved by the head of each office; nobody above approves one."""
    if not f.program:
        return f"belum ada program {f.cover.tahun} yang disusun"
    if f.program == f.program_disetujui:
        return f"semua {number(f.program)} program sudah disetujui Kepala Bapas masing-masing"
    done = number(f.program_disetujui) if f.program_disetujui else "belum ada"
    return f"{done} dari {number(f.program)} program yang sudah disetujui Kepala Bapas masing-masing"


def _unit_chart(units: Sequence[Unit], noun: str) -> Block:
    rows = [(unit.nama, unit.belum) for unit in units]
    tiles = [Tile(unit.kanwil.label, unit.nama, unit.belum, unit.kanwil.kolom, unit.kanwil.baris) for unit in units]

    def finding(label: str, n: int, limit: str) -> str:
        return f"Kebutuhan belum terpenuhi paling banyak{limit} di {label}: {number(n)} klien."

    def draw(alt: str) -> SafeString:
        return bar_chart(rows, alt, "klien") if noun == "Bapas" else tile_map(tiles, alt, "klien")

    nothing = f"Tidak ada klien dengan kebutuhan belum terpenuhi pada {noun} di laporan ini."
    return chart(rows, finding, draw, TOO_FEW if any(n not in (0, NO_DATA) for _, n in rows) else nothing)


def _unit_service_table(f: Figures, units: Sequence[Unit], noun: str) -> Table:
    widths = {"Klien": 11, "PK": 9, "Klien, belum terpenuhi": 15, "Bimbingan": 13, "Terlaksana (%)": 13}
    return Table(
        f"Klien, kebutuhan, dan bimbingan per {noun}",
        (Column(noun, 28, numeric=False), *(Column(*pair) for pair in widths.items()), Column("Kegiatan", 11)),
        tuple(
            (
                _tile_name(unit, noun),
                number(unit.klien),
                number(unit.pk),
                number(unit.belum),
                number(unit.terlaksana),
                _done(unit),
                number(unit.kegiatan),
            )
            for unit in units
        ),
        (
            "Jumlah",
            number(f.klien),
            number(f.pk),
            number(f.kebutuhan_jumlah.belum),
            number(f.terlaksana),
            share(f.terlaksana, f.jadwal),
            number(f.kegiatan_jumlah.kegiatan),
        ),
    )


def _done(unit: Unit) -> str:
    return share(unit.terlaksana, both(unit.terlaksana, unit.terlewat))


def _tile_name(unit: Unit, noun: str) -> str:
    return f"{unit.nama} ({unit.kanwil.label})" if noun == "Kanwil" else unit.nama


def _unit_money_blocks(units: Sequence[Unit], noun: str) -> list[Block]:
    planned, spent = amount(u.anggaran for u in units), amount(u.realisasi for u in units)
    return [
        Table(
            f"Program dan anggaran per {noun}",
            (
                Column(noun, 32, numeric=False),
                Column("Pokmas", 9),
                Column("Kegiatan rencana", 11),
                Column("Anggaran (Rp)", 18),
                Column("Realisasi (Rp)", 18),
                Column("%", 12),
            ),
            tuple(
                (
                    unit.nama,
                    number(unit.pokmas),
                    number(unit.rencana),
                    money(unit.anggaran),
                    money(unit.realisasi),
                    share(unit.realisasi, unit.anggaran),
                )
                for unit in units
            ),
            (
                "Jumlah",
                number(sum(u.pokmas for u in units)),
                number(sum(u.rencana for u in units)),
                money(planned),
                money(spent),
                share(spent, planned),
            ),
        )
    ]


def sheets(f: Figures) -> list[Block]:
    """A page per Bapas for a Kanwil; a table per Kanwil for the nation."""
    if f.kanwil:
        return [
            block
            for region in f.kanwil
            for block in _region_sheet(region, [unit for unit in f.bapas if unit.kanwil == region.kanwil])
        ]
    return [block for index, unit in enumerate(f.bapas) for block in _office_sheet(unit, first=index == 0)]


def _region_sheet(region: Unit, units: Sequence[Unit]) -> list[Block]:
    widths = {"Klien": 10, "Klien, belum terpenuhi": 14, "Bimbingan (%)": 12, "Kegiatan": 10, "Pokmas": 9}
    return [
        Heading(region.nama),
        Table(
            f"Bapas di {region.nama}",
            (
                Column("Bapas", 25, numeric=False),
                *(Column(*pair) for pair in widths.items()),
                Column("Anggaran (Rp)", 20),
            ),
            tuple(_region_row(unit.nama, unit) for unit in units),
            _region_row("Jumlah", region),
        ),
    ]


def _region_row(label: str, unit: Unit) -> tuple[str, ...]:
    return (
        label,
        number(unit.klien),
        number(unit.belum),
        _done(unit),
        number(unit.kegiatan),
        number(unit.pokmas),
        money(unit.anggaran),
    )


def _office_sheet(unit: Unit, *, first: bool) -> list[Block]:
    wanted = (
        f" Kebutuhan yang paling banyak belum terpenuhi: {lower(unit.kebutuhan_utama)}." if unit.kebutuhan_utama else ""
    )
    status = "sudah disetujui" if unit.disetujui else "belum disetujui" if unit.disusun else "belum disusun"
    return [
        Heading(unit.nama, new_page=not first),
        Text(f"{guided(unit.nama, unit.klien, unit.pk)}. {_unmet(unit.belum)}{wanted} Program {status}."),
        Table(
            f"Ikhtisar {unit.nama}",
            (Column("Uraian", 60, numeric=False), Column("Nilai", 40)),
            (
                ("Klien aktif", number(unit.klien)),
                ("Pembimbing Kemasyarakatan", number(unit.pk)),
                (definisi.IN_NEED, number(unit.belum)),
                ("Bimbingan terlaksana", number(unit.terlaksana)),
                (definisi.MISSED, number(unit.terlewat)),
                ("Bimbingan terlaksana (%)", _done(unit)),
                ("Kegiatan", number(unit.kegiatan)),
                ("Kehadiran, triwulan yang sudah ditutup", number(unit.hadir)),
                ("Pokmas aktif", number(unit.pokmas)),
                ("Kegiatan dalam program", number(unit.rencana)),
                ("Anggaran (Rp)", money(unit.anggaran)),
                ("Realisasi (Rp)", money(unit.realisasi)),
                ("Realisasi (%)", share(unit.realisasi, unit.anggaran)),
            ),
        ),
    ]


def _unmet(belum: Shown) -> str:
    if belum == NO_DATA:
        return NOT_RELEASED
    who = f"{capfirst(said(belum))}" if belum != 0 else "Tidak ada"
    return f"{who} klien dengan kebutuhan yang belum terpenuhi."
