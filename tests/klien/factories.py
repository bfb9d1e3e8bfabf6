"""Rows of this room that few tests need. Invented names only."""

import datetime as dt

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from factory.django import DjangoModelFactory

from apps.acuan.models import JenisKendala
from apps.klien.models import FotoBimbingan, Kendala, Penggabungan, Pengganti
from tests.clock import office_today
from tests.factories import CatatanFactory, KlienFactory, officer


class JenisKendalaFactory(DjangoModelFactory):
    class Meta:
        model = JenisKendala
        django_get_or_create = ("kode",)

    kode = "JARAK"
    nama = "Jarak dan transportasi"


class KendalaFactory(DjangoModelFactory):
    """An obstacle of a guidance record."""

    class Meta:
        model = Kendala

    catatan = factory.SubFactory(CatatanFactory)
    bapas = factory.SelfAttribute("catatan.bapas")
    klien = factory.SelfAttribute("catatan.klien")
    dicatat_oleh = factory.SelfAttribute("catatan.pk_pencatat")
    jenis = factory.SubFactory(JenisKendalaFactory)
    sumber = "bimbingan"
    tanggal = factory.LazyFunction(office_today)


class FotoFactory(DjangoModelFactory):
    """A photo with its file."""

    class Meta:
        model = FotoBimbingan

    catatan = factory.SubFactory(CatatanFactory)
    bapas = factory.SelfAttribute("catatan.bapas")
    berkas = factory.LazyFunction(lambda: default_storage.save("bimbingan/uji/foto.jpg", ContentFile(b"foto")))
    ukuran, lebar, tinggi = 4, 1, 1
    diunggah_oleh = factory.SelfAttribute("catatan.pk_pencatat")


class PenggantiFactory(DjangoModelFactory):
    """Somebody stands in for a PK of the office for a week from today."""

    class Meta:
        model = Pengganti

    digantikan = factory.LazyAttribute(lambda row: officer("pk", bapas=row.bapas))
    pengganti = factory.LazyAttribute(lambda row: officer("pk", bapas=row.bapas))
    dibuat_oleh = factory.SelfAttribute("digantikan")
    mulai = factory.LazyFunction(office_today)
    selesai = factory.LazyAttribute(lambda row: row.mulai + dt.timedelta(days=6))
    alasan = "Cuti tahunan"


class PenggabunganFactory(DjangoModelFactory):
    """A second file of the client, joined to the first."""

    class Meta:
        model = Penggabungan

    klien = factory.SubFactory(KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    oleh = factory.SelfAttribute("klien.pk_pembimbing")
    alasan = "Satu orang terdaftar dua kali"
    status_semula = "aktif"

    @factory.lazy_attribute
    def digabung(self):
        day = self.klien.diregistrasi
        return KlienFactory(
            bapas=self.klien.bapas, pk_pembimbing=self.klien.pk_pembimbing, status="digabung", berakhir=day,
            diregistrasi=day, digabung_ke=self.klien,
        )  # fmt: skip
