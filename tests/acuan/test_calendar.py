"""The calendar of offices. Its rule needs no database; what reads the table of holidays leaves out withdrawn ones."""

import datetime as dt
from itertools import islice

import pytest
from django.utils import translation

from apps.acuan.calendar import (
    LONGEST_CLOSURE,
    Calendar,
    age,
    last_open_day,
    month_end,
    months_later,
    open_day,
    working_day,
    working_days,
)
from apps.acuan.models import HariLibur

DAY = dt.timedelta(days=1)
FRIDAY = dt.date(2026, 11, 20)
MONDAY, WEDNESDAY = FRIDAY + 3 * DAY, FRIDAY + 5 * DAY
CALENDAR = Calendar({WEDNESDAY: "Libur uji", FRIDAY + 2 * DAY: "Libur hari Minggu"})


@pytest.fixture
def holiday(db):
    """A Wednesday off, and a Thursday that was taken off the list."""
    HariLibur.objects.create(tanggal=WEDNESDAY, nama="Libur uji")
    HariLibur.objects.create(tanggal=WEDNESDAY + DAY, nama="Dicabut", aktif=False)


def test_offices_are_closed_on_weekends_and_holidays():
    week = [FRIDAY + n * DAY for n in range(7)]
    assert [day for day in week if CALENDAR.is_open(day)] == [FRIDAY, MONDAY, MONDAY + DAY, WEDNESDAY + DAY]
    assert list(islice(CALENDAR.open_days(FRIDAY), 4)) == [FRIDAY, MONDAY, MONDAY + DAY, WEDNESDAY + DAY]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (FRIDAY, ""),
        (FRIDAY + DAY, "hari Sabtu"),
        (FRIDAY + 2 * DAY, "hari libur (Libur hari Minggu)"),
        (WEDNESDAY, "hari libur (Libur uji)"),
    ],
)
def test_a_closed_day_says_why(day, reason):
    with translation.override("id"):
        assert CALENDAR.closed_because(day) == reason


def test_a_wish_for_a_closed_day_moves_to_the_next_open_one():
    assert [CALENDAR.open_day(day) for day in (FRIDAY, FRIDAY + DAY, WEDNESDAY)] == [FRIDAY, MONDAY, WEDNESDAY + DAY]


def test_a_closure_without_end_keeps_the_wish():
    closed = Calendar({FRIDAY + n * DAY: "Tutup" for n in range(LONGEST_CLOSURE.days)})
    assert closed.open_day(FRIDAY) == FRIDAY
    assert closed.open_day(FRIDAY + DAY) == FRIDAY + LONGEST_CLOSURE, "the last day in sight"


@pytest.mark.django_db
def test_holidays_are_those_of_the_table_that_hold(holiday, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert Calendar.between(FRIDAY, WEDNESDAY).holidays == {WEDNESDAY: "Libur uji"}
    assert not Calendar.between(FRIDAY, WEDNESDAY - DAY).holidays
    assert not Calendar.between(WEDNESDAY + DAY, WEDNESDAY + DAY).holidays
    HariLibur.objects.update(perkiraan=True)
    assert Calendar.between(FRIDAY, WEDNESDAY).holidays == {WEDNESDAY: "Libur uji, perkiraan"}


def test_the_nearest_open_days(holiday):
    assert open_day(WEDNESDAY) == WEDNESDAY + DAY
    assert last_open_day(WEDNESDAY + DAY) == WEDNESDAY - DAY
    assert last_open_day(MONDAY) == FRIDAY, "the day itself does not count"


def test_working_days_are_counted_from_the_day_after(holiday):
    assert working_day(FRIDAY, 1) == MONDAY
    assert working_day(FRIDAY, 3) == WEDNESDAY + DAY
    assert working_days(FRIDAY, WEDNESDAY + DAY) == 3
    assert working_days(FRIDAY, MONDAY - DAY) == working_days(FRIDAY, FRIDAY) == 0


@pytest.mark.parametrize(("month", "last"), [(2, 28), (10, 31), (11, 30), (12, 31)])
def test_the_end_of_a_month(month, last):
    assert month_end(dt.date(2026, month, 15)) == dt.date(2026, month, last)


def test_months_later_stays_inside_the_month():
    assert months_later(dt.date(2026, 11, 30), 3) == dt.date(2027, 2, 28)
    assert months_later(dt.date(2026, 9, 15), 3) == dt.date(2026, 12, 15)
    assert months_later(dt.date(2026, 1, 31), 12) == dt.date(2027, 1, 31)
    assert months_later(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ((2008, 11, 20), (2026, 11, 19), 17),
        ((2008, 11, 20), (2026, 11, 20), 18),
        ((2008, 2, 29), (2026, 2, 28), 17),
        ((2008, 2, 29), (2026, 3, 1), 18),
    ],
)
def test_age_in_full_years(born, on, years):
    assert age(dt.date(*born), dt.date(*on)) == years
