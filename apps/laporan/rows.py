"""Rows of the collector: one small record per office and key, already counted by PostgreSQL."""

from dataclasses import dataclass
from datetime import date, datetime
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


@dataclass(frozen=True)
class Office:
    id: int
    nama: str
    kanwil: Region


@dataclass(frozen=True)
class Tally:
    """A count `n` for `key` at one office."""

    office: int
    key: str
    n: int


@dataclass(frozen=True)
class NeedCount:
    office: int
    kategori: str
    status: str
    n: int


@dataclass(frozen=True)
class GuidanceCount:
    office: int
    bulan: date
    terlaksana: int
    terlewat: int


@dataclass(frozen=True)
class ActivityCount:
    office: int
    bidang: str
    kegiatan: int
    undangan: int
    hadir: int


@dataclass(frozen=True)
class Plan:
    """One planned activity of a programme; `klien_membutuhkan` is from the day on which its needs were counted."""

    office: int
    kegiatan: str
    kebutuhan: str
    klien_membutuhkan: Shown
    target: int
    bulan: tuple[int, ...]
    pelaksana: str
    indikator: str
    anggaran: Decimal
    potret_pada: date | None = None


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
    klien_program: tuple[Tally, ...] = ()
    klien_usia: tuple[Tally, ...] = ()
    pk: tuple[Tally, ...] = ()
    kebutuhan: tuple[NeedCount, ...] = ()
    bimbingan: tuple[GuidanceCount, ...] = ()
    kegiatan: tuple[ActivityCount, ...] = ()
    pokmas: tuple[Tally, ...] = ()
    program: tuple[Programme, ...] = ()
    rencana: tuple[Plan, ...] = ()
    biaya: tuple[Cost, ...] = ()
