"""The ledger of needs through its pages."""

import pytest
from django.urls import reverse

from apps.klien.models import Kebutuhan
from tests import factories as make

pytestmark = pytest.mark.django_db


def url(name, klien, *more):
    return reverse(f"klien:{name}", args=[klien.pk, *more])


def test_a_need_is_written_into_the_ledger(login, pk, klien, database_role):
    category = make.KategoriFactory()
    typed = {"kategori": category.pk, "mendesak": "sekarang", "uraian": "Las", "kata_klien": "Saya ingin bekerja"}
    answer = login(pk).post(url("need_add", klien), typed)
    assert answer.url == url("client_needs", klien)
    need = Kebutuhan.objects.get()
    assert (need.klien, need.dicatat_oleh, need.bapas, need.sumber) == (klien, pk, klien.bapas, "bimbingan")
    text = login(pk).get(answer.url).text
    assert "Belum terpenuhi (1)" in text
    assert "Saya ingin bekerja" in text


def test_the_clients_own_words_are_for_those_who_read_guidance(login, officer, klien):
    make.KebutuhanFactory(klien=klien, uraian="Las", kata_klien="Saya ingin bekerja")
    text = login(officer("operator")).get(url("client_needs", klien)).text
    assert "Las" in text
    assert "Saya ingin bekerja" not in text


def test_a_need_ends_with_a_reason_where_it_was_not_met(login, pk, klien, database_role):
    need = make.KebutuhanFactory(klien=klien)
    page = url("need_close", klien, need.pk)
    assert login(pk).post(page, {"ke": "tidak"}).context["form"].errors["alasan"] == ["Isi alasan."]
    assert login(pk).post(page, {"ke": "tidak", "alasan": "Tidak ada kuota"}).status_code == 302
    text = login(pk).get(url("client_needs", klien)).text
    assert "Sudah ditutup (1)" in text
    assert "Tidak ada kuota" in text


def test_a_need_that_has_ended_is_refused_in_a_sentence(login, pk, klien):
    need = make.KebutuhanFactory(klien=klien)
    page = url("need_close", klien, need.pk)
    login(pk).post(page, {"ke": "terpenuhi"})
    answer = login(pk).post(page, {"ke": "batal", "alasan": "Keliru"})
    assert answer.status_code == 409
    assert "berstatus terpenuhi tidak dapat menjadi dibatalkan" in answer.text


def test_a_need_belongs_to_its_client(login, pk, klien, ours):
    other = make.KebutuhanFactory(klien=make.KlienFactory(bapas=ours))
    assert login(pk).get(url("need_close", klien, other.pk)).status_code == 404


def test_only_a_pk_writes_needs(login, officer, klien):
    assert login(officer("operator")).get(url("need_add", klien)).status_code == 403
    text = login(officer("operator")).get(url("client_needs", klien)).text
    assert url("need_add", klien) not in text
