"""The ledger of needs through its pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

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


def test_a_need_sent_twice_is_one_need(login, pk, klien, database_role):
    """Two rows would count twice as evidence for next year's programme."""
    typed = {"kategori": make.KategoriFactory().pk, "mendesak": "sekarang", "uraian": "Las", "kata_klien": ""}
    for _ in range(2):
        assert login(pk).post(url("need_add", klien), typed).status_code == 302
    login(pk).post(url("need_add", klien), {**typed, "uraian": "Menjahit"})
    assert sorted(Kebutuhan.objects.values_list("uraian", flat=True)) == ["Las", "Menjahit"]


def test_the_clients_own_words_are_for_those_who_read_guidance(login, officer, klien):
    make.KebutuhanFactory(klien=klien, uraian="Las", kata_klien="Saya ingin bekerja")
    text = login(officer("operator")).get(url("client_needs", klien)).text
    assert "Las" in text
    assert "Saya ingin bekerja" not in text


def test_a_need_ends_with_a_reason_where_it_was_not_met(login, pk, klien, database_role):
    need = make.KebutuhanFactory(klien=klien)
    page = url("need_move", klien, need.pk)
    assert login(pk).post(page, {"ke": "tidak"}).context["form"].errors["alasan"] == ["Isi alasan."]
    assert login(pk).post(page, {"ke": "tidak", "alasan": "Tidak ada kuota"}).status_code == 302
    text = login(pk).get(url("client_needs", klien)).text
    assert "Sudah ditutup (1)" in text
    assert "Tidak ada kuota" in text


def test_a_need_that_has_ended_is_refused_in_a_sentence(login, pk, klien):
    need = make.KebutuhanFactory(klien=klien)
    page = url("need_move", klien, need.pk)
    login(pk).post(page, {"ke": "terpenuhi"})
    answer = login(pk).post(page, {"ke": "batal", "alasan": "Keliru"})
    assert answer.status_code == 422
    assert "Kebutuhan ini sudah terpenuhi." in answer.text


def test_a_need_belongs_to_its_client(login, pk, klien, ours):
    other = make.KebutuhanFactory(klien=make.KlienFactory(bapas=ours))
    assert login(pk).get(url("need_move", klien, other.pk)).status_code == 404


def test_only_a_pk_writes_needs(login, officer, klien):
    assert login(officer("operator")).get(url("need_add", klien)).status_code == 403
    text = login(officer("operator")).get(url("client_needs", klien)).text
    assert url("need_add", klien) not in text


def test_the_whole_life_of_a_need_stands_in_the_ledger(login, pk, klien, database_role):
    need = make.KebutuhanFactory(klien=klien)
    page = url("need_move", klien, need.pk)
    for step in (
        {"ke": "dirujuk", "alasan": "BLK Kota Uji"}, {"ke": "tidak", "alasan": "Kuota habis"},
        {"ke": "terbuka", "alasan": "Angkatan baru dibuka"}, {"ke": "dilayani"}, {"ke": "terpenuhi"},
    ):  # fmt: skip
        assert login(pk).post(page, step).status_code == 302
    text = login(pk).get(url("client_needs", klien)).text
    words = ["Dicatat dari bimbingan", "Dirujuk", "Kuota habis", "Dibuka kembali", "Dilayani", "Terpenuhi"]
    places = [text.rindex(word) for word in words]
    assert places == sorted(places)


def test_an_unmet_need_is_opened_again_only_with_a_reason(login, pk, klien):
    need = make.KebutuhanFactory(klien=klien, status="tidak", alasan="Kuota habis", ditutup_pada=timezone.now())
    answer = login(pk).post(url("need_move", klien, need.pk), {"ke": "terbuka"})
    assert answer.context["form"].errors["alasan"] == ["Isi alasan."]


def test_a_changed_priority_is_a_step_of_its_life(login, pk, klien, database_role):
    need = make.KebutuhanFactory(klien=klien, mendesak="nanti")
    page = url("need_edit", klien, need.pk)
    assert (
        login(pk).post(page, {"mendesak": "sekarang", "uraian": "", "kata_klien": "", "versi": "0"}).status_code == 302
    )
    assert "Mendesak: Nanti menjadi Sekarang." in login(pk).get(url("client_needs", klien)).text


def test_nobody_saves_a_need_over_what_somebody_else_saved(login, pk, klien, database_role):
    need = make.KebutuhanFactory(klien=klien, uraian="Las")
    page = url("need_edit", klien, need.pk)
    stale = {"mendesak": "nanti", "uraian": "Las listrik", "kata_klien": "", "versi": "0"}
    login(pk).post(page, {**stale, "uraian": "Las argon"})
    answer = login(pk).post(page, stale)
    assert answer.status_code == 409
    assert "mengubah data ini" in answer.text
    assert "Las argon" in answer.text
    assert "Las listrik" in answer.text
    again = {**stale, "versi": answer.context["versi"]}
    assert login(pk).post(page, again).status_code == 302
    need.refresh_from_db()
    assert need.uraian == "Las listrik"


def test_another_pk_of_the_office_changes_the_priority_but_never_the_words(login, officer, klien):
    need = make.KebutuhanFactory(klien=klien, kata_klien="Saya ingin bekerja")
    page = url("need_edit", klien, need.pk)
    colleague = officer("pk")
    assert "Saya ingin bekerja" not in login(colleague).get(page).text
    login(colleague).post(page, {"mendesak": "nanti", "uraian": "", "kata_klien": "Lain", "versi": "0"})
    need.refresh_from_db()
    assert (need.mendesak, need.kata_klien) == ("nanti", "Saya ingin bekerja")
