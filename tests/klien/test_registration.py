"""Registering and changing a client through the pages."""

import datetime as dt

import pytest
from django.urls import reverse

from apps.acuan.models import HariLibur
from apps.klien.models import Klien, Perkara
from tests import factories as make

pytestmark = pytest.mark.django_db
CREATE = reverse("klien:create")


@pytest.fixture
def typed(pk, today):
    """typed(nama="…") → what is typed for an adult with all required fields."""

    def form(**facts):
        return {
            "nama": "Siti Rahmawati", "panggilan": "Siti", "lahir": "1995-02-01", "jenis_kelamin": "P",
            "kabkota": make.KabKotaFactory().pk, "nomor_register": "17", "tahun_register": "2026",
            "diregistrasi": today.isoformat(), "pk_pembimbing": pk.pk, "jenis_program": make.JenisProgramFactory().pk,
            "sk_nomor": "PAS-1", "sk_tanggal": "2026-11-02", "mulai": "2026-11-02", "selesai": "2027-05-03",
            "frekuensi_hari": "30", **facts,
        }  # fmt: skip

    return form


@pytest.mark.parametrize("peran", ["pk", "operator"])
def test_one_page_opens_a_file(login, officer, typed, peran, database_role):
    user = officer(peran)
    case = {"pasal": "Pasal 111", "pengadilan": "PN Contoh"}
    answer = login(user).post(CREATE, typed(nik="3201 0101 0101 0001", alamat="Jalan Melati 7", **case))
    klien = Klien.objects.get()
    assert answer.url == f"{reverse('klien:detail', args=[klien.pk])}?baru=1"
    assert (klien.nik, klien.alamat, klien.dibuat_oleh) == ("3201010101010001", "Jalan Melati 7", user)
    assert klien.perkara.pasal == "Pasal 111"
    text = login(user).get(answer.url).text
    assert "Klien terdaftar" in text
    assert klien.kode in text


def test_the_first_reporting_date_steps_over_weekends_and_holidays(login, pk, typed):
    HariLibur.objects.create(tanggal=dt.date(2026, 12, 14), nama="Libur uji")
    answer = login(pk).post(CREATE, typed(diregistrasi="2026-11-12"))
    assert answer.status_code == 302
    assert Klien.objects.get().jadwal.pertama == dt.date(2026, 12, 15)  # the 12th is a Saturday, the 14th a holiday


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"nama": ""}, "nama", "Isi nama lengkap."),
        ({"nik": "12345"}, "nik", "NIK terdiri dari 16 angka. Periksa kembali."),
        ({"telepon": "rumah"}, "telepon", "Tulis nomor HP dengan angka, misalnya 0812 3456 7890."),
        ({"lahir": "2090-01-01"}, "lahir", "Tanggal lahir tidak mungkin. Periksa tahun."),
        ({"selesai": "2026-01-01"}, "selesai", "Habis masa bimbingan tidak boleh sebelum mulai bimbingan."),
        ({"lahir": "2012-01-01"}, "jenis_program", "Program ini tidak berlaku untuk klien anak."),
        ({"pidana": "1 tahun"}, "pasal", "Isi pasal, atau kosongkan semua isian perkara."),
        ({"frekuensi_hari": "400"}, "frekuensi_hari", "Frekuensi lapor antara 1 dan 180 hari."),
    ],
)
def test_mistakes_are_named_at_their_field_and_nothing_typed_is_lost(login, pk, typed, facts, field, sentence):
    answer = login(pk).post(CREATE, typed(kelurahan="Cibadak", **facts))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert 'value="Cibadak"' in answer.text
    assert not Klien.objects.exists()


def test_a_registration_date_in_the_future_is_refused_on_the_clock_of_the_office(login, pk, typed, today):
    answer = login(pk).post(CREATE, typed(diregistrasi=(today + dt.timedelta(days=1)).isoformat()))
    assert "tidak boleh setelah hari ini" in answer.text


def test_a_taken_register_number_is_said_beside_the_field(login, pk, typed):
    make.KlienFactory(bapas=pk.penugasan.bapas, nomor_register="17")
    answer = login(pk).post(CREATE, typed())
    assert answer.context["form"].errors["nomor_register"] == ["Nomor register ini sudah dipakai di kantor Anda."]


