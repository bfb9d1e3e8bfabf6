"""Reports to the Kanwil. Invented."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from apps.harian.models import LaporanKanwil
from tests import factories as make


class LaporanKanwilFactory(DjangoModelFactory):
    class Meta:
        model = LaporanKanwil

    bapas = factory.SubFactory(make.BapasFactory)
    jenis = "harian"
    tanggal = factory.LazyFunction(timezone.localdate)
    angka = factory.LazyFunction(lambda: {"klien.dewasa.L": [40, None], "klien.dewasa.P": [3, None]})
    dikirim_oleh = factory.LazyAttribute(lambda row: make.officer("operator", bapas=row.bapas))
