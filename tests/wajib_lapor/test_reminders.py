"""What a reminder says, what it never says, and what is written down about it."""

import datetime as dt
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.jejak.models import Akses
from apps.klien.models import JadwalLapor
from apps.wajib_lapor import reminders
from apps.wajib_lapor.models import TeksPengingat
from tests import factories as make

pytestmark = pytest.mark.django_db
BANNED = (
    "bapas", "balai pemasyarakatan", "pemasyarakatan", "klien", "wajib lapor", "lapor", "narapidana", "napi", "pidana",
    "perkara", "kasus", "hukum", "pembebasan", "bersyarat", "lapas", "rutan", "kejaksaan", "bimbingan", "pembimbing",
    "asimilasi", "diversi", "kemenimipas",
)  # fmt: skip
DAY = dt.date(2026, 11, 24)
AHEAD = timezone.localdate() + dt.timedelta(days=9)


@pytest.fixture
def planned(klien):
    """planned(jam=…) → the client with an appointment on a Tuesday, as a page would read it."""

    def plan(day=DAY, **facts):
        JadwalLapor.objects.update(berikutnya=day, janji=day, janji_pada="2026-11-20T00:00Z", **facts)
        return type(klien).objects.for_strip().select_related("jadwal").get()

    return plan


def test_the_words_of_the_portal(planned):
    klien = planned(jam=dt.time(9), tempat="Jalan Melati 4")
    assert reminders.words(klien, reminders.STOCK) == (
        "Mengingatkan pertemuan Bapak Budi hari Selasa, 24 November 2026 pukul 09.00 WITA di Jalan Melati 4. "
        "– Ratna Dewi"
    )


def test_what_is_not_known_is_left_out(planned):
    assert reminders.words(planned(), reminders.STOCK) == (
        "Mengingatkan pertemuan Bapak Budi hari Selasa, 24 November 2026. – Ratna Dewi"
    )


@pytest.mark.parametrize("address", ["", "Jalan Pahlawan 8", "Bapas Kelas I Uji, Jalan Pahlawan 8"])
@pytest.mark.parametrize("place", ["", "Jalan Melati 4", "Kantor Balai Pemasyarakatan"])
@pytest.mark.parametrize("mode", ["", "kantor", "kunjungan"])
def test_nothing_says_why_two_people_meet(planned, ours, address, place, mode):
    ours.alamat = address
    ours.save()
    text = reminders.words(planned(tempat=place, cara=mode, jam=dt.time(9)), reminders.STOCK).lower()
    assert [word for word in BANNED if word in text] == []


def test_the_street_of_the_office_is_used_only_when_they_meet_there(planned, ours):
    ours.alamat = "Jalan Pahlawan 8"
    ours.save()
    assert "di Jalan Pahlawan 8" in reminders.words(planned(cara="kantor"), reminders.STOCK)
    assert "Pahlawan" not in reminders.words(planned(cara="kunjungan"), reminders.STOCK)


@pytest.mark.parametrize(
    ("sex", "age", "word"),
    [("L", "dewasa", "Bapak"), ("P", "dewasa", "Ibu"), ("L", "anak", "Saudara"), ("P", "anak", "Saudari")],
)
def test_people_are_addressed_politely(planned, sex, age, word):
    klien = planned()
    klien.jenis_kelamin, klien.kategori_usia = sex, age
    assert f"pertemuan {word} Budi" in reminders.words(klien, reminders.STOCK)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0812 3456 7890", "6281234567890"), ("+62 812-3456-7890", "6281234567890"),
        ("62812 3456 7890", "6281234567890"),
        ("81234567890", "6281234567890"), ("(021) 555 0199", ""), ("", ""), ("0812", ""),
    ],
)  # fmt: skip
def test_numbers_become_international_or_nothing(written, number):
    assert reminders.mobile(written) == number


