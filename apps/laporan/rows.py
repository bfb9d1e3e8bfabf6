"""Rows of the collector: one small record per office and key, already counted by PostgreSQL or released."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.dasar.disclosure import Shown


@dataclass(frozen=True)
class Region:
    """A Kanwil with its place on the tile map."""

    kode: str
    nama: str
    label: str
    kolom: int
    baris: int

    @property
    def key(self) -> str:
        """Names the unit in `Count`."""
        return f"kanwil {self.kode}"


@dataclass(frozen=True)
class Office:
    id: int
    nama: str
    kanwil: Region

    @property
    def key(self) -> str:
        return f"bapas {self.id}"


@dataclass(frozen=True)
class Tally:
    """A count `n` for `key` at one office."""

    office: int
    key: str
    n: int


@dataclass(frozen=True)
class Count:
    """A released count of persons: its face, not what is behind it.

    `unit` is the key of an office or a region, "" for the whole report; `kind` is "" for all kinds together.
    """

    unit: str
    what: str
    kind: str
    n: Shown


@dataclass(frozen=True)
class Plan:
    """One planned activity of a programme; `klien_membutuhkan` is the released count on the last day of the period."""

    office: int
    kegiatan: str
    kebutuhan: str
    target: int
    bulan: tuple[int, ...]
    pelaksana: str
    indikator: str
    anggaran: Decimal
    klien_membutuhkan: Shown = 0


@dataclass(frozen=True)
class Cost:
    """One line of the RAB (cost plan) with the money spent on it."""

    office: int
    kegiatan: str
    akun: str
    akun_nama: str
    uraian: str
    rincian: str
    volume: Decimal
    satuan: str
    harga: Decimal
    jumlah: Decimal
    sumber: str
    realisasi: Decimal


@dataclass(frozen=True)
class Approval:
    """The head's approval of the programme. The report itself is approved later (`approval.py`)."""

    jabatan: str
    waktu: datetime


@dataclass(frozen=True)
class Programme:
    office: int
    disetujui: bool


@dataclass(frozen=True)
class Rows:
    offices: tuple[Office, ...] = ()
    orang: tuple[Count, ...] = ()
    pk: tuple[Tally, ...] = ()
    kegiatan: tuple[Tally, ...] = ()
    pokmas: tuple[Tally, ...] = ()
    program: tuple[Programme, ...] = ()
    rencana: tuple[Plan, ...] = ()
    biaya: tuple[Cost, ...] = ()
