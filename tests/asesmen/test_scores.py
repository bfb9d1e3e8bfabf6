"""Scores: category and reason from the bands of the version; a child never under an adult instrument."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from apps.asesmen.models import SkorAsesmen
from apps.dasar.errors import Refused
from apps.klien import services as klien_services
from tests import factories as make
from tests.asesmen.factories import AsesmenFactory, FaktorFactory, InstrumenFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(ours, pk, today):
    return make.KlienFactory(
        bapas=ours, pk_pembimbing=pk, kategori_usia="anak", jenis_register="bimbingan-anak",
        lahir=today.replace(year=today.year - 15, day=1), diregistrasi=today,
    )  # fmt: skip


def page(asesmen):
    return reverse("asesmen:scores", args=[asesmen.klien_id, asesmen.pk])


def score(asesmen, faktor, **facts):
    values = {"untuk": asesmen.untuk, "skor": 8, "kategori": "Sedang", "dari": 7, "sampai": 11, **facts}
    return SkorAsesmen.objects.create(
        bapas=asesmen.bapas, asesmen=asesmen, instrumen=faktor.instrumen, faktor=faktor, oleh=asesmen.asesor, **values
    )


def test_a_score_is_a_word_with_its_reason(login, pk, klien, database_role):
    asesmen, faktor = AsesmenFactory(klien=klien), FaktorFactory()
    browser = login(pk)
    assert browser.post(page(asesmen), {f"skor-{faktor.pk}": "8"}).status_code == 302
    stored = SkorAsesmen.objects.get()
    assert (stored.skor, stored.kategori, stored.dari, stored.sampai, stored.oleh) == (8, "Sedang", 7, 11, pk)
    faktor.pita.filter(mulai=7).update(kategori="Lain", mulai=9)
    text = browser.get(reverse("asesmen:check", args=[klien.pk, asesmen.pk])).text
    assert "Sedang" in text
    assert "skor 8 masuk rentang 7–11 menurut versi 01/2026" in text
    assert "belum diverifikasi" in text


def test_a_score_outside_the_instrument_is_an_error_and_an_empty_one_takes_the_row_away(login, pk, klien):
    asesmen, faktor = AsesmenFactory(klien=klien), FaktorFactory()
    browser = login(pk)
    answer = browser.post(page(asesmen), {f"skor-{faktor.pk}": "18"})
    assert answer.status_code == 422
    assert "isi angka 0 sampai 17" in answer.text
    browser.post(page(asesmen), {f"skor-{faktor.pk}": "3"})
    browser.post(page(asesmen), {f"skor-{faktor.pk}": ""})
    assert not SkorAsesmen.objects.exists()


def test_only_instruments_for_the_age_group_are_offered(login, pk, klien, child):
    FaktorFactory(instrumen__nama="Untuk orang dewasa")
    FaktorFactory(instrumen=InstrumenFactory(nama="Untuk klien anak", untuk="anak"))
    assert "Untuk orang dewasa" in login(pk).get(page(AsesmenFactory(klien=klien))).text
    text = login(pk).get(page(AsesmenFactory(klien=child))).text
    assert "Untuk klien anak" in text
    assert "Untuk orang dewasa" not in text


def test_a_child_without_an_instrument_is_assessed_without_scores(login, pk, child):
    FaktorFactory()
    assert "Belum ada instrumen untuk klien Anak" in login(pk).get(page(AsesmenFactory(klien=child))).text


def test_the_database_refuses_an_adult_band_for_a_child_by_every_door(child, klien):
    adult, draft = FaktorFactory(), AsesmenFactory(klien=child)
    with pytest.raises(IntegrityError, match="skor_instrument_for_age"), transaction.atomic():
        score(draft, adult)
    with pytest.raises(IntegrityError, match="skor_age_of_assessment"), transaction.atomic():
        score(draft, adult, untuk="dewasa")
    with pytest.raises(IntegrityError, match="asesmen_age_of_client"), transaction.atomic():
        AsesmenFactory(klien=child, untuk="dewasa", selesai=True)
    fine = score(AsesmenFactory(klien=klien), adult)
    with pytest.raises(IntegrityError, match="skor_age_of_assessment"), transaction.atomic():
        SkorAsesmen.objects.filter(pk=fine.pk).update(asesmen=draft)
    with pytest.raises(IntegrityError, match="skor_factor_of_instrument"), transaction.atomic():
        SkorAsesmen.objects.filter(pk=fine.pk).update(instrumen=InstrumenFactory())


def test_a_corrected_age_group_follows_and_is_refused_while_adult_scores_stand(klien, today):
    asesmen = AsesmenFactory(klien=klien)
    klien.lahir = today.replace(year=today.year - 15, day=1)
    row = score(asesmen, FaktorFactory())
    with pytest.raises(Refused, match="Klien punya skor instrumen untuk kategori usia lain"):
        klien_services.update(klien=klien, versi=klien.versi, by=klien.pk_pembimbing)
    row.delete()
    klien.refresh_from_db()
    klien.lahir = today.replace(year=today.year - 15, day=1)
    klien_services.update(klien=klien, versi=klien.versi, by=klien.pk_pembimbing)
    asesmen.refresh_from_db()
    assert asesmen.untuk == "anak"


def test_a_wrong_score_is_taken_away_with_a_reason_also_afterwards(login, pk, klien, database_role):
    asesmen = AsesmenFactory(klien=klien, selesai=True)
    row = score(asesmen, FaktorFactory())
    url = reverse("asesmen:score_remove", args=[klien.pk, asesmen.pk, row.pk])
    assert login(pk).post(url, {}).status_code == 422
    assert login(pk).post(url, {"alasan": "Salah lembar"}).status_code == 302
    assert not SkorAsesmen.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jejak_perubahan WHERE tabel = 'asesmen_skorasesmen'")
        assert cursor.fetchone() == (1,)
