"""The Beranda, the week and bulk scheduling on a phone; taps and keys of two jobs are counted."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from apps.klien.models import CatatanBimbingan, JadwalLapor
from tests import factories as make
from tests.browser.checks import PAGE_BYTES, problems, reflows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390
HOME, AGENDA = reverse("dasbor:beranda"), reverse("wajib_lapor:agenda")


@pytest.fixture
def pk(officer):
    return officer("pk")


@pytest.fixture
def caseload(ours, pk, today):
    """Three own clients: missed, due today with an hour, absent twice."""

    def client(nama, due, **facts):
        return make.KlienFactory(
            bapas=ours, pk_pembimbing=pk, nama=nama, diregistrasi="2026-01-05", telepon="0812 3456 7890",
            jadwal__berikutnya=due, jadwal__pertama=due, **facts,
        )  # fmt: skip

    missed = client("Budi Santoso", today - dt.timedelta(days=9))
    now = client("Siti Rahmawati", today)
    JadwalLapor.objects.filter(klien=now).update(
        janji=today, janji_pada=timezone.now(), jam=dt.time(9), cara="kunjungan", tempat="Jalan Melati 4"
    )
    absent = client("Agus Pratama", today + dt.timedelta(days=12), jadwal__absen_beruntun=2)
    return [missed, now, absent]


def tap_counter(page):
    """Count touches and keys from the next page on."""
    page.context.add_init_script(
        "addEventListener('pointerdown', () => localStorage.ketuk = +(localStorage.ketuk || 0) + 1, true);"
        "addEventListener('keydown', () => localStorage.tombol = +(localStorage.tombol || 0) + 1, true)"
    )
    page.reload()
    page.evaluate("localStorage.ketuk = 0; localStorage.tombol = 0")
    return lambda: (int(page.evaluate("localStorage.ketuk")), int(page.evaluate("localStorage.tombol")))


def tab_to(page, name):
    """Press Tab until the focus rests on the control with this name or text."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()") == name:
            return
    pytest.fail(f"Tab does not reach {name}")


def test_a_full_beranda_is_three_screens_and_a_count_opens_its_group(open_page, pk, ours, caseload, today):
    for n in range(12):
        for days, absences in ((-n - 1, 0), (0, 0), (20, 2), (40, 3)):
            due = today + dt.timedelta(days=days)
            plan = {"jadwal__berikutnya": due, "jadwal__absen_beruntun": absences}
            klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk, diregistrasi=today - dt.timedelta(days=400), **plan)
            make.KebutuhanFactory(klien=klien)
            make.MasaFactory(klien=klien, mulai=today - dt.timedelta(days=400), selesai=today + dt.timedelta(days=n))
    page = open_page(HOME, user=pk, width=PHONE)
    assert page.evaluate("document.documentElement.scrollHeight") <= 3 * 844
    assert (problems(page), reflows(page)) == ([], [])
    folded = page.locator("details.p-grup:not([open])").last
    title = folded.locator("h2").inner_text().rpartition(" (")[0]
    page.locator(".p-lompat a", has_text=title).tap()
    expect(page.locator("details.p-grup", has_text=title).locator("li").first).to_be_visible()


def test_guidance_from_the_beranda_in_three_taps_struck_and_undone(open_page, pk, caseload):
    page = open_page(HOME, user=pk, width=PHONE)
    count = tap_counter(page)
    page.get_by_role("link", name="Catat Budi Santoso").tap()
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_role("heading", name="Baru selesai (1)").wait_for()
    assert count() == (3, 0)
    expect(page.locator("del", has_text="Budi Santoso")).to_have_count(1)
    assert problems(page) == []
    page.get_by_role("button", name="Urungkan Budi Santoso").tap()
    page.get_by_text("Bimbingan diurungkan.").wait_for()
    expect(page.get_by_role("link", name="Catat Budi Santoso")).to_have_count(1)
    assert not CatatanBimbingan.objects.counted().exists()


