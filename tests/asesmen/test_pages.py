"""An assessment through its pages."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.asesmen.models import Asesmen, IsianDomain
from apps.jejak.models import Akses, Riwayat
from apps.klien.models import Kebutuhan
from tests import factories as make
from tests.asesmen.factories import AsesmenFactory, ButirFactory

pytestmark = pytest.mark.django_db
AUTO = {"X-Simpan-Otomatis": "1"}


def begin(browser, address, **typed):
    browser.post(address("begin"), typed)
    return Asesmen.objects.drafts().get()


def test_from_the_first_page_to_the_ledger(login, pk, klien, categories, address, fill, today, database_role):
    browser, category = login(pk), categories["kerja"]
    asesmen = begin(browser, address)
    assert (asesmen.jenis, asesmen.untuk, asesmen.asesor, asesmen.bapas) == ("awal", "dewasa", pk, klien.bapas)
    assert "Selesai 0 dari 8" in browser.get(address("detail", asesmen)).text
    fill(browser, asesmen, category)
    assert "Selesai 8 dari 8" in browser.get(address("detail", asesmen)).text
    answer = browser.post(address("check", asesmen), {"tanggal": today.isoformat(), "dibacakan": "on"})
    assert answer.url == address("detail", asesmen) + "?baru=1"
    need = Kebutuhan.objects.get()
    assert (need.kategori, need.mendesak, need.sumber, need.kata_klien, need.status) == (
        category, "sekarang", "asesmen", "Ingin kerja", "terbuka",
    )  # fmt: skip
    text = browser.get(answer.url).text
    assert "Asesmen tersimpan" in text
    assert "Sudah dibacakan kepada klien" in text
    ledger = browser.get(reverse("klien:client_needs", args=[klien.pk])).text
    assert address("detail", asesmen) in ledger
    assert "Dicatat dari asesmen" in ledger


def test_the_ledger_links_an_assessment_only_for_those_who_may_read_it(
    login, pk, officer, klien, categories, address, fill, today
):
    asesmen = begin(login(pk), address)
    fill(login(pk), asesmen, categories["kerja"])
    login(pk).post(address("check", asesmen), {"tanggal": today.isoformat()})
    ledger = reverse("klien:client_needs", args=[klien.pk])
    for peran, offered in (("operator", False), ("pk", False), ("kabapas", True)):
        assert (address("detail", asesmen) in login(officer(peran)).get(ledger).text) is offered


def test_a_second_click_on_begin_or_finish_changes_nothing(login, pk, klien, categories, address, fill, today):
    browser = login(pk)
    asesmen = begin(browser, address)
    assert browser.post(address("begin")).url == address("detail", asesmen)
    fill(browser, asesmen, categories["kerja"])
    for _ in range(2):
        assert browser.post(address("check", asesmen), {"tanggal": today.isoformat()}).status_code == 302
    assert Asesmen.objects.count() == Kebutuhan.objects.count() == 1


def test_half_an_answer_is_kept_and_the_button_says_what_is_missing(login, pk, categories, address, database_role):
    browser, category = login(pk), categories["kerja"]
    asesmen = begin(browser, address)
    page = address("domain", asesmen, "kerja")
    answer = browser.post(page, {"kekuatan": "Bisa las", f"ada-{category.pk}": "on", "versi": "0"})
    assert answer.status_code == 422
    assert "Pilih seberapa mendesak: Kebutuhan kerja." in answer.text
    again = browser.get(page).text
    assert "Bisa las" in again
    assert "Sebagian" in browser.get(address("detail", asesmen)).text


def test_a_page_saves_itself_and_tells_version_and_time(login, pk, categories, address, database_role):
    browser = login(pk)
    asesmen = begin(browser, address)
    page = address("domain", asesmen, "kerja")
    answer = browser.post(page, {"kekuatan": "Bisa las", "versi": "0"}, headers=AUTO)
    assert answer.status_code == 204
    assert answer["X-Versi"] == "1"
    assert answer["X-Tersimpan"].startswith("Tersimpan ")
    assert answer["X-Tersimpan"].endswith(" WITA")
    assert IsianDomain.objects.get(domain="kerja").kekuatan == "Bisa las"


def test_two_screens_do_not_overwrite_each_other(login, pk, categories, address, database_role):
    browser = login(pk)
    asesmen = begin(browser, address)
    page = address("domain", asesmen, "kerja")
    browser.post(page, {"kekuatan": "Dari layar pertama", "versi": "0"}, headers=AUTO)
    stale = {"kekuatan": "Dari layar kedua", "tanpa_kebutuhan": "on", "versi": "0"}
    assert browser.post(page, stale, headers=AUTO).status_code == 409
    answer = browser.post(page, stale)
    assert answer.status_code == 409
    assert "Dari layar pertama" in answer.text
    assert "Dari layar kedua" in answer.text
    chosen = {**stale, "versi": answer.context["isian"].versi}
    assert browser.post(page, chosen).status_code == 302
    assert IsianDomain.objects.get(domain="kerja").kekuatan == "Dari layar kedua"


def test_the_same_answer_sent_again_is_no_conflict(login, pk, categories, address):
    browser = login(pk)
    page = address("domain", begin(browser, address), "kerja")
    typed = {"kekuatan": "Sama", "tanpa_kebutuhan": "on", "versi": "0"}
    assert browser.post(page, typed, headers=AUTO).status_code == 204
    assert browser.post(page, typed, headers=AUTO).status_code == 204
    assert IsianDomain.objects.get(domain="kerja").versi == 1


def test_a_domain_needs_one_clear_answer(login, pk, categories, address):
    browser, category = login(pk), categories["kerja"]
    page = address("domain", begin(browser, address), "kerja")
    assert "centang “Tidak ada kebutuhan di bidang ini”" in browser.post(page, {"versi": "0"}).text
    both = {f"ada-{category.pk}": "on", f"mendesak-{category.pk}": "nanti", "tanpa_kebutuhan": "on", "versi": "0"}
    assert "tidak keduanya" in browser.post(page, both).text


def test_an_unfinished_assessment_is_not_saved_as_finished(login, pk, klien, categories, address, today):
    browser = login(pk)
    asesmen = begin(browser, address)
    answer = browser.post(address("check", asesmen), {"tanggal": today.isoformat()})
    assert answer.status_code == 409
    assert "Belum lengkap: Tempat tinggal" in answer.text
    assert not Kebutuhan.objects.exists()


def test_nothing_is_found_missing_for_a_client_whose_guidance_has_ended(login, pk, klien, today):
    """A draft that was left open writes no needs into the ledger; it goes on when the registration is opened again."""
    ended = make.KlienFactory(bapas=klien.bapas, pk_pembimbing=pk, diregistrasi=today, status="selesai")
    asesmen = AsesmenFactory(klien=ended)
    browser = login(pk)
    asesmen.isian.update(tanpa_kebutuhan=True, disimpan_pada=timezone.now())
    check = reverse("asesmen:check", args=[ended.pk, asesmen.pk])
    answer = browser.post(check, {"tanggal": today.isoformat()})
    assert (answer.status_code, "berstatus selesai" in answer.text) == (409, True)
    assert ended.kode not in browser.get("/").text


def test_a_finished_assessment_is_not_changed_any_more(login, pk, klien, address):
    asesmen = AsesmenFactory(klien=klien, selesai=True)
    assert login(pk).post(address("domain", asesmen, "kerja"), {"versi": "0"}).status_code == 404
    assert login(pk).get(address("check", asesmen)).url == address("detail", asesmen)


def test_copying_prefills_every_domain_marks_changes_and_has_to_be_looked_at(
    login, pk, klien, categories, address, today, database_role
):
    last = AsesmenFactory(
        klien=klien, selesai=True, tanggal=today - dt.timedelta(days=400), isi__kekuatan="Punya kios",
        isi__tanpa_kebutuhan=True,
    )  # fmt: skip
    ButirFactory(isian=last.isian.get(domain="kerja"), kategori=categories["kerja"], uraian="Modal")
    last.isian.filter(domain="kerja").update(tanpa_kebutuhan=False)
    browser = login(pk)
    asesmen = begin(browser, address, salin="ya")
    assert (asesmen.jenis, asesmen.salin_dari) == ("tahunan", last)
    tasks = browser.get(address("detail", asesmen)).text
    assert "Selesai 0 dari 8" in tasks
    assert tasks.count("Sebagian") == 8
    page = address("domain", asesmen, "kerja")
    assert "Belum ada yang diubah" in browser.get(page).text
    category = categories["kerja"].pk
    typed = {"kekuatan": "Kios ramai", f"ada-{category}": "on", f"mendesak-{category}": "nanti",
             f"uraian-{category}": "Modal", "versi": "0"}  # fmt: skip
    browser.post(page, typed)
    marked = browser.get(page).text
    assert "kekuatan, Kebutuhan kerja" in " ".join(marked.split())
    assert "Selesai 1 dari 8" in browser.get(address("detail", asesmen)).text


def test_a_need_that_is_open_already_is_brought_up_to_date_not_doubled(
    login, pk, klien, categories, address, fill, today, database_role
):
    old = make.KebutuhanFactory(klien=klien, kategori=categories["kerja"], mendesak="nanti", uraian="Cari kerja")
    other = make.KebutuhanFactory(klien=klien, kategori=categories["sehat"])
    browser = login(pk)
    asesmen = begin(browser, address)
    fill(browser, asesmen, categories["kerja"])
    text = browser.get(address("check", asesmen)).text
    assert "Sudah terbuka sejak" in text
    assert "Kebutuhan lain yang tetap terbuka" in text
    browser.post(address("check", asesmen), {"tanggal": today.isoformat()})
    assert Kebutuhan.objects.count() == 2
    old.refresh_from_db(), other.refresh_from_db()
    assert (old.mendesak, old.uraian, old.kata_klien, old.status) == (
        "sekarang",
        "Cari kerja",
        "Ingin kerja",
        "terbuka",
    )
    assert other.status == "terbuka"
    assert "Mendesak: Nanti menjadi Sekarang." in Riwayat.objects.get(objek="kebutuhan", objek_id=old.pk).catatan


def test_a_need_that_was_not_met_is_opened_again(login, pk, klien, categories, address, fill, today):
    old = make.KebutuhanFactory(
        klien=klien, kategori=categories["kerja"], status="tidak", alasan="Kuota habis", ditutup_pada=klien.dibuat_pada
    )
    browser = login(pk)
    asesmen = begin(browser, address)
    fill(browser, asesmen, categories["kerja"])
    browser.post(address("check", asesmen), {"tanggal": today.isoformat()})
    old.refresh_from_db()
    assert (Kebutuhan.objects.count(), old.status, old.ditutup_pada) == (1, "terbuka", None)


def test_the_day_of_the_assessment_is_possible(login, pk, klien, categories, address, fill, today):
    browser = login(pk)
    asesmen = begin(browser, address)
    fill(browser, asesmen, categories["kerja"])
    for day, words in ((1, "tidak boleh setelah hari ini"), (-1, "tidak boleh sebelum klien diregistrasi")):
        typed = {"tanggal": (today + dt.timedelta(days=day)).isoformat()}
        answer = browser.post(address("check", asesmen), typed)
        assert answer.status_code == 422
        assert words in answer.text


def test_reading_aloud_can_be_noted_afterwards(login, pk, klien, address, database_role):
    asesmen = AsesmenFactory(klien=klien, selesai=True)
    browser = login(pk)
    browser.post(address("read_aloud", asesmen))
    assert "Sudah dibacakan kepada klien" in browser.get(address("detail", asesmen)).text


def test_a_draft_is_given_up_with_a_reason_and_makes_room(login, pk, klien, address, database_role):
    asesmen = AsesmenFactory(klien=klien)
    browser = login(pk)
    assert browser.post(address("drop", asesmen), {"alasan": "Klien pindah"}).url == address("list")
    assert begin(browser, address).pk != asesmen.pk


def test_the_content_is_for_the_pk_of_the_client_and_the_head(login, officer, klien, address):
    asesmen = AsesmenFactory(klien=klien, selesai=True, isi__kekuatan="Isi rahasia")
    page, listed = address("detail", asesmen), address("list")
    assert "Isi rahasia" in login(officer("kabapas")).get(page).text
    assert login(officer("operator")).get(page).status_code == 403
    for role in ("operator", "pk"):
        text = login(officer(role)).get(listed).text
        assert "Asesmen awal" in text
        assert page not in text
    assert login(officer("pk")).get(page).status_code == 404


def test_a_colleague_is_told_who_is_filling_in_the_draft(login, officer, klien, address):
    AsesmenFactory(klien=klien)
    answer = login(officer("pk")).post(address("begin"))
    assert answer.status_code == 409
    assert "sedang diisi oleh Ratna Dewi" in answer.text


def test_nobody_assesses_a_client_whose_guidance_is_over(login, pk, ours):
    over = make.KlienFactory(bapas=ours, pk_pembimbing=pk, status="selesai")
    answer = login(pk).post(reverse("asesmen:begin", args=[over.pk]))
    assert answer.status_code == 409
    assert "berstatus selesai" in answer.text


def test_the_database_keeps_one_open_draft_per_client(klien):
    AsesmenFactory(klien=klien)
    with pytest.raises(IntegrityError, match="asesmen_one_open_draft"), transaction.atomic():
        AsesmenFactory(klien=klien)


def test_a_page_that_saves_itself_does_not_fill_the_trail(login, pk, klien, categories, address):
    browser = login(pk)
    page = address("domain", begin(browser, address), "kerja")
    before = Akses.objects.count()
    browser.post(page, {"kekuatan": "Rajin", "versi": "0"}, headers=AUTO)
    assert Akses.objects.count() == before
    browser.get(page)
    assert Akses.objects.count() == before + 1
