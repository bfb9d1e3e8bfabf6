"""Bab III: guidance, activities and the groups that help."""

from collections.abc import Sequence

from apps.laporan.chapters.shared import item_blocks
from apps.laporan.figures import Activity, Figures
from apps.laporan.parts import Block, Chart, Column, Heading, Table, Text
from apps.laporan.words import count, month, share
from pemasyarakatan.charts import month_chart, number


def services(f: Figures) -> list[Block]:
    planned = f.terlaksana + f.terlewat
    return [
        Heading("Bimbingan"),
        Text(
            f"PK melaksanakan {number(f.terlaksana)} bimbingan. Dari semua jadwal, {share(f.terlaksana, planned)} "
            f"terlaksana dan {number(f.terlewat)} terlewat."
        ),
        Chart(
            f"Bimbingan terlaksana {share(f.terlaksana, planned)} dari jadwal pada "
            f"{month(f.cover.mulai)} s.d. {month(f.cover.selesai)}.",
            lambda alt: month_chart(
                [(m.bulan, m.terlaksana) for m in f.bimbingan],
                alt,
                also=[(m.bulan, m.terlewat) for m in f.bimbingan],
                names=("Terlaksana", "Terlewat"),
            ),
        ),
        Table(
            "Bimbingan per bulan",
            (
                Column("Bulan", 40, numeric=False),
                Column("Terlaksana", 20),
                Column("Terlewat", 20),
                Column("Terlaksana (%)", 20),
            ),
            tuple(
                (
                    month(m.bulan),
                    count(m.terlaksana),
                    count(m.terlewat),
                    share(m.terlaksana, m.terlaksana + m.terlewat),
                )
                for m in f.bimbingan
            ),
            ("Jumlah", count(f.terlaksana), count(f.terlewat), share(f.terlaksana, planned)),
        ),
        *_activity_blocks(f.kegiatan),
        Heading("Pokmas"),
        *item_blocks(
            f.pokmas,
            "Pokmas aktif menurut bentuk",
            "Bentuk",
            "Pokmas",
            sum(i.n or 0 for i in f.pokmas),
            chart=False,
        ),
    ]


def _activity_blocks(activities: Sequence[Activity]) -> list[Block]:
    if not activities:
        return [Heading("Kegiatan"), Text("Belum ada kegiatan yang selesai pada periode ini.")]
    held, invited, present = (sum(getattr(a, name) for a in activities) for name in ("kegiatan", "undangan", "hadir"))
    return [
        Heading("Kegiatan"),
        Text(
            f"Terselenggara {number(held)} kegiatan dengan {number(present)} kehadiran, "
            f"{share(present, invited)} dari {number(invited)} undangan."
        ),
        Table(
            "Kegiatan dan kehadiran menurut bidang",
            (
                Column("Bidang", 40, numeric=False),
                *(Column(label, 15) for label in ("Kegiatan", "Undangan", "Hadir", "Hadir (%)")),
            ),
            tuple(
                (
                    a.bidang,
                    count(a.kegiatan),
                    count(a.undangan),
                    count(a.hadir),
                    share(a.hadir, a.undangan),
                )
                for a in activities
            ),
            ("Jumlah", count(held), count(invited), count(present), share(present, invited)),
        ),
    ]
