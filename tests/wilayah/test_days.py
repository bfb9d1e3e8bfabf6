"""On which day a moment is counted: that of the office, for a reader and for a worker of any other zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Count
from django.utils import timezone

from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.wilayah.days import office_day, on_days
from tests import factories as make

DAY = dt.date(2026, 3, 31)
ZONES = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]

pytestmark = pytest.mark.django_db


@pytest.fixture(params=ZONES)
def held(request):
    """Activities of one office: the last minute of the day before, the first and the last of DAY, the first after."""
    zone = ZoneInfo(request.param)
    bapas = make.BapasFactory(zona_waktu=request.param)
    first = dt.datetime.combine(DAY, dt.time.min, zone)
    last = first + dt.timedelta(hours=23, minutes=59)
    minute = dt.timedelta(minutes=1)
    return [make.KegiatanFactory(bapas=bapas, mulai=at) for at in (first - minute, first, last, last + minute)]


@pytest.fixture(params=["Asia/Jakarta", "Asia/Jayapura"])
def reader(request):
    with timezone.override(request.param):
        yield


def test_rows_of_a_day_are_those_of_the_day_at_their_office(held, reader):
    before, first, last, after = held

    def found(**days):
        return set(Kegiatan.objects.filter(on_days("mulai", **days)))

    assert found(since=DAY, until=DAY) == {first, last}
    assert found(since=DAY) == {first, last, after}
    assert found(until=DAY) == {before, first, last}
    assert found() == set(held)


def test_the_day_of_a_row_can_be_grouped_by(held, reader):
    days = Kegiatan.objects.annotate(hari=office_day("mulai")).order_by().values_list("hari").annotate(Count("pk"))
    one = dt.timedelta(days=1)
    assert set(days) == {(DAY - one, 1), (DAY, 2), (DAY + one, 1)}


def test_a_day_counts_along_a_relation(held, reader):
    for kegiatan in held:
        make.KehadiranFactory(kegiatan=kegiatan)
    rows = Kehadiran.objects.filter(on_days("kegiatan__mulai", since=DAY, until=DAY))
    assert {row.kegiatan for row in rows} == set(held[1:3])
