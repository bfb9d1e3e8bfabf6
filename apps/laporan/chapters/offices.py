"""The report of a Kanwil or the nation: Bab IV compares its offices, Lampiran A has a sheet for each."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from apps.dasar import definisi
from apps.dasar.charts import Tile, bar_chart, number, tile_map
from apps.dasar.disclosure import Shown, added
from apps.laporan.chapters.shared import TOO_FEW, chart
from apps.laporan.figures import Figures, Unit
from apps.laporan.parts import Block, Column, Heading, Table, Text
from apps.laporan.words import amount, count, guided, lower, money, said, share


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
        return f"{label} mencatat kebutuhan belum terpenuhi terbanyak{limit}: {number(n)}."

    def draw(alt: str) -> SafeString:
        return bar_chart(rows, alt) if noun == "Bapas" else tile_map(tiles, alt, "kebutuhan")

    nothing = f"Tidak ada kebutuhan belum terpenuhi yang tercatat pada {noun} di laporan ini."
    return chart(rows, finding, draw, TOO_FEW if any(n != 0 for _, n in rows) else nothing)


def _unit_service_table(f: Figures, units: Sequence[Unit], noun: str) -> Table:
    widths = {"Klien": 11, "PK": 8, "Kebutuhan": 12, "Belum terpenuhi": 11, "Bimbingan": 11, "Terlaksana (%)": 12}
    return Table(
        f"Klien, kebutuhan, dan bimbingan per {noun}",
        (Column(noun, 25, numeric=False), *(Column(*pair) for pair in widths.items()), Column("Kegiatan", 10)),
        tuple(
            (
                _tile_name(unit, noun),
                count(unit.klien),
                count(unit.pk),
                count(unit.kebutuhan),
                count(unit.belum),
                count(unit.terlaksana),
                _done(unit),
                count(unit.kegiatan),
            )
            for unit in units
        ),
        (
            "Jumlah",
            count(f.klien),
            count(f.pk),
            count(f.kebutuhan_tercatat),
            count(f.kebutuhan_jumlah.belum),
            count(f.terlaksana),
            share(f.terlaksana, f.jadwal),
            count(f.kegiatan_jumlah.kegiatan),
        ),
    )


def _done(unit: Unit) -> str:
    return share(unit.terlaksana, added(unit.terlaksana, unit.terlewat))


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
            for region in f.kanwil
            for block in _region_sheet(region, [unit for unit in f.bapas if unit.kanwil == region.kanwil])
        ]
    return [block for index, unit in enumerate(f.bapas) for block in _office_sheet(unit, first=index == 0)]


def _region_sheet(region: Unit, units: Sequence[Unit]) -> list[Block]:
    labels = ("Klien", "Belum terpenuhi", "Bimbingan (%)", "Kegiatan", "Pokmas")
    return [
        Heading(region.nama),
        Table(
            f"Bapas di {region.nama}",
            (
                Column("Bapas", 27, numeric=False),
                *(Column(label, 10) for label in labels),
                Column("Anggaran (Rp)", 23),
            ),
            tuple(_region_row(unit.nama, unit) for unit in units),
            _region_row("Jumlah", region),
        ),
    ]


def _region_row(label: str, unit: Unit) -> tuple[str, ...]:
    return (
        label,
        count(unit.klien),
        count(unit.belum),
        _done(unit),
        count(unit.kegiatan),
        count(unit.pokmas),
        money(unit.anggaran),
    )


def _office_sheet(unit: Unit, *, first: bool) -> list[Block]:
    wanted = (
        f" Kebutuhan yang paling banyak belum terpenuhi: {lower(unit.kebutuhan_utama)}." if unit.kebutuhan_utama else ""
    )
    status = "sudah disetujui" if unit.disetujui else "belum disetujui" if unit.disusun else "belum disusun"
    return [
        Heading(unit.nama, new_page=not first),
        Text(
            f"{guided(unit.nama, unit.klien, unit.pk)}. {_unmet(unit.kebutuhan, unit.belum)}{wanted} Program {status}."
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
                (definisi.MISSED, count(unit.terlewat)),
                ("Bimbingan terlaksana (%)", _done(unit)),
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


def _unmet(recorded: Shown, belum: Shown) -> str:
    if recorded == 0:
        return "Belum ada kebutuhan yang tercatat."
    if belum == 0:
        return f"Tercatat {said(recorded)} kebutuhan, semuanya sudah terpenuhi."
    return f"Dari {said(recorded)} kebutuhan, {said(belum)} belum terpenuhi."
