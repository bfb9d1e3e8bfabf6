"""The Django admin: reference data only."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import NoReverseMatch, reverse

from apps.acuan.models import AkunBelanja
from apps.akun.models import RiwayatAkun
from apps.dasar.tables import KINDS
from apps.wilayah.models import KelasBapas
from tests import factories as make

pytestmark = pytest.mark.django_db
MODELS = [model._meta for model in admin.site._registry]


@pytest.fixture(params=["ditjenpas", "admin"])
def keeper(request, login, officer):
    return login(officer(request.param))


def name(meta, page):
    return f"acuan:{meta.app_label}_{meta.model_name}_{page}"


def test_only_reference_data_is_there():
    assert {meta.app_label for meta in MODELS} == {"wilayah", "acuan"}


@pytest.mark.parametrize("meta", MODELS, ids=str)
def test_every_list_and_form_opens(keeper, meta, database_role):
    make.KabKotaFactory()
    for page in ("changelist", "add"):
        assert keeper.get(reverse(name(meta, page))).status_code == 200


@pytest.mark.parametrize("query", [{"jenis__exact": "a\0b"}, {"jenis__exact": "\0", "format": "csv"}])
def test_a_filter_for_nul_is_a_sentence(keeper, query):
    answer = keeper.get(reverse("acuan:wilayah_mitra_changelist"), query)
    assert answer.status_code == 400
    assert "tidak dapat dibaca" in answer.text


def test_a_value_is_added_and_changed_and_the_change_is_logged(keeper, database_role):
    add = reverse("acuan:acuan_akunbelanja_add")
    assert keeper.post(add, {"kode": "521999", "nama": "Belanja uji", "aktif": "on"}).status_code == 302
    row = AkunBelanja.objects.get(kode="521999")
    change = reverse("acuan:acuan_akunbelanja_change", args=[row.pk])
    assert keeper.post(change, {"kode": "000000", "nama": "Nama baru", "aktif": ""}).status_code == 302
    row.refresh_from_db()
    assert (row.kode, row.nama, row.aktif) == ("521999", "Nama baru", False)  # the key stays
    assert LogEntry.objects.count() == 2
    assert "Nama baru" in keeper.get(reverse("acuan:acuan_akunbelanja_history", args=[row.pk])).text


@pytest.mark.parametrize("meta", MODELS, ids=str)
def test_every_list_leaves_as_a_file_and_the_account_is_noted(keeper, meta, database_role):
    make.KabKotaFactory()
    address = reverse(name(meta, "changelist"))
    assert "format=xlsx" in keeper.get(address).text
    for kind, content_type in KINDS.items():
        assert keeper.get(address, {"format": kind})["Content-Type"] == content_type
    assert RiwayatAkun.objects.filter(peristiwa=RiwayatAkun.Peristiwa.EKSPOR).count() == len(KINDS)
    assert keeper.get(address, {"format": "pdf"}).status_code == 404


def test_a_file_of_reference_values_holds_what_the_list_shows(keeper, database_role):
    make.AkunFactory(kode="521111", nama="=Belanja uji"), make.AkunFactory(kode="522222", nama="Jasa", aktif=False)
    address = reverse("acuan:acuan_akunbelanja_changelist")
    text = keeper.get(address, {"format": "csv", "q": "uji"}).content.decode("utf-8-sig")
    assert text.splitlines() == ["kode;nama;aktif", "521111;'=Belanja uji;ya"]
    assert "522222;Jasa;tidak" in keeper.get(address, {"format": "csv"}).content.decode("utf-8-sig")
    assert keeper.get(address, {"format": "csv", "tanpa_arti": "1"}).status_code == 302


@pytest.mark.parametrize("meta", MODELS, ids=str)
def test_nothing_can_be_deleted(keeper, meta):
    with pytest.raises(NoReverseMatch):
        reverse(name(meta, "delete"), args=[1])
    assert 'name="action"' not in keeper.get(reverse(name(meta, "changelist"))).text


def test_rows_of_an_office_cannot_be_deleted_either(keeper, ours):
    KelasBapas.objects.create(bapas=ours, kelas="II", berlaku_sejak="2020-01-01")
    text = keeper.get(reverse("acuan:wilayah_bapas_change", args=[ours.pk])).text
    assert "kelas-0-kelas" in text
    assert "kelas-0-DELETE" not in text


def test_the_pages_are_indonesian_and_lead_back_to_the_portal(keeper):
    text = keeper.get(reverse("acuan:index")).text
    assert '<html lang="id"' in text
    assert '<p class="p-nama govuk-!-margin-0"><a href="/">Portal Pemasyarakatan</a>' in text  # the portal's own head
    assert "p-kaki" in text
    assert "password_change" not in text


@pytest.mark.parametrize("peran", ["pk", "kabapas", "kanwil", "auditor", "mitra"])
def test_others_stay_outside(login, officer, peran):
    assert login(officer(peran)).get(reverse("acuan:index")).status_code == 403
