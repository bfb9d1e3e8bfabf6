"""Dashboards through HTTP."""

import datetime as dt

import pytest
from django.utils import timezone

from apps.jejak.models import Akses
from tests import factories as make

pytestmark = pytest.mark.django_db


def login(client, user):
    client.force_login(user, backend="apps.akun.backends.PenugasanBackend")
    return client


def clients_with_guidance(bapas, done, missed):
    today = timezone.localdate()
    for index in range(done + missed):
        klien = make.KlienFactory(bapas=bapas, jadwal__berikutnya=today + dt.timedelta(days=7))
        came = index < done
        make.CatatanFactory(klien=klien, tanggal=today, hadir=came, alasan="" if came else "bekerja")


def test_kanwil_sees_its_own_bapas_and_links_to_each(client, ours, theirs, officer, database_role):
    clients_with_guidance(ours, 6, 5)
    clients_with_guidance(theirs, 9, 0)
    page = login(client, officer("kanwil")).get("/wilayah/dasbor/")
    assert page.status_code == 200
    assert f"/wilayah/bapas/{ours.pk}/" in page.text
    assert theirs.nama not in page.text
    assert "Bimbingan terlaksana 55%" in page.text


def test_small_counts_are_masked_for_the_kanwil_and_shown_to_the_office(client, ours, officer, database_role):
    make.KlienFactory.create_batch(3, bapas=ours)
    assert "&lt;5" in login(client, officer("kanwil")).get(f"/wilayah/bapas/{ours.pk}/").text
    assert "&lt;5" not in login(client, officer("kabapas")).get("/kinerja/").text


def test_a_masked_programme_is_not_the_difference_of_the_others(client, ours, officer):
    """Twelve active clients and ten on parole would tell how many the masked two are."""
    leave = make.JenisProgramFactory(kode="CB", nama="Cuti bersyarat")
    for programme in [make.JenisProgramFactory()] * 10 + [leave] * 2:
        make.MasaFactory(klien=make.KlienFactory(bapas=ours), jenis_program=programme)
    region = login(client, officer("kanwil")).get(f"/wilayah/bapas/{ours.pk}/")
    assert sorted(count for _, count in region.context["programmes"]) == ["*", "<5"]
    office = login(client, officer("kabapas")).get("/kinerja/")
    assert sorted(count for _, count in office.context["programmes"]) == ["10", "2"]


def test_headquarters_drill_down_from_nation_to_office(client, ours, officer, database_role):
    make.KlienFactory(bapas=ours)
    hq = login(client, officer("ditjenpas"))
    assert f"/wilayah/dasbor/?kanwil={ours.kanwil_id}" in hq.get("/nasional/").text
    assert ours.nama in hq.get(f"/wilayah/dasbor/?kanwil={ours.kanwil_id}").text
    assert hq.get("/wilayah/dasbor/?kanwil=999999").status_code == 404


def test_download_has_the_numbers_of_the_page(client, ours, officer):
    clients_with_guidance(ours, 6, 5)
    file = login(client, officer("kanwil")).get("/wilayah/dasbor/unduh/csv/")
    assert file["Content-Disposition"].endswith('.csv"')
    assert f"{ours.nama};11;0;6;5;55" in file.content.decode("utf-8-sig")
    assert login(client, officer("kanwil")).get("/wilayah/dasbor/unduh/pdf/").status_code == 404


@pytest.mark.parametrize(("peran", "address"), [("kanwil", "/wilayah/dasbor/"), ("ditjenpas", "/nasional/")])
def test_a_download_is_noted_in_the_trail_of_each_office(client, ours, officer, peran, address, database_role):
    user = officer(peran)
    login(client, user).get(f"{address}unduh/xlsx/")
    noted = Akses.objects.filter(pengguna=user, verba=Akses.Verba.EKSPOR)
    assert list(noted.values_list("bapas", "objek")) == [(ours.pk, "dasbor")]


def test_wrong_filters_fall_back_instead_of_failing(client, officer):
    page = login(client, officer("kanwil")).get("/wilayah/dasbor/?bulan=1999-13&ukuran=x&kategori=abc")
    assert page.status_code == 200


def test_dashboard_costs_the_same_for_any_number_of_offices(client, ours, officer, queries, budget):
    kanwil = login(client, officer("kanwil"))
    few = queries(lambda: kanwil.get("/wilayah/dasbor/"))
    for _ in range(5):
        make.KlienFactory(bapas=make.BapasFactory(kanwil=ours.kanwil))
    assert queries(lambda: kanwil.get("/wilayah/dasbor/")) == few <= budget("dasbor:wilayah")
