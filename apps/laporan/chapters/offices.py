"""A wider report: Bab IV, its offices side by side, and Lampiran A, a sheet of each."""

from collections.abc import Sequence
from itertools import groupby

from apps.laporan.figures import Figures, Unit
from apps.laporan.parts import Block, Chart, Column, Heading, Table, Text
from apps.laporan.words import amount, count, lower, money, share
from pemasyarakatan.charts import Tile, bar_chart, number, tile_map


def offices(f: Figures) -> list[Block]:
    """Compare the next level down: Kanwil in the national report, Bapas in that of a Kanwil."""
    units, noun = (f.kanwil, "Kanwil") if f.kanwil else (f.bapas, "Bapas")
    approved = f"{number(f.program_disetujui)} dari {number(f.program)} program sudah disetujui"
    return [
        Text(
            f"Bab ini membandingkan {number(len(units))} {noun}. "
            f"Urutan tabel mengikuti nama, bukan peringkat; {approved}."
        ),
        Heading("Kebutuhan yang belum terpenuhi"),
        _unit_chart(units, noun),
        _unit_service_table(units, noun),
        Heading("Program dan anggaran"),
        *_unit_money_blocks(units, noun),
    ]


def _unit_chart(units: Sequence[Unit], noun: str) -> Chart:
    worst = max(units, key=lambda unit: unit.belum or 0)
    caption = f"{worst.nama} mencatat kebutuhan belum terpenuhi terbanyak: {number(worst.belum)}."
    if noun == "Bapas":
        return Chart(caption, lambda alt: bar_chart([(unit.nama, unit.belum) for unit in units], alt))
    tiles = [Tile(unit.kanwil.label, unit.nama, unit.belum, unit.kanwil.kolom, unit.kanwil.baris) for unit in units]
    return Chart(caption, lambda alt: tile_map(tiles, alt, "kebutuhan"))


def _unit_service_table(units: Sequence[Unit], noun: str) -> Table:
    widths = {"Klien": 9, "PK": 7, "Kebutuhan": 13, "Belum terpenuhi": 11, "Bimbingan": 11, "Terlaksana (%)": 12}
    return Table(
        f"Klien, kebutuhan, dan bimbingan per {noun}",
        (Column(noun, 27, numeric=False), *(Column(*pair) for pair in widths.items()), Column("Kegiatan", 10)),
        tuple(
            (
                _tile_name(unit, noun),
                count(unit.klien),
                count(unit.pk),
                count(unit.kebutuhan),
                count(unit.belum),
                count(unit.terlaksana),
                share(unit.terlaksana, unit.terlaksana + unit.terlewat),
                count(unit.kegiatan),
            )
            for unit in units
        ),
    )


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
                    count(unit.pokmas),
                    count(unit.rencana),
                    money(unit.anggaran),
                    money(unit.realisasi),
                    share(unit.realisasi, unit.anggaran),
                )
                for unit in units
            ),
            (
                "Jumlah",
                count(sum(u.pokmas for u in units)),
                count(sum(u.rencana for u in units)),
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
            for region, units in groupby(f.bapas, key=lambda unit: unit.kanwil)
            for block in _region_sheet(region.nama, tuple(units))
        ]
    return [block for index, unit in enumerate(f.bapas) for block in _office_sheet(unit, first=index == 0)]


def _region_sheet(name: str, units: Sequence[Unit]) -> list[Block]:
    labels = ("Klien", "Belum terpenuhi", "Bimbingan (%)", "Kegiatan", "Pokmas")
    return [
        Heading(name),
        Table(
            f"Bapas di {name}",
            (
                Column("Bapas", 27, numeric=False),
                *(Column(label, 10) for label in labels),
                Column("Anggaran (Rp)", 23),
            ),
            tuple(
                (
                    unit.nama,
                    count(unit.klien),
                    count(unit.belum),
                    share(unit.terlaksana, unit.terlaksana + unit.terlewat),
                    count(unit.kegiatan),
                    count(unit.pokmas),
                    money(unit.anggaran),
                )
                for unit in units
            ),
        ),
    ]


def _office_sheet(unit: Unit, *, first: bool) -> list[Block]:
    planned = unit.terlaksana + unit.terlewat
    wanted = (
        f" Kebutuhan yang paling banyak belum terpenuhi: {lower(unit.kebutuhan_utama)}." if unit.kebutuhan_utama else ""
    )
    status = "sudah disetujui" if unit.disetujui else "belum disetujui"
    return [
        Heading(unit.nama, new_page=not first),
        Text(
            f"{unit.nama} membimbing {number(unit.klien)} klien dengan {number(unit.pk)} PK. Dari "
            f"{number(unit.kebutuhan)} kebutuhan, {number(unit.belum)} belum terpenuhi.{wanted} Program {status}."
        ),
        Table(
            f"Ikhtisar {unit.nama}",
            (Column("Uraian", 60, numeric=False), Column("Nilai", 40)),
            (
                ("Klien aktif", count(unit.klien)),
                ("Pembimbing Kemasyarakatan", count(unit.pk)),
                ("Kebutuhan tercatat", count(unit.kebutuhan)),
                ("Kebutuhan belum terpenuhi", count(unit.belum)),
                ("Bimbingan terlaksana", count(unit.terlaksana)),
                ("Bimbingan terlewat", count(unit.terlewat)),
                ("Bimbingan terlaksana (%)", share(unit.terlaksana, planned)),
                ("Kegiatan", count(unit.kegiatan)),
                ("Kehadiran", count(unit.hadir)),
                ("Pokmas aktif", count(unit.pokmas)),
                ("Kegiatan dalam program", count(unit.rencana)),
                ("Anggaran (Rp)", money(unit.anggaran)),
                ("Realisasi (Rp)", money(unit.realisasi)),
                ("Realisasi (%)", share(unit.realisasi, unit.anggaran)),
            ),
        ),
    ]
