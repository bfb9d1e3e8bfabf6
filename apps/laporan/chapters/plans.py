"""The report of a Bapas: Bab IV is its own programme, Lampiran A every cost line of it."""

from collections.abc import Sequence
from itertools import groupby

from apps.dasar.charts import number
from apps.dasar.wording import tanggal, waktu_unit
from apps.laporan.chapters.shared import no_budget
from apps.laporan.figures import Figures
from apps.laporan.parts import Block, Column, Table, Text
from apps.laporan.rows import Cost, Plan
from apps.laporan.words import amount, money, month_ranges


def plans(f: Figures) -> list[Block]:
    if not f.rencana:
        return [Text(no_budget(f))]
    return [
        Text(
            f"Program {f.cover.tahun} memuat {number(len(f.rencana))} kegiatan untuk "
            f"{number(sum(plan.target for plan in f.rencana))} klien sasaran. "
            "Setiap kegiatan menjawab satu jenis kebutuhan."
        ),
        Text(_approved(f)),
        Table(
            f"Rencana kegiatan {f.cover.tahun}",
            (
                Column("Kegiatan dan indikator", 25, numeric=False),
                Column("Kebutuhan", 18, numeric=False),
                Column(f"Klien membutuhkan, keadaan {tanggal(f.cover.selesai)}", 18),
                Column("Target klien", 10),
                Column("Bulan", 13, numeric=False),
                Column(f"{f.sebutan_anggaran} (Rp)", 16),
            ),
            tuple(map(_plan_row, f.rencana)),
            (
                "Jumlah",
                "",
                "",
                number(sum(p.target for p in f.rencana)),
                "",
                money(amount(p.anggaran for p in f.rencana)),
            ),
        ),
    ]


def _approved(f: Figures) -> str:
    if (approval := f.cover.persetujuan) is None:
        return no_budget(f)
    moment = waktu_unit(approval.waktu, f.cover.zona_waktu)
    words = f"Program {f.cover.tahun} disetujui di sistem oleh {approval.jabatan} pada {moment}."
    if f.cover.rancangan:
        words += f" Rancangan {f.cover.rancangan} belum disetujui; isinya tidak dimuat di sini."
    return words


def _plan_row(plan: Plan) -> tuple[str, ...]:
    about = (
        f"{plan.kegiatan}\n{plan.pelaksana}. Indikator: {plan.indikator}"
        if plan.indikator
        else (f"{plan.kegiatan}\n{plan.pelaksana}")
    )
    return (
        about,
        plan.kebutuhan,
        number(plan.klien_membutuhkan),
        number(plan.target),
        month_ranges(plan.bulan),
        money(plan.anggaran),
    )


def cost_lines(f: Figures) -> list[Block]:
    return [_cost_table(name, tuple(lines)) for name, lines in groupby(f.rab, key=lambda line: line.kegiatan)]


def _cost_table(name: str, costs: Sequence[Cost]) -> Table:
    return Table(
        f"Rincian biaya: {name}",
        (
            Column("Akun", 10, numeric=False),
            Column("Uraian dan rincian hitungan", 29, numeric=False),
            Column("Volume", 11),
            Column("Satuan", 10, numeric=False),
            Column("Harga (Rp)", 14),
            Column("Jumlah (Rp)", 15),
            Column("Sumber", 11, numeric=False),
        ),
        tuple(map(_cost_row, costs)),
        ("Jumlah", "", "", "", "", money(amount(cost.jumlah for cost in costs)), ""),
    )


def _cost_row(cost: Cost) -> tuple[str, ...]:
    about = f"{cost.uraian}\n{cost.rincian}" if cost.rincian else cost.uraian
    return (
        cost.akun,
        about,
        money(cost.volume),
        cost.satuan,
        money(cost.harga),
        money(cost.jumlah),
        cost.sumber,
    )
