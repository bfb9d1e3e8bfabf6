"""A planner starts a year, answers the needs with activities and cannot touch what was sent."""

import csv

import pytest

from apps.program.models import ProgramTahunan, RencanaKegiatan
from tests import factories as make

pytestmark = pytest.mark.django_db


def activity(kategori, **more):
    return {
        "judul": "Pelatihan las", "kategori": kategori.pk, "bidang": "kemandirian", "target_klien": "20",
        "bulan": ["3", "4"], "pelaksana": "", "indikator": "20 klien lulus", **more,
    }  # fmt: skip


def test_a_new_year_counts_clients_with_open_needs_of_the_own_office(as_user, ours, theirs, planner, database_role):
    two = make.KebutuhanFactory(klien__bapas=ours), make.KebutuhanFactory(klien__bapas=ours)
    make.KebutuhanFactory(klien=two[0].klien)  # the same client twice is one client
    make.KebutuhanFactory(klien__bapas=ours, status="terpenuhi", ditutup_pada="2026-01-01T00:00Z")
    make.KebutuhanFactory(klien__bapas=theirs)
    response = as_user(planner).post("program:start", data={"tahun": "2027", "latar": "Arah"})
    assert response.url == "/program/2027/"
    program = ProgramTahunan.objects.get()
    assert (program.potret, program.bapas, program.versi) == ({"KR-03": 2}, ours, 1)


def test_a_year_starts_once(as_user, planner, draft):
    response = as_user(planner).post("program:start", data={"tahun": "2026", "latar": "Ketikan saya"})
    assert response.status_code == 422
    assert "Program 2026 sudah ada" in response.text
    assert "Ketikan saya" in response.text


def test_last_year_is_copied_when_asked(as_user, planner, draft):
    as_user(planner).post("program:start", data={"tahun": "2027", "salin": "on"})
    copy = ProgramTahunan.objects.get(tahun=2027)
    line = copy.rencana.get().biaya.get()
    assert (line.uraian, line.jumlah, line.asal) == ("Bahan praktik", 2_500_000, None)
    assert draft.rencana.get().biaya.count() == 1


def test_needs_stay_visible_until_an_activity_or_a_reason_answers_them(as_user, planner, ours):
    make.ProgramFactory(bapas=ours, potret={"KR-03": 7, "PR-01": 3})
    trained, housed = make.KategoriFactory(), make.KategoriFactory(kode="PR-01", nama="Hunian")
    browser = as_user(planner)
    assert "Kebutuhan tanpa program (2)" in browser.get("program:year", 2027).text
    browser.post("program:activity_add", 2027, data=activity(trained))
    assert "Kebutuhan tanpa program (1)" in browser.get("program:year", 2027).text
    assert browser.post("program:explain", 2027, housed.pk, data={"alasan": ""}).status_code == 422
    browser.post("program:explain", 2027, housed.pk, data={"alasan": "Dilayani Dinas Sosial"})
    text = browser.get("program:year", 2027).text
    assert "Semua kebutuhan sudah dilayani atau dijelaskan." in text
    assert "Dilayani Dinas Sosial" in text


def test_an_activity_is_added_changed_and_deleted(as_user, planner, draft):
    kategori, browser = make.KategoriFactory(), as_user(planner)
    browser.post("program:activity_add", 2026, data=activity(kategori))
    added = RencanaKegiatan.objects.get(judul="Pelatihan las")
    assert (added.bulan, added.target_klien, added.program) == ([3, 4], 20, draft)
    browser.post("program:activity_edit", 2026, added.pk, data=activity(kategori, judul="Pelatihan las lanjutan"))
    added.refresh_from_db()
    assert added.judul == "Pelatihan las lanjutan"
    assert "dihapus bersama 0 baris RAB" in browser.get("program:activity_delete", 2026, added.pk).text
    browser.post("program:activity_delete", 2026, added.pk)
    assert not RencanaKegiatan.objects.filter(pk=added.pk).exists()


def test_a_bad_activity_keeps_what_was_typed_and_names_every_mistake(as_user, planner, draft):
    data = activity(make.KategoriFactory(), target_klien="0", bulan=[])
    response = as_user(planner).post("program:activity_add", 2026, data=data)
    assert response.status_code == 422
    assert "Ada 2 hal yang perlu diperbaiki" in response.text
    assert "Target klien paling sedikit 1." in response.text
    assert 'value="Pelatihan las"' in response.text


