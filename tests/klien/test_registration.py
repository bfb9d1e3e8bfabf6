"""Registering and changing a client through the pages."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from apps.acuan.models import HariLibur
from apps.klien.forms.registration import BY_SLUG, STEPS
from apps.klien.models import DrafRegistrasi, Klien
from apps.klien.tasks import remove_outdated_drafts
from tests import factories as make

pytestmark = pytest.mark.django_db
CREATE = reverse("klien:create")
KEY = "3f0c5d0e-7d1f-4c49-9f0f-2a4f1f0b7c11"


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


@pytest.fixture
def register(login, typed):
    """register(user, nama="…") → the answer to the last click, after all pages were filled and sent."""

    def walk(user, **facts):
        browser, form = login(user), typed(**facts)
        address = CREATE
        for step in STEPS:
            page = {name: form[name] for name in step.isian if name in form}
            answer = browser.post(address, {**page, "draf": KEY})
            if answer.status_code != 302:
                return answer
            address = answer.url
        assert address == reverse("klien:register_check", args=[KEY])
        assert browser.get(address).status_code == 200
        return browser.post(address)

    return walk


@pytest.mark.parametrize("peran", ["pk", "operator"])
def test_five_pages_and_a_check_open_a_file(login, officer, register, peran, database_role):
    user = officer(peran)
    vouching = {"penjamin_nama": "Sri Wahyuni", "penjamin_hubungan": "pasangan", "penjamin_telepon": "0812 3456 7890"}
    facts = {"pasal": "Pasal 111", "alamat": "Jalan Melati 7", "agama": "islam", "alias": "Rahma", **vouching}
    answer = register(user, nik="3201 0101 0101 0001", **facts)
    klien = Klien.objects.get()
    assert answer.url == f"{reverse('klien:detail', args=[klien.pk])}?baru=1"
    assert (klien.nik, klien.alamat, klien.dibuat_oleh) == ("3201010101010001", "Jalan Melati 7", user)
    assert (klien.perkara.pasal, klien.agama, klien.alias) == ("Pasal 111", "islam", "Rahma")
    assert klien.penjamin.get().telepon == "0812 3456 7890"
    text = login(user).get(answer.url).text
    assert "Klien terdaftar" in text
    assert klien.kode in text
    assert DrafRegistrasi.objects.get().isi == ""


def test_the_first_reporting_date_steps_over_weekends_and_holidays(pk, register):
    HariLibur.objects.create(tanggal=dt.date(2026, 12, 14), nama="Libur uji")
    register(pk, diregistrasi="2026-11-12")
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
        ({"golongan": "narkotika"}, "pasal", "Isi pasal, atau kosongkan semua isian perkara."),
        ({"penjamin_nama": "Sri"}, "penjamin_hubungan",
         "Isi hubungan dengan klien, atau kosongkan semua isian penjamin."),
        ({"frekuensi_hari": "400"}, "frekuensi_hari", "Frekuensi lapor antara 1 dan 180 hari."),
    ],
)  # fmt: skip
def test_a_mistake_is_named_on_its_page_and_nothing_typed_is_lost(login, pk, register, facts, field, sentence):
    answer = register(pk, alias="Cibadak", **facts)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [sentence]}
    assert not Klien.objects.exists()
    assert 'value="Cibadak"' in login(pk).get(reverse("klien:register_step", args=[KEY, "identitas"])).text


def test_a_draft_is_offered_to_its_writer_and_to_nobody_else(login, pk, officer, typed):
    login(pk).post(CREATE, {"draf": KEY, "nama": "Siti Rahmawati"})
    assert "Lanjutkan pendaftaran Siti Rahmawati" in login(pk).get(CREATE).text
    assert "Lanjutkan pendaftaran" in login(pk).get("/").text
    colleague = officer("pk")
    assert "Siti Rahmawati" not in login(colleague).get(CREATE).text
    for name, args in (("register_check", [KEY]), ("register_step", [KEY, "masa"]), ("register_discard", [KEY])):
        assert login(colleague).get(reverse(f"klien:{name}", args=args)).status_code == 404


def test_a_draft_is_unreadable_in_the_database(login, pk):
    login(pk).post(CREATE, {"draf": KEY, "nama": "Siti Rahmawati", "nik": "3201010101010001"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT isi FROM klien_drafregistrasi")
        (isi,) = cursor.fetchone()
    assert b"Siti" not in bytes(isi)
    assert b"3201010101010001" not in bytes(isi)


def test_a_page_without_a_word_makes_no_draft(login, pk):
    assert login(pk).post(CREATE, {"draf": KEY}).status_code == 422
    assert not DrafRegistrasi.objects.exists()


def test_a_draft_can_be_thrown_away(login, pk):
    login(pk).post(CREATE, {"draf": KEY, "nama": "Siti Rahmawati"})
    address = reverse("klien:register_discard", args=[KEY])
    assert "Hapus draf pendaftaran ini?" in login(pk).get(address).text
    assert login(pk).post(address).url == CREATE
    assert not DrafRegistrasi.objects.exists()


def test_drafts_wait_a_week_and_go(login, pk):
    login(pk).post(CREATE, {"draf": KEY, "nama": "Siti Rahmawati"})
    DrafRegistrasi.objects.update(diubah_pada=timezone.now() - dt.timedelta(days=6, hours=23))
    remove_outdated_drafts()
    assert "Lanjutkan pendaftaran" in login(pk).get(CREATE).text
    DrafRegistrasi.objects.update(diubah_pada=timezone.now() - dt.timedelta(days=7, minutes=1))
    assert "Lanjutkan pendaftaran" not in login(pk).get(CREATE).text
    remove_outdated_drafts()
    assert not DrafRegistrasi.objects.exists()


def test_the_check_names_what_is_missing_and_links_to_its_field(login, pk):
    for address in (CREATE, *(reverse("klien:register_step", args=[KEY, step.slug]) for step in STEPS[1:])):
        login(pk).post(address, {"draf": KEY, "nama": "Siti Rahmawati"})
    address = reverse("klien:register_check", args=[KEY])
    text = login(pk).get(address).text
    assert f'{reverse("klien:register_step", args=[KEY, "masa"])}#id_sk_nomor">Isi nomor SK/putusan.' in text
    assert login(pk).post(address).status_code == 422
    assert not Klien.objects.exists()


def test_who_comes_back_goes_on_with_the_first_page_that_is_missing_or_wrong(login, pk, typed):
    address = reverse("klien:register_check", args=[KEY])
    login(pk).post(CREATE, {"draf": KEY, "nama": "Siti Rahmawati"})
    assert login(pk).get(address).url == reverse("klien:register_step", args=[KEY, "identitas"])
    form = typed()
    right = {name: form[name] for name in STEPS[0].isian if name in form}
    login(pk).post(CREATE, {"draf": KEY, **right})
    assert login(pk).get(address).url == reverse("klien:register_step", args=[KEY, "perkara"])


def test_an_answer_changed_from_the_check_leads_back_to_it(login, pk, register, typed):
    register(pk, penjamin_nama="Sri")  # stops at the guarantor's page
    form = typed(penjamin_nama="Sri", penjamin_hubungan="saudara")
    browser, check = login(pk), reverse("klien:register_check", args=[KEY])
    for slug in ("penjamin", "lapor", "identitas"):
        step = BY_SLUG[slug]
        page = {name: form[name] for name in step.isian if name in form}
        answer = browser.post(reverse("klien:register_step", args=[KEY, slug]), page)
    assert answer.url == check
    assert "Saudara kandung" in browser.get(check).text


def test_a_registration_date_in_the_future_is_refused_on_the_clock_of_the_office(pk, register, today):
    answer = register(pk, diregistrasi=(today + dt.timedelta(days=1)).isoformat())
    assert "tidak boleh setelah hari ini" in answer.text


def test_a_taken_register_number_is_said_beside_the_field(pk, register):
    make.KlienFactory(bapas=pk.penugasan.bapas, nomor_register="17")
    answer = register(pk)
    assert answer.context["form"].errors["nomor_register"] == ["Nomor register ini sudah dipakai di kantor Anda."]


def test_a_namesake_born_on_the_same_day_is_shown_and_can_be_confirmed(pk, ours, register, database_role):
    twin = make.KlienFactory(bapas=ours, nama="Siti Rachmawati", lahir=dt.date(1995, 2, 1))
    answer = register(pk)
    assert answer.status_code == 422
    assert twin.kode in answer.text
    assert register(pk, bukan_ganda="on").status_code == 302
    assert Klien.objects.filter(nama="Siti Rahmawati").exists()


def test_a_namesake_elsewhere_or_of_another_age_is_nobodys_business(pk, ours, theirs, register):
    make.KlienFactory(bapas=theirs, nama="Siti Rahmawati", lahir=dt.date(1995, 2, 1))
    make.KlienFactory(bapas=ours, nama="Siti Rahmawati", lahir=dt.date(1985, 2, 1))
    assert register(pk).status_code == 302


def test_the_nik_of_an_active_client_of_the_office_is_said_at_once(login, pk, register):
    register(pk, nik="3201010101010001")
    first = Klien.objects.get()
    answer = login(pk).post(CREATE, {"nama": "Lain", "lahir": "1980-01-01", "nik": "3201010101010001"})
    assert answer.context["form"].errors["nik"] == [f"NIK ini sudah dipakai klien aktif {first.kode} di kantor Anda."]


def test_somebody_active_elsewhere_gets_a_neutral_sentence_at_the_end(pk, officer, theirs, register, database_role):
    stranger = officer("pk", bapas=theirs)
    register(stranger, nik="3201010101010001", pk_pembimbing=stranger.pk)
    answer = register(pk, nik="3201010101010001")
    assert answer.status_code == 409
    assert "Orang ini sudah terdaftar aktif. Periksa kembali NIK." in answer.text
    assert theirs.nama not in answer.text
    assert DrafRegistrasi.objects.get(oleh=pk).isi != ""


def test_a_double_click_registers_once(login, pk, register):
    first = register(pk)
    second = login(pk).post(reverse("klien:register_check", args=[KEY]))
    assert first.url == second.url
    assert Klien.objects.count() == 1


def test_only_officers_of_the_own_office_can_be_chosen(pk, officer, theirs, register):
    assert register(pk, pk_pembimbing=officer("pk", bapas=theirs).pk).status_code == 422


def test_the_check_shows_what_will_be_stored_about_work(login, pk, register):
    register(pk, kegiatan_utama="sekolah", pekerjaan="Petani", sk_nomor="")  # stops at the term
    login(pk).post(reverse("klien:register_step", args=[KEY, "masa"]), {"sk_nomor": "PAS-1"})
    for slug in ("penjamin", "lapor"):
        login(pk).post(reverse("klien:register_step", args=[KEY, slug]), {})
    text = login(pk).get(reverse("klien:register_check", args=[KEY])).text
    assert "Sekolah atau kuliah" in text
    assert "Petani" not in text


def test_work_is_asked_once_and_stored(pk, register):
    register(pk, kegiatan_utama="bekerja", pekerjaan="Penjahit", bersekolah="on")
    klien = Klien.objects.get()
    assert (klien.kegiatan_utama, klien.pekerjaan, klien.bersekolah) == ("bekerja", "Penjahit", True)


def test_a_draft_from_before_the_question_says_it_with_its_words(pk, register):
    register(pk, pekerjaan="belum bekerja")
    assert (Klien.objects.get().kegiatan_utama, Klien.objects.get().pekerjaan) == ("tidak", "")


# --- change ---------------------------------------------------------------------------------------


def change(klien, **facts):
    form = {
        "nama": klien.nama, "panggilan": klien.panggilan, "lahir": klien.lahir.isoformat(), "versi": klien.versi,
        "jenis_kelamin": klien.jenis_kelamin, "kabkota": klien.kabkota_id, "nomor_register": klien.nomor_register,
        "tahun_register": klien.tahun_register, "diregistrasi": klien.diregistrasi.isoformat(),
        "pk_pembimbing": klien.pk_pembimbing_id,
    }  # fmt: skip
    return {**form, **facts}


def test_a_change_is_saved(login, pk, klien, database_role):
    url = reverse("klien:edit", args=[klien.pk])
    answer = login(pk).post(url, change(klien, nama="Budi S.", nik="3201010101010009"))
    assert answer.url == reverse("klien:detail", args=[klien.pk])
    klien = Klien.objects.get(pk=klien.pk)
    assert (klien.nama, klien.nik, klien.versi) == ("Budi S.", "3201010101010009", 2)
    assert klien.orang.nik_hmac


def test_two_changes_meet_on_a_page_that_shows_both(login, pk, officer, klien, database_role):
    url = reverse("klien:edit", args=[klien.pk])
    login(officer("operator", nama="Siti R.")).post(url, change(klien, nama="Budi A."))
    answer = login(pk).post(url, change(klien, nama="Budi B.", pekerjaan="Tukang las"))  # the words say it
    assert answer.status_code == 409
    assert Klien.objects.get(pk=klien.pk).nama == "Budi A."
    assert "Siti R. mengubah data ini pukul" in answer.text
    for value in ("Budi A.", "Budi B."):
        assert f'type="radio" name="nama" value="{value}"' in answer.text
    chosen = change(klien, nama="Budi A.", pekerjaan="Tukang las", versi=2)
    assert login(pk).post(url, chosen).status_code == 302
    assert (Klien.objects.get(pk=klien.pk).nama, Klien.objects.get(pk=klien.pk).pekerjaan) == ("Budi A.", "Tukang las")


def test_the_sentence_about_a_missing_officer_keeps_the_name_of_the_post(login, pk, klien):
    text = login(pk).post(reverse("klien:edit", args=[klien.pk]), {"versi": klien.versi}).text
    assert "Pilih Pembimbing Kemasyarakatan." in text
