"""The coordinator's morning on a phone: plan, list, attendance in few taps, result and cost."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.jejak.models import Perubahan
from apps.kegiatan.models import Kegiatan
from tests import factories as make
from tests.browser.checks import FIELD_FORM_BYTES, problems, reflows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, PEOPLE = 390, 15


class Finger:
    """Counts what a person does on the phone."""

    def __init__(self, page):
        self.page, self.taps, self.keys = page, 0, 0

    def tap(self, locator):
        self.taps += 1
        locator.tap()

    def type(self, locator, text):
        self.keys += len(text)
        locator.fill(text)


@pytest.fixture
def coordinator(ours, officer):
    make.KategoriFactory()
    return officer("koordinator_pokmas", mitra=make.PokmasFactory(bapas=ours, mitra__nama="Pokmas Maju Bersama").mitra)


@pytest.fixture
def today(ours, coordinator):
    """A prepared activity of this hour with fifteen people."""
    kegiatan = make.KegiatanFactory(
        bapas=ours, mitra=coordinator.penugasan.mitra, mulai=timezone.now(), kuota=PEOPLE, dibuat_oleh=coordinator
    )
    make.KehadiranFactory.create_batch(PEOPLE, kegiatan=kegiatan)
    return kegiatan


def test_plan_list_mark_close(open_page, coordinator, ours, web_role_requests):
    year = timezone.localdate().year
    clients = [make.KlienFactory(bapas=ours, kode=f"KL-{year}-{n:05}") for n in range(701, 701 + PEOPLE)]
    page = open_page("/kegiatan/baru/", user=coordinator, width=PHONE)
    finger = Finger(page)

    finger.tap(page.get_by_text("Pelatihan", exact=True))
    finger.type(page.get_by_label("Judul"), "Latihan las")
    page.get_by_label("Jam mulai").fill("00:00")
    page.get_by_label("Jam selesai").fill("23:59")
    page.get_by_label("Tempat").fill("Bengkel")
    page.get_by_label("Kuota peserta").fill("15")
    finger.tap(page.get_by_text("Pelatihan kerja"))
    finger.tap(page.get_by_role("button", name="Simpan kegiatan"))
    page.wait_for_url("**/hadir/")
    assert "Belum ada peserta" in page.content()

    codes = ", ".join(str(int(klien.kode[-5:])) for klien in clients)
    page.get_by_label("Kode klien").fill(codes)
    finger.tap(page.get_by_role("button", name="Tambah peserta"))
    page.get_by_text("15 peserta ditambahkan.").wait_for()
    expect(page.locator("[data-hitung]")).to_have_text("Hadir 0 dari 15 · 15 belum dicatat")

    before = finger.taps
    finger.tap(page.get_by_role("button", name="Tandai semua hadir"))
    expect(page.locator("[data-hitung]")).to_have_text("Hadir 15 dari 15")
    for person, mark in {3: "Tidak", 7: "Izin", 11: "Tidak"}.items():
        finger.tap(page.locator(".p-hadir fieldset").nth(person).get_by_text(mark, exact=True))
    expect(page.locator("[data-hitung]")).to_have_text("Hadir 12 dari 15")
    finger.tap(page.get_by_role("button", name="Simpan daftar hadir"))
    page.wait_for_url("**/kegiatan/*/")
    assert finger.taps - before <= 20

    finger.tap(page.get_by_role("link", name="Tutup kegiatan"))
    finger.type(page.get_by_label("Hasil dalam satu kalimat"), "12 klien menyelesaikan latihan las dasar.")
    page.get_by_label("Biaya sebenarnya").fill("450.000")
    finger.tap(page.get_by_role("button", name="Tutup kegiatan"))
    page.get_by_text("Rp450.000").wait_for()

    kegiatan = Kegiatan.objects.get()
    assert (kegiatan.status, kegiatan.biaya) == ("selesai", 450_000)
    statuses = sorted(kegiatan.daftar_hadir().values_list("status", flat=True))
    assert statuses == ["hadir"] * 12 + ["izin"] + ["tidak"] * 2
    assert finger.taps <= 30
    assert page.console_problems == []


def test_each_person_by_an_own_tap_is_within_twenty(open_page, coordinator, today):
    page = open_page(f"/kegiatan/{today.pk}/hadir/", user=coordinator, width=PHONE)
    for person in range(PEOPLE):
        page.locator(".p-hadir fieldset").nth(person).get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan daftar hadir").tap()
    page.wait_for_url("**/kegiatan/*/")
    assert today.daftar_hadir().filter(status="hadir").count() == PEOPLE


def test_without_scripts_the_server_marks_the_rest(open_page, coordinator, today):
    page = open_page(f"/kegiatan/{today.pk}/hadir/", user=coordinator, width=PHONE, js=False)
    page.locator(".p-hadir fieldset").first.get_by_text("Izin").tap()
    page.get_by_role("button", name="Tandai semua hadir").tap()
    page.get_by_text("Daftar hadir tersimpan, 15 perubahan.").wait_for()
    assert sorted(today.daftar_hadir().values_list("status", flat=True)) == ["hadir"] * 14 + ["izin"]


def test_a_double_tap_saves_once(open_page, coordinator, today):
    page = open_page(f"/kegiatan/{today.pk}/hadir/", user=coordinator, width=PHONE)
    page.get_by_role("button", name="Tandai semua hadir").tap()
    page.get_by_role("button", name="Simpan daftar hadir").dblclick()
    page.wait_for_url("**/kegiatan/*/")
    assert Perubahan.objects.filter(tabel="kegiatan_kehadiran").count() == PEOPLE


def test_the_attendance_page_is_light_and_every_target_is_large(open_page, coordinator, today):
    page = open_page(f"/kegiatan/{today.pk}/hadir/", user=coordinator, width=PHONE)
    assert page.transfer.total <= FIELD_FORM_BYTES
    assert problems(page, target=24) == []
    assert (
        page.evaluate("Math.min(...[...document.querySelectorAll('.p-hadir .p-kartu')].map(e => e.offsetHeight))") >= 44
    )


@pytest.mark.parametrize("width", [PHONE, 1366])
@pytest.mark.parametrize(
    "name", ["closed", "cancelled", "tomorrow", "wrong form", "refused", "conflict", "unknown code"]
)
def test_states_of_the_pages(open_page, coordinator, today, name, width):
    """Empty, late, refused and mistaken: each as readable as the page where all is well."""
    page = open_page(f"/kegiatan/{today.pk}/", user=coordinator, width=width)
    now, rows = timezone.now(), Kegiatan.objects.filter(pk=today.pk)
    match name:
        case "closed":
            rows.update(status="selesai", hasil="Semua lulus.", biaya=1, ditutup_pada=now)
            page.reload()
        case "cancelled":
            rows.update(status="batal", alasan_batal="Banjir.")
            page.goto(f"/kegiatan/{today.pk}/hadir/")
        case "tomorrow":
            rows.update(mulai=now + dt.timedelta(days=1), selesai=now + dt.timedelta(days=2))
            page.goto(f"/kegiatan/{today.pk}/hadir/")
        case "wrong form":
            page.goto("/kegiatan/baru/")
            with page.expect_navigation():
                page.get_by_role("button", name="Simpan kegiatan").click()
        case "refused":
            page.goto(f"/kegiatan/{today.pk}/tutup/")
            page.get_by_label("Hasil dalam satu kalimat").fill("Baik.")
            with page.expect_navigation():
                page.get_by_role("button", name="Tutup kegiatan").click()
        case "conflict":
            today.kategori.set([make.KategoriFactory()])
            noon = timezone.localtime(timezone=ZoneInfo(today.bapas.zona_waktu)).replace(hour=12, minute=0)
            rows.update(mulai=noon, selesai=noon + dt.timedelta(hours=2))
            page.goto(f"/kegiatan/{today.pk}/ubah/")
            rows.update(tempat="Aula baru")
            page.get_by_label("Tempat", exact=True).fill("Bengkel")
            page.get_by_role("button", name="Simpan kegiatan").click()
            page.get_by_role("heading", name="Bandingkan dua perubahan").wait_for()
        case "unknown code":
            rows.update(kuota=PEOPLE + 1)
            page.goto(f"/kegiatan/{today.pk}/hadir/")
            page.get_by_label("Kode klien").fill("KL-2001-99999")
            with page.expect_navigation():
                page.get_by_role("button", name="Tambah peserta").click()
    assert problems(page) + reflows(page) == []
