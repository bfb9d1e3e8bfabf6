"""Bab III: guidance, activities and Pokmas."""

from collections.abc import Sequence

from django.utils.text import capfirst

from apps.dasar import definisi
from apps.dasar.charts import drawable, month_chart, number
from apps.dasar.disclosure import added, known
from apps.laporan.chapters.shared import TOO_FEW, item_blocks
from apps.laporan.figures import Activity, Figures
from apps.laporan.parts import Block, Chart, Column, Heading, Table, Text
from apps.laporan.words import count, guidance, month, said, share


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
                    count(m.terlaksana),
                    count(m.terlewat),
                    share(m.terlaksana, added(m.terlaksana, m.terlewat)),
                )
                for m in f.bimbingan
            ),
            ("Jumlah", count(f.terlaksana), count(f.terlewat), share(f.terlaksana, f.jadwal)),
        ),
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


def _guidance(f: Figures) -> str:
    if f.jadwal == 0:
        return "Belum ada bimbingan yang dicatat pada periode ini."
    told = f"{capfirst(guidance(f.terlaksana, f.terlewat))}."
    if known(f.jadwal) and known(f.terlaksana):
        told += f" Dari semua pertemuan yang dicatat, {share(f.terlaksana, f.jadwal)} terlaksana."
    return told


def _guidance_chart(f: Figures) -> list[Block]:
    if f.jadwal == 0:
        return []
    done, missed = ([(m.bulan, getattr(m, name)) for m in f.bimbingan] for name in ("terlaksana", "terlewat"))
    if not drawable(n for _, n in (*done, *missed)):
        return [Text(TOO_FEW)]
    span = f"{month(f.cover.mulai)} s.d. {month(f.cover.selesai)}"
    part = share(f.terlaksana, f.jadwal) if known(f.terlaksana) and known(f.jadwal) else ""
    finding = (
        f"Bimbingan terlaksana {part} dari pertemuan yang dicatat pada {span}."
        if part
        else f"Bimbingan per bulan, {span}."
    )
    return [Chart(finding, lambda alt: month_chart(done, alt, also=missed, names=("Terlaksana", definisi.MISSED)))]


def _activity_blocks(activities: Sequence[Activity], total: Activity) -> list[Block]:
    if not activities:
        return [Heading("Kegiatan"), Text("Belum ada kegiatan yang selesai pada periode ini.")]
    return [
        Heading("Kegiatan"),
        Text(f"Terselenggara {number(total.kegiatan)} kegiatan{_attendance(total)}."),
        Table(
            "Kegiatan dan kehadiran menurut bidang",
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
        count(row.kegiatan),
        count(row.undangan),
        count(row.hadir),
        share(row.hadir, row.undangan),
    )


def _attendance(total: Activity) -> str:
    if total.undangan == 0:
        return "; daftar hadirnya belum diisi"
    if total.hadir == 0:
        return " tanpa kehadiran"
    part = f", {share(total.hadir, total.undangan)} dari {number(total.undangan)} undangan"
    open_ = known(total.hadir) and known(total.undangan)
    return f" dengan {said(total.hadir)} kehadiran{part if open_ else ''}"