def test_a_client_is_found_with_two_taps_and_four_keys(open_page, pk, caseload):
    page = open_page(reverse("klien:list"), user=pk, width=PHONE)
    count = tap_counter(page)
    page.get_by_role("searchbox", name="Cari dalam daftar ini").tap()
    page.keyboard.type("sant")
    page.get_by_role("link", name="Cari: sant").wait_for()
    page.get_by_role("link", name="Budi Santoso", exact=True).tap()
    page.get_by_role("heading", name="Berkas klien").wait_for()
    assert count() == (2, 4)


@pytest.mark.parametrize("address", [HOME, AGENDA, reverse("wajib_lapor:attendance")])
def test_pages_are_clean_light_and_reflow(open_page, pk, caseload, address):
    page = open_page(address, user=pk, width=PHONE)
    assert page.transfer.total <= PAGE_BYTES
    assert page.transfer.foreign == []
    assert problems(page) == []
    assert reflows(page) == []
    assert problems(open_page(address, user=pk)) == []


def test_the_week_shows_hour_and_place_and_prints_without_buttons(open_page, pk, caseload):
    page = open_page(AGENDA, user=pk, width=PHONE)
    row = page.locator("li", has_text="Siti Rahmawati")
    expect(row).to_contain_text("09.00")
    expect(row).to_contain_text("Jalan Melati 4")
    page.get_by_role("link", name="Minggu berikutnya").tap()
    page.get_by_role("link", name="Minggu ini", exact=True).tap()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Catat bimbingan Siti Rahmawati")).to_be_hidden()
    expect(page.get_by_role("heading", name="Hari ini")).to_be_visible()
    expect(page.get_by_text("Dicetak oleh")).to_be_visible()


def test_many_are_scheduled_with_the_keyboard_alone_and_taken_back(open_page, pk, caseload, today):
    page = open_page(reverse("klien:list"), user=pk, width=PHONE)
    press, before = page.keyboard.press, JadwalLapor.objects.get(klien=caseload[0]).berikutnya
    tab_to(page, "klien")
    press("Space")
    tab_to(page, "klien")
    press("Space")
    page.get_by_text("2 klien dipilih").wait_for()
    tab_to(page, "Jadwalkan bersama")
    press("Enter")
    page.get_by_role("heading", name="Jadwalkan 2 klien").wait_for()
    assert problems(page) == []
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "sebar")
    page.keyboard.type("1")
    tab_to(page, "langkah")
    press("Enter")
    page.get_by_role("heading", name="Periksa jadwal 2 klien").wait_for()
    assert problems(page) == []
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "langkah")
    press("Enter")
    page.get_by_text("2 klien dijadwalkan.", exact=True).wait_for()
    assert problems(page) == []
    assert len(set(JadwalLapor.objects.filter(janji__gte=today).values_list("berikutnya", flat=True))) >= 2
    page.get_by_role("button", name="Urungkan 2 klien dijadwalkan").focus()
    press("Enter")
    page.get_by_text("Jadwal 2 klien dikembalikan.").wait_for()
    assert JadwalLapor.objects.get(klien=caseload[0]).berikutnya == before


def test_one_schedule_and_its_errors_are_clean(open_page, pk, caseload):
    page = open_page(reverse("wajib_lapor:client", args=[caseload[2].pk]), user=pk, width=PHONE)
    assert problems(page, target=24) == []
    page.get_by_text("Lain", exact=True).tap()
    page.get_by_role("button", name="Simpan jadwal").tap()
    page.get_by_role("link", name="Isi jarak lapor dalam hari.").wait_for()
    assert problems(page) == []
    reminder = open_page(reverse("wajib_lapor:reminder", args=[caseload[2].pk]), user=pk, width=PHONE)
    assert "Mengingatkan pertemuan" in reminder.locator("textarea").input_value()
    assert problems(reminder) == []


def test_a_day_of_reminders_is_copied_one_by_one(open_page, pk, caseload, today):
    page = open_page(AGENDA, user=pk, width=PHONE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Teks pengingat").first.tap()
    page.get_by_role("button", name="Salin teks").tap()
    page.get_by_role("button", name="Tersalin").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Mengingatkan pertemuan Bapak Contoh hari")
    assert "pukul 09.00 WITA di Jalan Melati 4. – " in copied
    assert problems(page) == []
