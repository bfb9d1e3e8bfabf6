"""Rows of this room for tests."""

import uuid

import factory
from factory.django import DjangoModelFactory

from apps.wajib_lapor.models import PerubahanJadwal
from tests.clock import office_today
from tests.factories import KlienFactory


class PerubahanFactory(DjangoModelFactory):
    """A change that left the schedule as it is."""

    class Meta:
        model = PerubahanJadwal

    klien = factory.SubFactory(KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    kunci = factory.LazyFunction(uuid.uuid4)
    frekuensi_hari = 30
    berikutnya = factory.LazyFunction(office_today)
    sebelum = factory.LazyFunction(dict)
    versi = 1
    alasan = "Klien bekerja hari Senin"
    oleh = factory.SelfAttribute("klien.pk_pembimbing")
