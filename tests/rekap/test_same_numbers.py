"""Sums of the recap are those of the rows, at every moment: before a merge, after it, and for days that are over."""

import datetime as dt
from random import Random

import pytest
from django.utils import timezone

from apps.rekap import keeping
from tests.dasbor import test_past as lives
from tests.rekap.agree import assert_equal_numbers

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("seed", [11, 12])
def test_lives_through_the_services(seed):
    """Two offices in different zones live some weeks; merges come at any moment."""
    rng = Random(seed)
    west, east = lives.open_office("Asia/Jakarta", rng), lives.open_office("Asia/Jayapura", rng)
    offices = [west.bapas.pk, east.bapas.pk]
    for number in range(lives.DAYS):
        day = lives.START + number * DAY
        lives.one_day(east, west, day)
        lives.one_day(west, None, day)
        with lives.clock(west, day, 23, 59), timezone.override(west.zone):
            if rng.random() < 0.4:
                keeping.merge(rng.choice((offices, offices[:1])))
            if number % 3 == 0:
                assert_equal_numbers(offices, [day, day + 40 * DAY, day - rng.randint(1, 20) * DAY])
    keeping.merge(offices)
    assert [keeping.check(office) for office in offices] == [[], []]
