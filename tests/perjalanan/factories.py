"""Rows of this room."""

import datetime as dt
import uuid

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from apps.acuan.models import AmbangTahap, DasarPencabutan
from apps.klien.models import Klien
from apps.perjalanan.models import (
    LangkahPencabutan,
    Pelimpahan,
    PeristiwaAkhir,
    TahapBimbingan,
    TahapLapas,
    TindakLanjut,
    UsulPencabutan,
)
from tests import factories as make
from tests.clock import office_today

TODAY = factory.LazyFunction(office_today)


class DasarFactory(DjangoModelFactory):
    class Meta:
        model = DasarPencabutan
        django_get_or_create = ("kode",)

    kode = "ABSEN-3"
    nama = "Tidak memenuhi wajib lapor tiga kali berturut-turut"
    karena_absen = factory.LazyAttribute(lambda o: o.kode == "ABSEN-3")


class AmbangFactory(DjangoModelFactory):
    class Meta:
        model = AmbangTahap
        django_get_or_create = ("kode",)

    kode = "lanjutan"
    persen = 25


class TahapFactory(DjangoModelFactory):
    """The move from the first to the second stage."""

    class Meta:
        model = TahapBimbingan

    klien = factory.SubFactory(make.KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    dari, tahap = "awal", "lanjutan"
    mulai = tpp_tanggal = dt.date(2026, 6, 2)
    tpp_nomor = "12/TPP/2026"
    dicatat_oleh = factory.SelfAttribute("klien.pk_pembimbing")


class TahapLapasFactory(DjangoModelFactory):
    class Meta:
        model = TahapLapas

    klien = factory.SubFactory(make.KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    tahap = "asimilasi"
    mulai = dt.date(2025, 6, 2)
    dicatat_oleh = factory.SelfAttribute("klien.pk_pembimbing")


class AkhirFactory(DjangoModelFactory):
    """A proposal that waits for the head of the office."""

    class Meta:
        model = PeristiwaAkhir

    klien = factory.SubFactory(make.KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    jenis = "selesai"
    tanggal = TODAY
    diusulkan_oleh = factory.SelfAttribute("klien.pk_pembimbing")

    @classmethod
    @transaction.atomic
    def _create(cls, model_class, *args, **kwargs):
        """The file of a client whose guidance is over has the day of the event that holds."""
        akhir = super()._create(model_class, *args, **kwargs)
        if akhir.status == "berlaku":
            Klien.objects.filter(pk=akhir.klien_id).ended().update(berakhir=akhir.tanggal)
        return akhir


class UsulFactory(DjangoModelFactory):
    class Meta:
        model = UsulPencabutan

    klien = factory.SubFactory(make.KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    dasar = factory.SubFactory(DasarFactory)
    uraian = "Tiga kali tidak hadir, keluarga sudah dihubungi"
    tanggal = TODAY
    batas = factory.LazyFunction(lambda: office_today() + dt.timedelta(days=28))
    diusulkan_oleh = factory.SelfAttribute("klien.pk_pembimbing")


class LangkahFactory(DjangoModelFactory):
    class Meta:
        model = LangkahPencabutan

    usul = factory.SubFactory(UsulFactory)
    bapas = factory.SelfAttribute("usul.bapas")
    langkah = "usul"
    tanggal = TODAY
    oleh = factory.SelfAttribute("usul.diusulkan_oleh")


def handover(klien, to, by=None, **facts):
    """Both ends of a request that waits for an answer: (outgoing, incoming)."""
    shared = {
        "kunci": uuid.uuid4(), "kode_klien": klien.kode, "nama_klien": klien.nama, "alasan": "Pindah domisili",
        "surat_nomor": "W-1/2026", "surat_tanggal": office_today(),
        "diminta_oleh": by or make.officer("kabapas", bapas=klien.bapas), **facts,
    }  # fmt: skip
    return Pelimpahan.objects.bulk_create([
        Pelimpahan(arah="keluar", bapas=klien.bapas, lawan=to, klien=klien, **shared),
        Pelimpahan(arah="masuk", bapas=to, lawan=klien.bapas, **shared),
    ])  # fmt: skip


@transaction.atomic
def followup(klien, bulan=3, **facts):
    """One follow-up of an end that holds; the client is made to fit."""
    akhir = AkhirFactory(
        klien=klien, status="berlaku", diputus_oleh=make.officer("kabapas", bapas=klien.bapas),
        diputus_pada=timezone.now(), surat_nomor="S-1", tanggal=office_today() - dt.timedelta(days=100),
    )  # fmt: skip
    row = {"jatuh_tempo": office_today() - dt.timedelta(days=10), **facts}
    return TindakLanjut.objects.create(bapas=klien.bapas, klien=klien, akhir=akhir, bulan=bulan, **row)
