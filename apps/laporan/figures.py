"""All figures that a document prints.

They are frozen into the report as its snapshot, so that the same report can be made again, byte for byte, after the
data changed. Counts of persons are released ones (see `persons`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from apps.dasar.disclosure import Shown
from apps.laporan.rows import Approval, Cost, Plan, Region

ZERO = Decimal(0)


@dataclass(frozen=True)
class Cover:
    """Unit, period and moment of the report; nothing here is a count."""

    tingkat: str
    unit: str
    tahun: int
    kop: tuple[str, ...]
    alamat: str
    mulai: date
    selesai: date
    data_per: datetime
    zona_waktu: str
    persetujuan: Approval | None
    """Approval of the budget in force on `dana_per`."""
    rancangan: str = ""
    """The version in preparation on that day, or ""."""

    @property
    def dana_per(self) -> date:
        """The day of programme and money, which count no persons: that of the moment, or the last one of the year."""
        return min(date(self.tahun, 12, 31), self.data_per.astimezone(ZoneInfo(self.zona_waktu)).date())


@dataclass(frozen=True)
class Item:
    label: str
    n: Shown


@dataclass(frozen=True)
class Need:
    """`belum` counts clients who still need it, `terpenuhi` needs that were met."""

    kategori: str
    belum: Shown
    terpenuhi: Shown


@dataclass(frozen=True)
class Answer:
    """A need, and the activities and money that the programme plans for it."""

    kategori: str
    belum: Shown
    kegiatan: int
    target: int
    anggaran: Decimal


@dataclass(frozen=True)
class Month:
    """NO_DATA until the month is closed."""

    bulan: date
    terlaksana: Shown
    terlewat: Shown


@dataclass(frozen=True)
class Activity:
    """`undangan` counts the names on the attendance lists, `hadir` the people who came: of closed quarters only."""

    bidang: str
    kegiatan: int
    undangan: Shown
    hadir: Shown


@dataclass(frozen=True)
class Money:
    kode: str
    label: str
    rencana: Decimal
    realisasi: Decimal


@dataclass(frozen=True)
class Unit:
    """One Bapas (or Kanwil) inside a wider report."""

    nama: str
    kanwil: Region
    klien: Shown
    pk: int
    belum: Shown
    """Clients with a need that is not met."""
    terlaksana: Shown
    terlewat: Shown
    kegiatan: int
    hadir: Shown
    pokmas: int
    rencana: int
    anggaran: Decimal
    realisasi: Decimal
    disusun: bool
    disetujui: bool
    kebutuhan_utama: str


@dataclass(frozen=True)
class Figures:
    cover: Cover
    klien: Shown
    pk: int
    klien_program: tuple[Item, ...]
    klien_usia: tuple[Item, ...]
    kebutuhan: tuple[Need, ...]
    kebutuhan_jumlah: Need
    """Clients once each, and all needs that were met."""
    langkah: tuple[Item, ...]
    """Clients per step of their unmet needs; one client may stand at several."""
    jawaban: tuple[Answer, ...]
    bimbingan: tuple[Month, ...]
    terlaksana: Shown
    terlewat: Shown
    jadwal: Shown
    """Contacts on record: done or missed."""
    kegiatan: tuple[Activity, ...]
    kegiatan_jumlah: Activity
    pokmas: tuple[Item, ...]
    program: int
    program_disetujui: int
    rencana: tuple[Plan, ...]
    sumber: tuple[Money, ...]
    akun: tuple[Money, ...]
    rab: tuple[Cost, ...]
    bapas: tuple[Unit, ...]
    kanwil: tuple[Unit, ...]

    @property
    def rancangan(self) -> bool:
        """True when the amounts come from an unapproved version: only drafts of a Bapas show them, never as budget."""
        return self.cover.tingkat == "bapas" and self.cover.persetujuan is None and bool(self.rencana)

    @property
    def sebutan_anggaran(self) -> str:
        return "Rancangan" if self.rancangan else "Anggaran"

    @property
    def anggaran(self) -> Decimal:
        return sum((row.rencana for row in self.sumber), ZERO)

    @property
    def realisasi(self) -> Decimal:
        return sum((row.realisasi for row in self.sumber), ZERO)
