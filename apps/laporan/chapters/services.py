"""Bab III: guidance, activities and Pokmas."""

from collections.abc import Sequence

from django.utils.text import capfirst

from apps.dasar import definisi
from apps.dasar.charts import drawable, month_chart, number
from apps.dasar.disclosure import NO_DATA, added, known
from apps.laporan.chapters.shared import TOO_FEW, item_blocks
from apps.laporan.figures import Activity, Figures
from apps.laporan.parts import Block, Chart, Column, Heading, Table, Text
from apps.laporan.persons import both
from apps.laporan.words import guidance, month, said, share


def services(f: Figures) -> list[Block]:
    return [
        Heading("Bimbingan"),
        Text(_guidance(f)),
        *_guidance_chart(f),
        Table(
            "Bimbingan per bulan",
            (
                Column("Bulan", 40, numeric=False),
                Column("Terlaksana", 20),
                Column(definisi.MISSED, 20),
                Column("Terlaksana (%)", 20),
            ),
            tuple(
                (
                    month(m.bulan),
                    number(m.terlaksana),
                    number(m.terlewat),
                    share(m.terlaksana, both(m.terlaksana, m.terlewat)),
                )
                for m in f.bimbingan
            ),
            ("Jumlah", number(f.terlaksana), number(f.terlewat), share(f.terlaksana, f.jadwal)),
        ),
        *_open_months(f),
        *_activity_blocks(f.kegiatan, f.kegiatan_jumlah),
        Heading("Pokmas"),
        *item_blocks(
            f.pokmas,
            "Pokmas aktif menurut bentuk",
            "Bentuk",
            "Pokmas",
            added(*(item.n for item in f.pokmas)),
            drawn=False,
        ),
    ]


def _open_months(f: Figures) -> list[Block]:
    waiting = any(month.terlaksana == NO_DATA for month in f.bimbingan)
    return [Text("Bulan yang belum ditutup terbit tujuh hari sesudah berakhir.")] if waiting else []


def _guidance(f: Figures) -> str:
    if f.jadwal == NO_DATA:
        return "Belum ada bulan yang sudah ditutup pada periode ini."
    if f.jadwal == 0:
        return "Belum ada bimbingan yang dicatat pada periode ini."
    told = f"{capfirst(guidance(f.terlaksana, f.terlewat))}."
    if known(f.jadwal):
        told += f" Dari semua pertemuan yang dicatat, {share(f.terlaksana, f.jadwal)} terlaksana."
    return told


def _guidance_chart(f: Figures) -> list[Block]:
    if f.jadwal in (0, NO_DATA):
        return []
    released = [m for m in f.bimbingan if m.terlaksana != NO_DATA]
    done, missed = ([(m.bulan, getattr(m, name)) for m in released] for name in ("terlaksana", "terlewat"))
    if not drawable(n for _, n in (*done, *missed)):
        return [Text(TOO_FEW)]
    span = " s.d. ".join(dict.fromkeys(month(m.bulan) for m in (released[0], released[-1])))
    finding = (
        f"Bimbingan terlaksana {share(f.terlaksana, f.jadwal)} dari pertemuan yang dicatat pada {span}."
        if known(f.jadwal)
        else f"Bimbingan per bulan, {span}."
    )
    return [Chart(finding, lambda alt: month_chart(done, alt, also=missed, names=("Terlaksana", definisi.MISSED)))]


def _activity_blocks(activities: Sequence[Activity], total: Activity) -> list[Block]:
    if not total.kegiatan:
        return [Heading("Kegiatan"), Text("Belum ada kegiatan yang selesai pada periode ini.")]
    return [
        Heading("Kegiatan"),
        Text(f"Terselenggara {number(total.kegiatan)} kegiatan{_attendance(total)}."),
        Table(
            "Kegiatan, dan kehadiran pada triwulan yang sudah ditutup, menurut bidang",
            (
                Column("Bidang", 40, numeric=False),
                *(Column(label, 15) for label in ("Kegiatan", "Undangan", "Hadir", "Hadir (%)")),
            ),
            tuple(map(_activity_row, activities)),
            _activity_row(total),
        ),
    ]


def _activity_row(row: Activity) -> tuple[str, ...]:
    return (
        row.bidang,
        number(row.kegiatan),
        number(row.undangan),
        number(row.hadir),
        share(row.hadir, row.undangan),
    )


def _attendance(total: Activity) -> str:
    if total.undangan == NO_DATA:
        return "; kehadirannya terbit sesudah triwulan ditutup"
    if total.undangan == 0:
        return "; belum ada daftar hadir pada triwulan yang sudah ditutup"
    came = f" dengan {said(total.hadir)} kehadiran" if total.hadir != 0 else " tanpa kehadiran"
    part = f", {share(total.hadir, total.undangan)} dari {number(total.undangan)} undangan"
    return f"{came} pada triwulan yang sudah ditutup{part if known(total.undangan) and total.hadir else ''}"
