"""Dashboards through HTTP."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.utils import timezone

from apps.dasar.wording import tanggal
from apps.jejak.models import Akses
from apps.klien.figures import OTHERS
from tests import factories as make
from tests.releases import publish
from tests.sessions import log_in

pytestmark = pytest.mark.django_db


def login(client, user):
    log_in(client, user)
    return client


def clients_with_guidance(bapas, done, missed):
    today = timezone.localdate(timezone=ZoneInfo(bapas.zona_waktu))
    for index in range(done + missed):
        klien = make.KlienFactory(bapas=bapas, jadwal__berikutnya=today + dt.timedelta(days=7))
        came = index < done
        make.CatatanFactory(klien=klien, tanggal=today, hadir=came, alasan="" if came else "bekerja")


def test_kanwil_sees_its_own_bapas_and_links_to_each(client, ours, theirs, officer, database_role):
    clients_with_guidance(ours, 6, 5)
    clients_with_guidance(theirs, 9, 0)
    publish()
    page = login(client, officer("kanwil")).get("/wilayah/dasbor/")
    assert page.status_code == 200
    assert f"/wilayah/bapas/{ours.pk}/" in page.text
    assert theirs.nama not in page.text
    assert "Bimbingan terlaksana 55%" in page.text


def test_small_counts_are_masked_for_the_kanwil_and_shown_to_the_office(client, ours, officer, database_role):
    for _ in range(3):
        make.KebutuhanFactory(klien=make.KlienFactory(bapas=ours))
    numbers = lambda page: [number["nilai"] for number in page.context["angka"]]  # noqa: E731
    make.KlienFactory.create_batch(6, bapas=ours)
    publish()
    assert numbers(login(client, officer("kanwil")).get(f"/wilayah/bapas/{ours.pk}/"))[2] == "<5"
    assert numbers(login(client, officer("kabapas")).get("/kinerja/"))[2] == "3"


def test_programmes_of_few_clients_are_one_line_for_the_kanwil(client, ours, officer):
    """Twelve active clients and ten on parole would tell how many the other two are, and they are all that is left."""
    leave = make.JenisProgramFactory(kode="CB", nama="Cuti bersyarat")
    parole = make.JenisProgramFactory()
    for programme in [parole] * 10 + [leave] * 2:
        make.MasaFactory(klien=make.KlienFactory(bapas=ours), jenis_program=programme)
    publish()
    page = lambda: login(client, officer("kanwil")).get(f"/wilayah/bapas/{ours.pk}/")  # noqa: E731
    assert page().context["program"] == [(OTHERS, "12")]
    make.KlienFactory.create_batch(3, bapas=ours)
    publish()
    assert page().context["program"] == [(parole.nama, "10"), (OTHERS, "5")]
    office = login(client, officer("kabapas")).get("/kinerja/")
    assert sorted(count for _, count in office.context["program"]) == ["10", "2", "3"]


def test_before_a_release_a_page_says_so_and_counts_nobody(client, ours, officer):
    make.KlienFactory.create_batch(9, bapas=ours)
    page = login(client, officer("kanwil")).get(f"/wilayah/bapas/{ours.pk}/")
    assert "Klien dan kebutuhan: belum dirilis." in page.text
    assert [number["nilai"] for number in page.context["angka"]][:3] == ["–", "–", "–"]
    assert "9" not in [count for _, count in page.context["program"]]


def test_headquarters_drill_down_from_nation_to_office(client, ours, officer, database_role):
    make.KlienFactory(bapas=ours)
    hq = login(client, officer("ditjenpas"))
    assert f"/wilayah/dasbor/?kanwil={ours.kanwil_id}" in hq.get("/nasional/").text
    assert ours.nama in hq.get(f"/wilayah/dasbor/?kanwil={ours.kanwil_id}").text
    assert hq.get("/wilayah/dasbor/?kanwil=999999").status_code == 404


def test_download_has_the_numbers_of_the_page(client, ours, officer):
    clients_with_guidance(ours, 6, 5)
    publish()
    file = login(client, officer("kanwil")).get("/wilayah/dasbor/unduh/", {"format": "csv"})
    assert file["Content-Disposition"].endswith('.csv"')
    assert f"{ours.nama};11;0;6;5;55" in file.content.decode("utf-8-sig")
    assert login(client, officer("kanwil")).get("/wilayah/dasbor/unduh/", {"format": "pdf"}).status_code == 404


@pytest.mark.parametrize(("peran", "address"), [("kanwil", "/wilayah/dasbor/"), ("ditjenpas", "/nasional/")])
def test_a_download_is_noted_in_the_trail_of_each_office(client, ours, officer, peran, address, database_role):
    user = officer(peran)
    login(client, user).get(f"{address}unduh/")
    noted = Akses.objects.filter(pengguna=user, verba=Akses.Verba.EKSPOR)
    assert list(noted.values_list("bapas", "objek")) == [(ours.pk, "dasbor")]


def test_wrong_filters_fall_back_instead_of_failing(client, officer):
    page = login(client, officer("kanwil")).get("/wilayah/dasbor/?bulan=1999-13&ukuran=x&kategori=abc")
    assert page.status_code == 200


def test_dashboard_costs_the_same_for_any_number_of_offices(client, ours, officer, queries, budget):
    kanwil = login(client, officer("kanwil"))

    def visit():
        caches["potongan"].clear()
        kanwil.get("/wilayah/dasbor/")

    few = queries(visit)
    for _ in range(5):
        make.KlienFactory(bapas=make.BapasFactory(kanwil=ours.kanwil))
    assert queries(visit) == few <= budget("dasbor:wilayah")


def test_a_revision_that_nobody_approved_changes_no_number(client, ours, officer, database_role, today):
    """Head, Kanwil and headquarters go on reading the approved budget; beside it stands the draft, by its name."""
    year = today.year
    yesterday = timezone.now() - dt.timedelta(days=1)  # a day also where headquarters are an hour behind
    approved = make.ProgramFactory(bapas=ours, tahun=year, approved=True, disetujui_pada=yesterday)
    make.BiayaFactory(rencana__program=approved)
    pages = {"kabapas": "/kinerja/", "kanwil": "/wilayah/dasbor/", "ditjenpas": "/nasional/"}
    before = {role: budget_of(client, officer(role), page) for role, page in pages.items()}
    assert before == dict.fromkeys(pages, "Rp2.500.000")
    revision = make.ProgramFactory(bapas=ours, tahun=year, versi=2)
    make.BiayaFactory(rencana__program=revision, harga=900_000_000)
    assert {role: budget_of(client, officer(role), page) for role, page in pages.items()} == before
    head = login(client, officer("kabapas")).get("/kinerja/").text
    assert "Versi 1 disetujui." in head
    assert "Versi 2 belum disetujui." in head


def test_an_office_whose_programme_is_a_draft_has_no_budget(client, ours, officer, today):
    make.BiayaFactory(rencana__program=make.ProgramFactory(bapas=ours, tahun=today.year))
    head = login(client, officer("kabapas")).get("/kinerja/")
    assert head.context["angka"][3]["ket"] == "belum ada yang disetujui"
    assert f"Belum ada anggaran {today.year} yang disetujui. Versi 1 belum" in head.text


def budget_of(client, user, page) -> str:
    note = login(client, user).get(page).context["angka"][3]["ket"]
    return note.split(" dari ")[1].removesuffix(" terealisasi")


def test_a_month_that_is_over_says_of_which_day_it_speaks(client, ours, officer, today):
    """Its clients are those of its last day, on the page, in the file, and in the name of the file."""
    over = today.replace(day=1) - dt.timedelta(days=1)
    make.KlienFactory.create_batch(6, bapas=ours, diregistrasi=over)
    make.KlienFactory.create_batch(7, bapas=ours, diregistrasi=today)
    publish(over)
    kanwil = login(client, officer("kanwil"))
    page = kanwil.get("/wilayah/dasbor/", {"bulan": f"{over:%Y-%m}"})
    assert page.context["angka"][0]["nilai"] == "6"
    assert f"Klien dan kebutuhan: keadaan pada {tanggal(over)}" in page.text
    assert f"Klien dan kebutuhan: keadaan pada {tanggal(today)}" in kanwil.get("/wilayah/dasbor/").text
    file = kanwil.get("/wilayah/dasbor/unduh/", {"format": "csv", "bulan": f"{over:%Y-%m}"})
    assert f"_{over:%Y-%m}_keadaan-{over}.csv" in file["Content-Disposition"]
    assert file.content.decode("utf-8-sig").count(f";{over}") == 4  # the office and the sum, with its money
