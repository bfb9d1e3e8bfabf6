"""Places, sentences and hours for tests. Invented names only."""

import datetime as dt
import uuid
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from apps.acuan.models import BatasKerjaSosial
from apps.kerja_sosial.models import JamKerja, KerjaSosial, PutusanKerjaSosial, TempatKerjaSosial
from tests.clock import office_today
from tests.factories import BapasFactory, KlienFactory, officer

LIMITS = {
    "dewasa": {"jam_min": 8, "jam_maks": 240, "ancaman_tahun": 5, "pidana_bulan": 6, "denda_maks": 10_000_000,
               "dasar": "UU 1/2023 (KUHP) Pasal 85", "berlaku_sejak": dt.date(2026, 1, 2)},
    "anak": {"jam_min": 7, "jam_maks": 120, "dasar": "UU 11/2012 Pasal 76", "berlaku_sejak": dt.date(2014, 7, 30)},
}  # fmt: skip


def limits(untuk: str = "dewasa") -> BatasKerjaSosial:
    """The limits of the law, as the reference list holds them."""
    facts = LIMITS[untuk] | {"untuk": untuk, "jam_per_hari_maks": 8, "bulan_maks": 6}
    return BatasKerjaSosial.objects.get_or_create(kode=f"UJI-{untuk}", defaults=facts)[0]


def child(**facts):
    """A client who is a child."""
    return KlienFactory(
        **{"kategori_usia": "anak", "jenis_register": "bimbingan-anak", "lahir": dt.date(2010, 5, 17), **facts}
    )


class TempatFactory(DjangoModelFactory):
    class Meta:
        model = TempatKerjaSosial

    bapas = factory.SubFactory(BapasFactory)
    nama = factory.Sequence("Puskesmas Contoh {}".format)
    alamat = "Jalan Contoh 1"
    jenis = "kesehatan"
    pekerjaan = "Membersihkan taman"
    untuk = "semua"
    pendidikan = True
    nirlaba = True
    kapasitas = 5
    pengawas = "Ibu Pengawas"


class KerjaSosialFactory(DjangoModelFactory):
    """A running sentence of 40 hours, four a day on every day of the week, that began four weeks ago."""

    class Meta:
        model = KerjaSosial
        skip_postgeneration_save = True

    bapas = factory.SubFactory(BapasFactory)
    klien = factory.LazyAttribute(lambda o: KlienFactory(bapas=o.bapas))
    kode = factory.SelfAttribute("klien.kode")
    jenis = factory.SelfAttribute("klien.kategori_usia")
    tempat = factory.SubFactory(TempatFactory, bapas=factory.SelfAttribute("..bapas"))
    tempat_pendidikan = factory.SelfAttribute("tempat.pendidikan")
    mitra = factory.SelfAttribute("tempat.mitra")
    total_jam = 40
    jam_per_hari = Decimal(4)
    hari = [1, 2, 3, 4, 5, 6, 7]
    mulai = factory.LazyFunction(lambda: office_today() - dt.timedelta(days=28))
    batas = factory.LazyAttribute(lambda o: o.mulai + dt.timedelta(days=150))
    batas_jam_min = factory.LazyAttribute(lambda o: limits(o.jenis).jam_min)
    batas_jam_maks = factory.LazyAttribute(lambda o: limits(o.jenis).jam_maks)
    batas_jam_hari = 8
    batas_bulan = 6
    batas_dasar = "UU 1/2023 (KUHP) Pasal 85"
    dibuat_oleh = factory.SelfAttribute("klien.pk_pembimbing")

    @factory.post_generation
    def putusan(self, create, extracted, **facts):
        PutusanKerjaSosial.objects.create(
            bapas=self.bapas, kerja_sosial=self,
            **{"nomor": "12/Pid.S/2026/PN Uji", "tanggal": self.mulai, "pengadilan": "PN Uji",
               "kejaksaan": "Kejari Uji", "jaksa": "Jaksa Contoh", "persetujuan": self.mulai, **facts},
        )  # fmt: skip


class JamFactory(DjangoModelFactory):
    """Four hours yesterday."""

    class Meta:
        model = JamKerja

    kerja_sosial = factory.SubFactory(KerjaSosialFactory)
    bapas = factory.SelfAttribute("kerja_sosial.bapas")
    mitra = factory.SelfAttribute("kerja_sosial.mitra")
    tempat = factory.SelfAttribute("kerja_sosial.tempat")
    kunci = factory.LazyFunction(uuid.uuid4)
    tanggal = factory.LazyFunction(lambda: office_today() - dt.timedelta(days=1))
    mulai = dt.time(8)
    selesai = dt.time(12)
    jam = Decimal(4)
    kegiatan = "Membersihkan taman"
    dicatat_oleh = factory.LazyAttribute(lambda o: officer("pk", bapas=o.bapas))