def test_only_partners_of_the_own_office_are_offered(as_user, planner, ours, theirs, draft):
    make.PokmasFactory(bapas=ours, mitra__nama="Bengkel Kita")
    make.PokmasFactory(bapas=theirs, mitra__nama="Bengkel Mereka")
    text = as_user(planner).get("program:activity_add", 2026).text
    assert "Bengkel Kita" in text
    assert "Bengkel Mereka" not in text


def test_needs_can_be_counted_again_while_it_is_a_draft(as_user, planner, ours, draft):
    make.KebutuhanFactory(klien__bapas=ours)
    as_user(planner).post("program:refresh", 2026)
    draft.refresh_from_db()
    assert draft.potret == {"KR-03": 1}


@pytest.mark.parametrize("tag", ["ours", "theirs"])
def test_objects_of_another_office_do_not_exist(as_user, planner, ours, theirs, draft, database_role, tag):
    """Neither by their own number under our year, nor under the address of the other office."""
    foreign = make.BiayaFactory(rencana__program__bapas=theirs, rencana__program__tahun=2026)
    address = 2026 if tag == "ours" else f"2026-{theirs.pk}"
    browser = as_user(planner)
    for name, pk in [
        ("program:line_edit", foreign.pk),
        ("program:line_delete", foreign.pk),
        ("program:line_add", foreign.rencana_id),
        ("program:activity_edit", foreign.rencana_id),
        ("program:activity_delete", foreign.rencana_id),
    ]:
        assert browser.get(name, address, pk).status_code == 404, name


def test_headquarters_choose_the_office_and_read_no_snapshot(as_user, officer, ours, database_role):
    make.ProgramFactory(bapas=ours, potret={make.KategoriFactory().kode: 3})
    browser = as_user(officer("kanwil"))
    assert browser.get("program:year", 2027).url == "/program/?tahun=2027"
    text = browser.get("program:year", f"2027-{ours.pk}").text
    assert "– klien membutuhkan" in text  # tests/program/test_outside.py shows them released
    assert "Tambah kegiatan" not in text


def test_the_list_shows_the_region_with_sums_and_filters(as_user, officer, ours, theirs, database_role):
    beside = make.BapasFactory(kanwil=ours.kanwil)
    for bapas, tahun in [(ours, 2026), (ours, 2027), (beside, 2027), (theirs, 2027)]:
        make.BiayaFactory(rencana__program__bapas=bapas, rencana__program__tahun=tahun, rencana__program__approved=True)
    make.BiayaFactory(rencana__program__bapas=beside, rencana__program__tahun=2028)
    browser = as_user(officer("kanwil"))
    text = browser.get("program:list").text
    assert "Rp7.500.000" in text
    assert theirs.nama not in text
    text = browser.get("program:list", data={"tahun": 2027, "bapas": beside.pk}).text
    assert "Rp2.500.000" in text
    assert ours.nama not in text.split("<tbody")[1]


def test_an_amount_that_nobody_approved_is_no_budget(as_user, officer, ours, database_role):
    """A revision of 900 million stands beside the approved budget, called a draft, in no sum; a year with nothing but a
    draft has no budget."""
    make.BiayaFactory(rencana__program=make.ProgramFactory(bapas=ours, tahun=2026, approved=True))
    revision = make.ProgramFactory(bapas=ours, tahun=2026, versi=2)
    make.BiayaFactory(rencana__program=revision, harga=900_000_000)
    make.BiayaFactory(rencana__program__bapas=ours, rencana__program__tahun=2027)
    browser = as_user(officer("kanwil"))
    page = browser.get("program:list")
    assert [item["nilai"] for item in page.context["angka"]] == ["2", "Rp2.500.000", "20"]
    file = browser.get("program:export", data={"format": "csv"}).content.decode("utf-8-sig")
    draft, approved = list(csv.reader(file.splitlines(), delimiter=";"))[1:]
    assert draft[1:7] == ["2027", "Draf", "1", "20", "", "Draf, versi 1"]
    assert approved[1:5] == ["2026", "Disetujui Kepala Bapas", "1", "20"]
    assert approved[6] == "Draf, versi 2"
    assert [int(cell.split(",")[0].replace(".", "")) for cell in (approved[5], approved[7])] == [
        2_500_000,
        9_000_000_000,
    ]
    assert browser.get("program:list", data={"status": "draf"}).context["hal"].paginator.count == 2
    others = browser.get("program:year", f"2026-{ours.pk}")
    assert "Versi 1" in others.text
    assert "9.000.000.000" not in others.text