def test_somebody_active_elsewhere_gets_a_neutral_sentence(login, pk, officer, theirs, typed, database_role):
    stranger = officer("pk", bapas=theirs)
    login(stranger).post(CREATE, typed(nik="3201010101010001", pk_pembimbing=stranger.pk))
    answer = login(pk).post(CREATE, typed(nik="3201010101010001"))
    assert answer.status_code == 422
    assert "Orang ini sudah terdaftar aktif. Periksa kembali NIK." in answer.text
    assert theirs.nama not in answer.text


def test_a_double_click_registers_once(login, pk, typed):
    first, second = (login(pk).post(CREATE, typed()) for _ in range(2))
    assert first.url == second.url
    assert Klien.objects.count() == 1


def test_only_officers_of_the_own_office_can_be_chosen(login, pk, officer, theirs, typed):
    stranger = officer("pk", bapas=theirs)
    assert login(pk).post(CREATE, typed(pk_pembimbing=stranger.pk)).status_code == 422


# --- change ---------------------------------------------------------------------------------------


def change(klien, **facts):
    form = {
        "nama": klien.nama, "panggilan": klien.panggilan, "lahir": klien.lahir.isoformat(), "versi": klien.versi,
        "jenis_kelamin": klien.jenis_kelamin, "kabkota": klien.kabkota_id, "nomor_register": klien.nomor_register,
        "tahun_register": klien.tahun_register, "diregistrasi": klien.diregistrasi.isoformat(),
        "pk_pembimbing": klien.pk_pembimbing_id, "frekuensi_hari": 30,
    }  # fmt: skip
    return {**form, **facts}


def test_a_change_is_saved(login, pk, klien, database_role):
    url = reverse("klien:edit", args=[klien.pk])
    answer = login(pk).post(url, change(klien, nama="Budi S.", nik="3201010101010009", frekuensi_hari=14))
    assert answer.url == reverse("klien:detail", args=[klien.pk])
    klien = Klien.objects.get(pk=klien.pk)
    assert (klien.nama, klien.nik, klien.versi) == ("Budi S.", "3201010101010009", 2)
    assert klien.orang.nik_hmac
    assert klien.jadwal.frekuensi_hari == 14


def test_two_changes_meet_on_a_page_that_shows_both(login, pk, officer, klien, database_role):
    url = reverse("klien:edit", args=[klien.pk])
    login(officer("operator", nama="Siti R.")).post(url, change(klien, nama="Budi A."))
    answer = login(pk).post(url, change(klien, nama="Budi B.", pekerjaan="Tukang las"))
    assert answer.status_code == 409
    assert Klien.objects.get(pk=klien.pk).nama == "Budi A."
    assert "Siti R. mengubah data ini pukul" in answer.text
    for value in ("Budi A.", "Budi B."):
        assert f'type="radio" name="nama" value="{value}"' in answer.text
    chosen = change(klien, nama="Budi A.", pekerjaan="Tukang las", versi=2)
    assert login(pk).post(url, chosen).status_code == 302
    assert (Klien.objects.get(pk=klien.pk).nama, Klien.objects.get(pk=klien.pk).pekerjaan) == ("Budi A.", "Tukang las")


# --- case -----------------------------------------------------------------------------------------


def test_the_case_can_be_written_later_and_corrected(login, pk, klien, database_role):
    url = reverse("klien:case_edit", args=[klien.pk])
    for pasal in ("Pasal 1", "Pasal 2"):
        assert login(pk).post(url, {"pasal": pasal, "golongan": "umum"}).url == reverse("klien:case", args=[klien.pk])
    assert Perkara.objects.get(klien=klien).pasal == "Pasal 2"


def test_the_head_reads_the_case_and_does_not_write_it(login, officer, klien):
    head = officer("kabapas")
    assert login(head).get(reverse("klien:case", args=[klien.pk])).status_code == 200
    assert login(head).get(reverse("klien:case_edit", args=[klien.pk])).status_code == 403
