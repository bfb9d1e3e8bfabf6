"""Figures of a region: what is counted, what is masked, what asks for attention."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection

from apps.dasar.disclosure import HIDDEN, MASKED, NO_DATA
from apps.dasbor import tables
from apps.dasbor.region import SUM, Region, Unit, UnitRow, attention, collect, lowest, needs_of, released
from apps.dasbor.units import all_kanwil, bapas_of, one_bapas, whole
from apps.rilis.models import Masa
from apps.rilis.releasing import release
from tests import factories as make

MONTH = dt.date(2026, 10, 1)
TODAY = dt.date(2026, 11, 21)


def region(*rows: UnitRow) -> Region:
    return Region(MONTH, dt.date(2026, 10, 31), rows, UnitRow(SUM), UnitRow(SUM), (), contacts=MONTH)


def published():
    release(Masa.HARI, dt.date(2026, 10, 31))
    for month in (9, 10):
        release(Masa.BULAN, dt.date(2026, month, 1))


def client(bapas, **facts):
    """Registered long before the month that is looked at."""
    return make.KlienFactory(bapas=bapas, diregistrasi=dt.date(2026, 1, 5), **facts)


def need(klien, **facts):
    return make.KebutuhanFactory(klien=klien, dicatat_pada=dt.datetime(2026, 2, 1, 3, tzinfo=dt.UTC), **facts)


def unit(name="Bapas A", **counts):
    return UnitRow(Unit(1, name, "A", frozenset([1])), **counts)


def test_share_is_done_over_all_contacts():
    assert unit(done=30, missed=10).share == 0.75
    assert unit().share is None


@pytest.mark.parametrize("secret", [MASKED, HIDDEN, NO_DATA])
def test_there_is_no_share_of_what_is_not_shown(secret):
    assert unit(done=50, missed=secret).share is None


def test_a_low_share_and_many_overdue_clients_ask_for_attention():
    asks = attention(region(unit(active=100, overdue=30, done=10, missed=10, programmes=1)), "Oktober 2026")
    assert [ask.reason for ask in asks] == [
        "Bimbingan terlaksana 50% pada Oktober 2026, di bawah 70%.",
        "30% klien melewati tanggal lapor.",
    ]


def test_an_office_that_logged_nothing_is_named():
    asks = attention(region(unit(active=100, programmes=1)), "Oktober 2026")
    assert [ask.reason for ask in asks] == ["Belum ada bimbingan tercatat pada Oktober 2026."]


def test_attention_says_nothing_about_masked_numbers():
    for secret in (MASKED, HIDDEN, NO_DATA):
        shown = region(unit(active=40, overdue=secret, done=1, missed=secret, programmes=1))
        assert attention(shown, "Oktober 2026") == []


def test_lowest_unit():
    low, high = unit("B", done=5, missed=5), unit("A", done=9, missed=1)
    assert lowest(region(high, low)) == low


def test_table_prints_signs_for_secret_counts():
    row = replace(unit(), active=None, overdue=-1)
    assert tables.words(row)[:2] == ["<5", "*"]


@pytest.mark.django_db
def test_collect_counts_the_month_by_contacts_that_count(ours):
    klien = client(ours, jadwal__pertama=dt.date(2026, 10, 1))
    wrong = make.CatatanFactory(klien=klien, tanggal=dt.date(2026, 10, 5))
    absent = {"hadir": False, "alasan": "sakit", "koreksi_dari": wrong, "alasan_koreksi": "salah"}
    make.CatatanFactory(klien=klien, tanggal=wrong.tanggal, **absent)
    make.CatatanFactory(klien=klien, tanggal=dt.date(2026, 10, 19), berikutnya=dt.date(2026, 10, 30))
    make.CatatanFactory(klien=klien, tanggal=dt.date(2026, 9, 30))
    make.CatatanFactory(
        klien=klien, tanggal=dt.date(2026, 11, 10), berikutnya=dt.date(2026, 12, 10)
    )  # not late any more
    need(klien)
    found = collect(one_bapas(ours), month=MONTH, today=TODAY)
    (row,) = found.rows
    assert (row.active, row.overdue, row.done, row.missed, row.need_clients) == (1, 1, 1, 1, 1)
    assert [m.done for m in found.months][-2:] == [1, 1]


@pytest.mark.django_db
def test_kanwil_of_the_nation_add_up_to_their_bapas(ours, theirs):
    second = make.BapasFactory(kanwil=ours.kanwil)
    for office in (ours, second, theirs):
        client(office), client(office)
    published()
    nation = released(all_kanwil(), SUM, month=MONTH, today=TODAY)
    assert sorted(row.active for row in nation.rows) == [2, 4]
    assert nation.total.active == 6


@pytest.mark.django_db
def test_a_month_that_is_not_closed_shows_the_guidance_of_the_last_one_that_is(ours):
    klien = client(ours)
    for day in range(1, 7):
        make.CatatanFactory(klien=klien, tanggal=dt.date(2026, 9, day))
    release(Masa.BULAN, dt.date(2026, 9, 1))
    found = released(bapas_of(ours.kanwil), whole(ours.kanwil), month=MONTH, today=TODAY)
    assert (found.contacts, found.rows[0].done, found.total.done) == (dt.date(2026, 9, 1), 6, 6)
    assert (found.day, found.rows[0].active) == (None, NO_DATA)


@pytest.mark.django_db
def test_the_state_of_another_month_does_not_stand_for_this_one(ours):
    client(ours)
    release(Masa.HARI, dt.date(2026, 9, 30))
    assert released(bapas_of(ours.kanwil), whole(ours.kanwil), month=MONTH, today=TODAY).day is None
    november = dt.date(2026, 11, 1)
    early = released(bapas_of(ours.kanwil), whole(ours.kanwil), month=november, today=november)
    assert early.day == dt.date(2026, 9, 30)  # on the first of a month the newest day is of the month before


@pytest.mark.django_db
def test_reading_costs_the_same_for_any_number_of_offices(ours, queries):
    def ask():
        return released(bapas_of(ours.kanwil), whole(ours.kanwil), month=MONTH, today=TODAY)

    published()
    few = queries(ask)
    for _ in range(5):
        make.KlienFactory(bapas=make.BapasFactory(kanwil=ours.kanwil))
    assert queries(ask) == few <= 8
    assert connection.vendor == "postgresql"


@pytest.mark.django_db
def test_an_active_client_with_several_needs_is_one_client_in_need(ours):
    klien = client(ours)
    need(klien)
    need(klien, kategori=make.KategoriFactory(kode="PR-01", nama="Tempat tinggal"))
    need(client(ours, status="selesai", berakhir=dt.date(2026, 9, 1)))
    (row,) = collect(one_bapas(ours), month=MONTH, today=TODAY).rows
    assert row.need_clients == 1


def test_the_need_of_a_client_whose_guidance_ended_asks_for_nothing_any_more(ours):
    """The chart of needs and the number above it count the same clients."""
    need(client(ours))
    need(client(ours, status="selesai", berakhir=dt.date(2026, 9, 1)))
    category = make.KategoriFactory()
    found = collect(one_bapas(ours), month=MONTH, today=MONTH)
    assert found.rows[0].need_clients == 1
    assert needs_of(ours.pk, {category.pk: "Pelatihan"}, day=MONTH) == [("Pelatihan", 1, 0)]
