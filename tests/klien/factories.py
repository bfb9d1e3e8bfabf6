"""Rows of this room that few tests need. Invented names only."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from apps.acuan.models import JenisKendala
from apps.klien.models import Kendala
from tests.factories import CatatanFactory


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
    tanggal = factory.LazyFunction(timezone.localdate)
