"""An afternoon at the place on a phone: the PK writes hours, the supervisor confirms with PIN or account."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.kerja_sosial import pins
from apps.kerja_sosial.models import JamKerja, KerjaSosial, PengesahanJam
from tests import factories as make
from tests.browser.checks import FIELD_FORM_BYTES, problems, reflows, walk
from tests.kerja_sosial import factories as own

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK, PIN = 390, 1366, "482916"


@pytest.fixture
def pk(officer):
    own.limits(), own.limits("anak")
    return officer("pk")


@pytest.fixture
def ks(ours, officer, pk):
    """A sentence at a place with a partner's account and a PIN."""
    place = own.TempatFactory(bapas=ours, mitra=officer("mitra").penugasan.mitra, nama="Dinas Contoh")
    pins.set_pin(place, PIN, by=pk)
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Raharja Contoh")
    return own.KerjaSosialFactory(bapas=ours, klien=klien, tempat=place, total_jam=40)


class Finger:
    """Counts what a person does on the phone."""

    def __init__(self):
        self.taps = self.keys = 0

    def tap(self, locator):
        self.taps += 1
        locator.tap()

    def type(self, locator, text):
        self.tap(locator)
        self.keys += len(text)
        locator.press_sequentially(text)


def test_a_usual_day_is_three_taps_and_the_pin(open_page, pk, ks, web_role_requests):
    """From the client's hours: Catat jam, the supervisor types the PIN, Simpan jam."""
    page, finger = open_page(f"/klien/{ks.klien_id}/kerja-sosial/", user=pk, width=PHONE), Finger()
    finger.tap(page.get_by_role("link", name="Catat jam"))
    page.wait_for_url("**/jam/")
    finger.type(page.get_by_label("PIN pengawas"), PIN)
    finger.tap(page.get_by_role("button", name="Simpan jam"))
    page.get_by_text("4 jam tersimpan dan disahkan.").wait_for()
    assert (finger.taps, finger.keys) == (3, 6)
    entry = JamKerja.objects.get()
    assert (entry.jam, entry.mulai, entry.selesai) == (4, dt.time(8), dt.time(12))
    assert PengesahanJam.objects.get().cara == "pin"
    expect(page.get_by_text("4 jam dari 40 jam disahkan")).to_be_visible()
    assert page.console_problems == []


def test_the_form_is_light_and_works_without_scripts(open_page, pk, ks):
    page = open_page(f"/kerja-sosial/{ks.pk}/jam/", user=pk, width=PHONE, js=False)
    assert page.transfer.total <= FIELD_FORM_BYTES
    page.get_by_role("button", name="Simpan jam").tap()
    page.get_by_text("4 jam tersimpan.").wait_for()
    expect(page.get_by_text("Menunggu").first).to_be_visible()


def test_by_keyboard_alone(open_page, pk, ks):
    """Tab to the PIN, six digits, Enter."""
    page = open_page(f"/kerja-sosial/{ks.pk}/jam/", user=pk, width=DESK)
    stops = [stop.name for stop in walk(page)]
    assert stops.index("tanggal") < stops.index("mulai") < stops.index("selesai") < stops.index("pin")
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "pin":
            break
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    page.get_by_text("4 jam tersimpan dan disahkan.").wait_for()
    assert JamKerja.objects.count() == 1


def test_a_double_tap_writes_once(open_page, pk, ks):
    page = open_page(f"/kerja-sosial/{ks.pk}/jam/", user=pk, width=PHONE)
    page.get_by_role("button", name="Simpan jam").dblclick()
    page.get_by_text("4 jam tersimpan.").wait_for()
    assert JamKerja.objects.count() == 1


def test_the_supervisor_confirms_from_the_beranda_in_two_taps(open_page, officer, ks, web_role_requests):
    own.JamFactory(kerja_sosial=ks)
    page, finger = open_page("/", user=officer("mitra"), width=PHONE), Finger()
    finger.tap(page.get_by_role("link", name=f"Sahkan jam {ks.kode}"))
    page.wait_for_url("**/tempat-saya/")
    finger.tap(page.get_by_role("button", name="Sahkan jam"))
    page.get_by_text("4 jam disahkan.").wait_for()
    assert finger.taps == 2
    assert "Raharja" not in page.content()


def test_a_verdict_from_an_empty_form(open_page, pk, ours, ks):
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk)
    today = timezone.localdate()
    page = open_page(f"/klien/{klien.pk}/kerja-sosial/", user=pk, width=PHONE)
    page.get_by_role("link", name="Catat putusan").tap()
    for label, text in {
        "Nomor putusan": "12/Pid.S/2026", "Pengadilan": "PN Uji", "Kejaksaan": "Kejari Uji", "Nama jaksa": "Jaksa",
        "Jumlah jam": "60", "Jam per hari": "3,5",
    }.items():  # fmt: skip
        page.get_by_label(label).first.fill(text)
    for label in ("Tanggal putusan", "Klien menyetujui pada", "Mulai"):
        page.get_by_label(label).fill(f"{today:%Y-%m-%d}")
    page.get_by_label("Batas selesai").fill(f"{today + dt.timedelta(days=100):%Y-%m-%d}")
    page.get_by_text("Senin", exact=True).tap()
    page.get_by_label("Tempat", exact=True).select_option(label="Dinas Contoh")
    page.get_by_role("button", name="Simpan putusan").tap()
    page.get_by_text("Putusan tersimpan.").wait_for()
    assert KerjaSosial.objects.get(klien=klien).total_jam == 60


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("state", ["full", "empty", "wrong pin", "confirm", "correct", "place", "my place", "over"])
def test_states_of_the_pages(open_page, officer, pk, ours, ks, state, width):
    """Full, empty, refused and over: each as readable as the page where all is well."""
    entry = own.JamFactory(kerja_sosial=ks)
    user = officer("mitra") if state == "my place" else pk
    path = {
        "full": f"/klien/{ks.klien_id}/kerja-sosial/",
        "empty": f"/klien/{make.KlienFactory(bapas=ours).pk}/kerja-sosial/",
        "wrong pin": f"/kerja-sosial/{ks.pk}/jam/",
        "confirm": f"/kerja-sosial/{ks.pk}/sahkan/",
        "correct": f"/kerja-sosial/jam/{entry.pk}/koreksi/",
        "place": f"/kerja-sosial/tempat/{ks.tempat_id}/",
        "my place": "/kerja-sosial/tempat-saya/",
        "over": f"/klien/{ks.klien_id}/kerja-sosial/",
    }[state]
    if state == "over":
        KerjaSosial.objects.filter(pk=ks.pk).update(status="tidak", ditutup=timezone.localdate())
    page = open_page(path, user=user, width=width)
    if state == "wrong pin":
        page.get_by_label("PIN pengawas").fill("111222")
        page.get_by_role("button", name="Simpan jam").click()
        page.get_by_role("alert").wait_for()
    assert problems(page) == []
    assert reflows(page) == []
