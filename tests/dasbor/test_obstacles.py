"""Obstacles of a region: per unit and kind, by quarter, without giving few people away."""

import csv
import datetime as dt
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.dasbor.obstacles import Quarter, last_quarters, quarter_of
from apps.jejak.models import Akses
from apps.rilis.models import Masa, Rilis
from apps.rilis.releasing import release
from tests import factories as make
from tests.klien.factories import JenisKendalaFactory, KendalaFactory
from tests.releases import publish

pytestmark = pytest.mark.django_db
PAGE, FILE = reverse("dasbor:kendala"), reverse("dasbor:kendala_unduh")


@pytest.fixture
def distance():
    return JenisKendalaFactory()


def met(bapas, jenis, clients, **facts):
    for _ in range(clients):
        klien = make.KlienFactory(bapas=bapas)
        KendalaFactory(catatan=make.CatatanFactory(klien=klien), jenis=jenis, **facts)
    publish(*facts.values())


def lines(response) -> dict:
    return {name: cells for name, _, cells in response.context["baris"]}


def test_a_region_reads_its_offices_and_no_other(login, officer, ours, theirs, distance, database_role):
    second = make.BapasFactory(kanwil=ours.kanwil)
    met(ours, distance, 7), met(second, distance, 5), met(theirs, distance, 9)
    page = login(officer("kanwil")).get(PAGE)
    assert page.context["kolom"] == (distance.nama,)
    assert lines(page) == {str(ours): [7], str(second): [5], "Jumlah": [12]}
    assert f"{distance.nama.lower()}, 12 klien" in page.text
    assert theirs.nama not in page.text


def test_few_people_are_masked_and_cannot_be_calculated(login, officer, ours, distance, database_role):
    second = make.BapasFactory(kanwil=ours.kanwil)
    met(ours, distance, 2), met(second, distance, 8)
    assert lines(login(officer("kanwil")).get(PAGE)) == {str(ours): ["*"], str(second): ["*"], "Jumlah": [10]}


def test_one_client_with_many_obstacles_is_one_client(login, officer, ours, distance):
    klien = make.KlienFactory(bapas=ours)
    for _ in range(6):
        KendalaFactory(catatan=make.CatatanFactory(klien=klien), jenis=distance)
    publish()
    assert lines(login(officer("kanwil")).get(PAGE)) == {str(ours): ["<5"], "Jumlah": ["<5"]}


def test_the_page_of_an_office_shows_others_the_same_cell(login, officer, ours, distance):
    """Whoever reads both pages finds nothing in one that the other hides."""
    second = make.BapasFactory(kanwil=ours.kanwil)
    met(ours, distance, 8), met(second, distance, 2)
    page = login(officer("kanwil")).get(reverse("dasbor:bapas_rinci", args=[ours.pk]))
    assert page.context["kendala"] == [(distance.nama, "*")]
    own = login(officer("kabapas")).get(reverse("dasbor:bapas"))
    assert own.context["kendala"] == [(distance.nama, "8")]


def test_headquarters_read_every_kanwil_and_then_one(login, officer, ours, theirs, distance, database_role):
    met(ours, distance, 6), met(theirs, distance, 7)
    hq = login(officer("ditjenpas"))
    nation = lines(hq.get(PAGE))
    assert (nation[ours.kanwil.singkatan], nation[theirs.kanwil.singkatan], nation["Jumlah"]) == ([6], [7], [13])
    assert lines(hq.get(PAGE, {"kanwil": theirs.kanwil_id})) == {str(theirs): [7], "Jumlah": [7]}
    assert hq.get(PAGE, {"kanwil": "999999"}).status_code == 404
    assert login(officer("kanwil")).get(PAGE, {"kanwil": theirs.kanwil_id}).status_code == 404


def test_a_quarter_holds_its_days_and_no_others(login, officer, ours, distance):
    now = quarter_of(timezone.localdate())
    before = last_quarters(timezone.localdate())[1]
    met(ours, distance, 5, tanggal=now.first), met(ours, distance, 6, tanggal=before.last)
    publish(now.first, before.last)
    kanwil = login(officer("kanwil"))
    assert lines(kanwil.get(PAGE))["Jumlah"] == [5]
    assert lines(kanwil.get(PAGE, {"triwulan": before.key}))["Jumlah"] == [6]
    assert lines(kanwil.get(PAGE, {"triwulan": "1999-9"}))["Jumlah"] == [5]  # not a choice: no filter


def test_the_filter_names_the_quarter_that_the_page_shows(login, officer, ours, distance):
    """Seen: "Triwulan IV" in the box and triwulan III below it, where only III was released."""
    before = last_quarters(timezone.localdate())[1]
    met(ours, distance, 6, tanggal=before.last)
    Rilis.objects.all().delete()
    release(Masa.TRIWULAN, before.first)
    kanwil = login(officer("kanwil"))
    for query in ({}, {"triwulan": ""}, {"triwulan": "1999-9"}, {"triwulan": before.key}):
        page = kanwil.get(PAGE, query)
        assert f'<option value="{before.key}" selected>' in page.text
        assert lines(page)["Jumlah"] == [6]


def test_nothing_noted_is_said_in_words(login, officer, distance):
    page = login(officer("kanwil")).get(PAGE)
    assert "Triwulan ini belum ditutup" in page.text
    publish()
    page = login(officer("kanwil")).get(PAGE)
    assert "Belum ada kendala pada triwulan ini" in page.text
    assert "Unduh" not in page.text


def test_the_file_holds_the_page_and_every_office_learns_of_it(login, officer, ours, distance, database_role):
    second = make.BapasFactory(kanwil=ours.kanwil)
    met(ours, distance, 2), met(second, distance, 8)
    text = login(officer("kanwil")).get(FILE, {"format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert rows[0] == ["Unit", distance.nama]
    assert sorted(rows[1:]) == sorted([[str(ours), "*"], [str(second), "*"], ["Jumlah", "10"]])
    noted = Akses.objects.filter(verba=Akses.Verba.EKSPOR, objek="kendala")
    assert set(noted.values_list("bapas", flat=True)) == {ours.pk, second.pk}


def test_the_page_costs_the_same_for_any_number_of_offices(login, officer, ours, distance, queries, budget):
    client, costs = login(officer("kanwil")), []
    for _ in range(2):
        for _ in range(4):
            met(make.BapasFactory(kanwil=ours.kanwil), distance, 1)
        publish()
        costs.append(queries(lambda: client.get(PAGE)))
    assert costs[0] == costs[1] <= budget("dasbor:kendala")


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        (Quarter(2026, 1), dt.date(2026, 1, 1), dt.date(2026, 3, 31)),
        (Quarter(2028, 1), dt.date(2028, 1, 1), dt.date(2028, 3, 31)),
        (Quarter(2026, 3), dt.date(2026, 7, 1), dt.date(2026, 9, 30)),
        (Quarter(2026, 4), dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
    ],
)
def test_quarters_begin_and_end_with_their_months(quarter, first, last):
    assert (quarter.first, quarter.last) == (first, last)
    assert quarter_of(first) == quarter_of(last) == quarter


def test_quarters_follow_each_other_without_a_gap():
    found = last_quarters(dt.date(2026, 11, 22))
    assert [quarter.key for quarter in found[:5]] == ["2026-4", "2026-3", "2026-2", "2026-1", "2025-4"]
    assert all(old.last + dt.timedelta(days=1) == new.first for new, old in pairwise(found))
