"""One client of the own office, a PK and a head at both offices."""

import datetime as dt

import pytest

from tests import factories as make
from tests.perjalanan import factories as rows

DAY = dt.timedelta(days=1)


@pytest.fixture
def pk(officer):
    return officer("pk", nama="Ratna Dewi")


@pytest.fixture
def head(officer):
    return officer("kabapas", nama="Agus Salim")


@pytest.fixture
def their_head(officer, theirs):
    return officer("kabapas", bapas=theirs, nama="Maria Tahapary")


@pytest.fixture
def their_pk(officer, theirs):
    return officer("pk", bapas=theirs, nama="Yohanis Lestari")


@pytest.fixture
def klien(ours, pk, today):
    """An own client whose term ends today, with thresholds of the stages in the reference list."""
    rows.AmbangFactory(), rows.AmbangFactory(kode="akhir", persen=75)
    klien = make.KlienFactory(
        bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", nik="3201010101010001", diregistrasi=today - 200 * DAY,
        jadwal__pertama=today - 170 * DAY, jadwal__berikutnya=today - 3 * DAY, kegiatan_utama="bekerja",
        pekerjaan="Petani",
    )  # fmt: skip
    make.MasaFactory(klien=klien, mulai=today - 200 * DAY, selesai=today)
    return klien


@pytest.fixture
def absent(klien, today):
    """The client missed the last three meetings; days oldest first."""
    days = [today - n * 30 * DAY for n in (3, 2, 1)]
    make.CatatanFactory(klien=klien, tanggal=today - 120 * DAY)
    for day in days:
        make.CatatanFactory(klien=klien, tanggal=day, hadir=False, alasan="kontak")
    klien.jadwal.absen_beruntun = 3
    klien.jadwal.save()
    return days
