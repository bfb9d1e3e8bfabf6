"""Reports to the Kanwil. Invented."""

import factory
from factory.django import DjangoModelFactory

from apps.harian.models import LaporanKanwil
from tests import factories as make
from tests.clock import office_today


class LaporanKanwilFactory(DjangoModelFactory):
    class Meta:
        model = LaporanKanwil

    bapas = factory.SubFactory(make.BapasFactory)
    jenis = "harian"
    tanggal = factory.LazyFunction(office_today)
    angka = factory.LazyFunction(lambda: {"klien.dewasa.L": [40, None], "klien.dewasa.P": [3, None]})
    dikirim_oleh = factory.LazyAttribute(lambda row: make.officer("operator", bapas=row.bapas))
