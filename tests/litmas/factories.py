"""Entries of the two books. Invented."""

import datetime as dt
import uuid

import factory
from factory.django import DjangoModelFactory

from apps.acuan.models import JenisLitmas
from apps.litmas.models import Litmas, Pendampingan
from tests import factories as make
from tests.clock import office_today


class JenisLitmasFactory(DjangoModelFactory):
    class Meta:
        model = JenisLitmas
        django_get_or_create = ("kode",)

    kode = "DIVERSI"
    nama = "Diversi"
    untuk = "anak"
    batas_hari = 3


class TugasFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    bapas = factory.SubFactory(make.BapasFactory)
    inisial = "B.S."
    untuk = "anak"
    pk_pelaksana = factory.LazyAttribute(lambda row: make.officer("pk", bapas=row.bapas))
    dicatat_oleh = factory.SelfAttribute("pk_pelaksana")
    kunci = factory.LazyFunction(uuid.uuid4)


class LitmasFactory(TugasFactory):
    class Meta:
        model = Litmas

    jenis = factory.SubFactory(JenisLitmasFactory)
    peminta = "Polres Contoh"
    nomor_surat = factory.Sequence("B/{}/2026".format)
    diminta = factory.LazyFunction(office_today)
    tenggat = factory.LazyAttribute(lambda row: row.diminta + dt.timedelta(days=3))


class PendampinganFactory(TugasFactory):
    class Meta:
        model = Pendampingan

    tahap = "div-sidik"
    tanggal = factory.LazyFunction(office_today)
    instansi = "Polres Contoh"
