"""Aggregated unmet needs: who may count what."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from apps.jejak.models import Akses
from tests import factories as make
from tests.lists import printed
from tests.releases import publish

pytestmark = pytest.mark.django_db
PAGE = reverse("klien:needs")


@pytest.fixture
def town(ours):
    town = make.KabKotaFactory()
    ours.wilayah_kerja.add(town)
    return town


def need(bapas, times, **facts):
    for _ in range(times):
        make.KebutuhanFactory(klien=make.KlienFactory(bapas=bapas), **facts)


def row(answer):
    return printed(answer)[0]


def test_the_office_sees_its_own_numbers(login, officer, ours, theirs, database_role):
    need(ours, 2, mendesak="sekarang")
    need(ours, 1, mendesak="nanti")
    need(theirs, 4, mendesak="nanti")
    answer = login(officer("perencana")).get(PAGE)
    assert row(answer) == ["Pelatihan kerja", "Keterampilan dan pendidikan", "2", "0", "1", "3"]
    assert "Pelatihan kerja paling banyak dibutuhkan: 3 klien" in answer.text


def test_a_client_counts_once_under_the_more_pressing_need(login, pk, klien):
    make.KebutuhanFactory(klien=klien, mendesak="nanti")
    make.KebutuhanFactory(klien=klien, mendesak="sekarang")
    assert row(login(pk).get(PAGE))[2:] == ["1", "0", "0", "1"]


def test_outside_the_office_only_released_sums_are_read(login, officer, ours, database_role):
    need(ours, 13, mendesak="sekarang")
    kanwil = officer("kanwil")
    assert "Angka kebutuhan belum dirilis" in login(kanwil).get(PAGE).text
    publish()
    need(ours, 1)
    assert row(login(kanwil).get(PAGE)) == ["Pelatihan kerja", "Keterampilan dan pendidikan", "13"]


def test_a_town_of_few_hides_what_would_tell_it(login, officer, ours, town, database_role):
    """Thirteen in all, three of them in one town: neither the town nor the rest of the area stands beside the sum."""
    other = make.KabKotaFactory(kode="99.02", nama="Kota Lain")
    ours.wilayah_kerja.add(other)
    make.KlienFactory.create_batch(9, bapas=ours, kabkota=other)
    for place, times in ((town, 3), (other, 10)):
        for _ in range(times):
            make.KebutuhanFactory(klien=make.KlienFactory(bapas=ours, kabkota=place))
    publish()
    kanwil = login(officer("kanwil"))
    shown = [row(kanwil.get(PAGE, {"kabkota": place}))[-1] for place in ("", town.pk, other.pk)]
    assert shown == ["13", "*", "*"]
    partner = login(officer("mitra", mitra=make.MitraFactory(kabkota=town)))
    assert row(partner.get(PAGE))[-1] == "*"


def test_a_partner_reads_the_offices_of_its_place_and_no_further(login, officer, ours, theirs, town, database_role):
    for _ in range(7):
        make.KebutuhanFactory(klien=make.KlienFactory(bapas=ours, kabkota=town))
    need(theirs, 9)
    make.KlienFactory.create_batch(9, bapas=ours)
    publish()
    partner = officer("mitra", mitra=make.MitraFactory(kabkota=town))
    answer = login(partner).get(PAGE)
    assert row(answer)[2:] == ["7"]
    assert answer.context["form"].chosen["kabkota"] == town


def test_a_partner_without_a_place_is_told_why_nothing_is_shown(login, officer, ours):
    need(ours, 7)
    answer = login(officer("mitra")).get(PAGE)
    assert "Kabupaten/kota mitra Anda belum diisi" in answer.text
    assert not answer.context["tabel"]


def test_one_town_of_the_area(login, pk, klien, ours, town):
    other = make.KabKotaFactory(kode="99.02", nama="Kota Lain")
    make.KebutuhanFactory(klien=klien)
    make.KebutuhanFactory(klien=make.KlienFactory(bapas=ours, kabkota=other))
    assert row(login(pk).get(PAGE, {"kabkota": town.pk}))[-1] == "1"


def test_the_numbers_leave_as_a_workbook_with_a_trace(login, pk, klien, database_role):
    make.KebutuhanFactory(klien=klien)
    answer = login(pk).get(reverse("klien:needs_export"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet[1] == ["Pelatihan kerja", "Keterampilan dan pendidikan", 1, 0, 0, 1]
    assert Akses.objects.get(objek="kebutuhan", verba="ekspor").bapas_id == klien.bapas_id


@pytest.mark.parametrize("peran", ["kanwil", "mitra"])
def test_a_download_from_outside_stands_in_the_trail_of_the_office(login, officer, ours, town, peran, database_role):
    need(ours, 7)
    publish()
    user = officer(peran, **({"mitra": make.MitraFactory(kabkota=town)} if peran == "mitra" else {}))
    login(user).get(reverse("klien:needs_export"))
    assert Akses.objects.get(objek="kebutuhan", verba="ekspor", bapas=ours).pengguna == user
