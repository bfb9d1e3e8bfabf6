"""Columns of the lists of sentences and of places, on the page and in the file."""

from typing import NamedTuple

from apps.dasar.lists import Column
from apps.kerja_sosial.balance import Balance, balance_of
from apps.kerja_sosial.models import KerjaSosial, TempatKerjaSosial

MOST_ROWS = 10_000


class Line(NamedTuple):
    """A sentence and its balance on one day."""

    ks: KerjaSosial
    n: Balance


def as_line(day):
    """A function that turns a sentence into its line in the list of `day`."""
    return lambda ks: Line(ks, balance_of(ks, day))


SENTENCES = (
    Column("Kode", "ks.kode", only="file"),
    Column("Nama", "ks.klien.nama", short="Klien", cell="kerja_sosial/list.html#klien"),
    Column("Jenis", "ks.get_jenis_display", only="file"),
    Column("PK", "ks.klien.pk_pembimbing.nama", only="file"),
    Column("Tempat", "ks.tempat"),
    Column("Status", "ks.get_status_display", only="file"),
    Column("Mulai", "ks.mulai", only="file"),
    Column("Jumlah jam", "ks.total_jam", only="file"),
    Column("Jam disahkan", lambda line: float(line.n.confirmed), short="Disahkan", number=True,
           cell="kerja_sosial/list.html#disahkan"),
    Column("Jam menunggu pengesahan", lambda line: float(line.n.waiting), only="file"),
    Column("Sisa jam", lambda line: float(line.n.left), short="Sisa", number=True,
           cell="kerja_sosial/list.html#sisa"),
    Column("Perlu jam per minggu", lambda line: float(line.n.needed) if line.ks.berjalan else None, only="file"),
    Column("Catatan", lambda line: line.n.remark if line.ks.berjalan else "", only="file"),
    Column("Batas selesai", "ks.batas", sort="batas"),
    Column("Keadaan", cell="kerja_sosial/list.html#keadaan"),
)  # fmt: skip


class Place(NamedTuple):
    """A place and the clients who work there now."""

    tempat: TempatKerjaSosial
    clients: int


PLACES = (
    Column("Tempat", "tempat.nama", cell="kerja_sosial/places.html#tempat"),
    Column("Jenis", "tempat.get_jenis_display", only="file"),
    Column("Alamat", "tempat.alamat", only="file"),
    Column("Menerima", "tempat.get_untuk_display"),
    Column("Pekerjaan", "tempat.pekerjaan"),
    Column("Pengawas", "tempat.pengawas"),
    Column("Jabatan pengawas", "tempat.jabatan", only="file"),
    Column("Masih menerima", lambda place: "ya" if place.tempat.aktif else "tidak", only="file"),
    Column("Klien berjalan", "clients", number=True),
    Column("Kapasitas per hari", "tempat.kapasitas", number=True),
)