def test_opening_whatsapp_is_written_down(login, pk, klien, planned, database_role):
    planned(AHEAD)
    assert "Buka WhatsApp" in login(pk).get(reverse("wajib_lapor:reminder", args=[klien.pk])).text
    answer = login(pk).get(reverse("wajib_lapor:whatsapp", args=[klien.pk]))
    assert answer.url.startswith("https://wa.me/6281234567890?text=Mengingatkan%20pertemuan")
    assert [word for word in BANNED if word in unquote(answer.url).lower()] == []
    assert Akses.objects.filter(objek_id=klien.pk, rincian="pengingat dibuka di WhatsApp").count() == 1


def test_without_a_number_the_text_can_still_be_pasted(login, pk, klien, planned):
    planned(AHEAD)
    klien.telepon = ""
    klien.save()
    page = login(pk).get(reverse("wajib_lapor:reminder", args=[klien.pk])).text
    assert "Mengingatkan pertemuan" in page
    assert "Nomor HP belum dicatat." in page
    assert login(pk).get(reverse("wajib_lapor:whatsapp", args=[klien.pk])).status_code == 404


def test_a_date_that_has_passed_is_not_reminded_of(login, pk, klien):
    page = login(pk).get(reverse("wajib_lapor:reminder", args=[klien.pk])).text
    assert "Tetapkan tanggal dulu" in page
    assert login(pk).get(reverse("wajib_lapor:whatsapp", args=[klien.pk])).status_code == 404


def test_a_day_gives_all_texts_of_own_clients(login, pk, own, ours, planned, klien):
    planned()
    own("Kedua", jadwal__berikutnya=DAY)
    make.KlienFactory(bapas=ours, nama="Klien rekan", jadwal__berikutnya=DAY)
    page = login(pk).get(reverse("wajib_lapor:reminders"), {"hari": DAY.isoformat()})
    assert [one.klien.nama for one in page.context["pengingat"]] == ["Budi Santoso", "Kedua"]
    assert Akses.objects.get().rincian == "teks pengingat 24-11-2026, 2 klien"
    for wrong in ("", "2026-99-99", "kapan"):
        assert login(pk).get(reverse("wajib_lapor:reminders"), {"hari": wrong}).status_code == 404


class TestOwnWords:
    URL = reverse("wajib_lapor:reminder_text")

    def test_an_office_writes_its_own(self, login, officer, planned, theirs, database_role):
        login(officer("operator")).post(self.URL, {"teks": "Halo {panggilan},\n sampai jumpa {tanggal}{jam}."})
        klien = planned(jam=dt.time(9))
        assert reminders.words(klien, reminders.template_of(klien.bapas_id)) == (
            "Halo Budi, sampai jumpa Selasa, 24 November 2026 pukul 09.00 WITA."
        )
        assert reminders.template_of(theirs.pk) == reminders.STOCK

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("Wajib lapor {panggilan} {tanggal}", "Hapus kata “Wajib lapor”"),
            ("Datang ke Bapas {panggilan} {tanggal}", "Hapus kata “Bapas”"),
            ("Halo {panggilan}", "Teks harus memuat {tanggal}."),
            ("Halo {nama} {panggilan} {tanggal}", "{nama} tidak dikenal."),
            ("Halo {panggilan.klien} {tanggal}", "{panggilan.klien} tidak dikenal."),
            ("Halo {panggilan!r} {tanggal}", "Periksa kurung kurawal."),
            ("Halo {panggilan {tanggal}", "Periksa kurung kurawal."),
        ],
    )
    def test_words_that_tell_too_much_or_mean_nothing_are_refused(self, login, officer, text, sentence):
        answer = login(officer("operator")).post(self.URL, {"teks": text})
        assert answer.status_code == 422
        assert answer.context["form"].errors["teks"][0].startswith(sentence)
        assert not TeksPengingat.objects.exists()

    def test_an_empty_text_is_the_portals_own(self, login, officer, ours):
        login(officer("operator")).post(self.URL, {"teks": ""})
        assert reminders.template_of(ours.pk) == reminders.STOCK
