"""Rows of the assessment room. Invented bands."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from apps.acuan.models import FaktorInstrumen, Instrumen, KategoriKebutuhan, PitaSkor
from apps.asesmen.models import Asesmen, ButirKebutuhan, Domain, IsianDomain
from tests.clock import office_today
from tests.factories import KlienFactory


class InstrumenFactory(DjangoModelFactory):
    class Meta:
        model = Instrumen

    kode = factory.Sequence("INS-{}".format)
    nama = "Instrumen uji"
    versi = "01/2026"
    untuk = "dewasa"
    berlaku_sejak = dt.date(2026, 1, 1)


class FaktorFactory(DjangoModelFactory):
    """0–6 Rendah, 7–11 Sedang, 12–17 Tinggi."""

    class Meta:
        model = FaktorInstrumen
        skip_postgeneration_save = True

    instrumen = factory.SubFactory(InstrumenFactory)
    kode = factory.Sequence("FAK-{}".format)
    nama = "Skor total"
    skor_maks = 17

    @factory.post_generation
    def pita(self, create, extracted, **facts):
        starts = extracted or ((0, "Rendah"), (7, "Sedang"), (12, "Tinggi"))
        PitaSkor.objects.bulk_create(PitaSkor(faktor=self, mulai=start, kategori=name) for start, name in starts)


class AsesmenFactory(DjangoModelFactory):
    """A draft with its eight empty pages."""

    class Meta:
        model = Asesmen
        skip_postgeneration_save = True

    klien = factory.SubFactory(KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    untuk = factory.SelfAttribute("klien.kategori_usia")
    jenis = "awal"
    tanggal = factory.LazyFunction(office_today)
    asesor = factory.SelfAttribute("klien.pk_pembimbing")

    class Params:
        selesai = factory.Trait(status="selesai", selesai_pada=factory.LazyFunction(timezone.now))

    @factory.post_generation
    def isi(self, create, extracted, **facts):
        IsianDomain.objects.bulk_create(
            IsianDomain(asesmen=self, bapas=self.bapas, domain=domain, **facts) for domain in Domain
        )


class ButirFactory(DjangoModelFactory):
    class Meta:
        model = ButirKebutuhan

    bapas = factory.SelfAttribute("isian.bapas")
    mendesak = "sekarang"


def categories() -> dict[str, KategoriKebutuhan]:
    """One category of need per domain, by domain."""
    return {
        domain: KategoriKebutuhan.objects.get_or_create(
            kode=f"U-{domain}"[:8], defaults={"nama": f"Kebutuhan {domain}", "domain": domain}
        )[0]
        for domain in Domain.values
    }
