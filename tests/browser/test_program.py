"""A year of programme in a real browser: planned by keyboard alone, approved in three taps, readable everywhere."""

import re

import pytest
from playwright.sync_api import expect

from apps.program import services
from apps.program.models import ProgramTahunan, RincianBiaya
from tests import factories as make
from tests.browser.checks import axe, overflows, problems, reflows, too_small

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def needs(ours):
    """Two clients who need training and the accounts a planner uses."""
    make.KebutuhanFactory(klien__bapas=ours), make.KebutuhanFactory(klien__bapas=ours)
    make.AkunFactory(), make.AkunFactory(kode="522151", nama="Belanja Jasa Profesi")


def keys(page, *strokes):
    """Type text, press keys that are written in brackets."""
    for stroke in strokes:
        if stroke.startswith("["):
            page.keyboard.press(stroke.strip("[]"))
        else:
            page.keyboard.type(stroke)


def reach(page, name, limit=60):
    """Press Tab until the control called `name` has the focus."""
    page.wait_for_load_state()
    for _ in range(limit):
        page.keyboard.press("Tab")
        label = page.evaluate("() => (document.activeElement.labels?.[0] || document.activeElement).textContent.trim()")
        if label.startswith(name):
            return
    raise AssertionError(f"Tab never reaches {name!r}")


def plan_activity(page, title):
    reach(page, "Nama kegiatan")
    keys(page, title, "[Tab]", "Pelatihan", "[Tab]", "Kemandirian", "[Tab]", "2", "[Tab]", "[Space]")
    reach(page, "Indikator keberhasilan")
    keys(page, "Semua peserta lulus")
    reach(page, "Simpan dan isi RAB")
    with page.expect_navigation():
        keys(page, "[Enter]")


def add_line(page, account, name, calculation, price):
    """Focus stands in the account field; Enter saves and the next empty row has the focus again."""
    before = RincianBiaya.objects.count()
    keys(page, account, "[Tab]", name, "[Tab]", calculation, "[Tab]", "[Tab]", "OK", "[Tab]", price, "[Tab]", "DIPA")
    keys(page, "[Shift+Tab]", "[Enter]")
    page.locator(f"tbody th:has-text('{name}')").wait_for()
    page.wait_for_function("() => document.activeElement.name === 'akun' && document.activeElement.value === ''")
    assert RincianBiaya.objects.count() == before + 1


def test_a_planner_builds_and_sends_a_year_by_keyboard_and_the_head_approves_in_three_taps(
    open_page, officer, ours, needs
):
    planner, head = officer("perencana"), officer("kabapas")
    page = open_page("/program/baru/", user=planner)
    reach(page, "Tahun anggaran")
    with page.expect_navigation():
        keys(page, "[Control+a]", "2027", "[Enter]")
    for title in ("Pelatihan las", "Pelatihan menjahit"):
        reach(page, "Tambah kegiatan")
        with page.expect_navigation():
            keys(page, "[Enter]")
        plan_activity(page, title)
        add_line(page, "522151", f"Honor instruktur {title}", "2 org x 10 jam", "300.000")
        add_line(page, "521211", f"Bahan {title}", "20 paket", "250.000,50")
        if title == "Pelatihan las":
            page.goto("/program/2027/")
    page.goto("/program/2027/periksa/")
    reach(page, "Kirim untuk disetujui")
    with page.expect_navigation():
        keys(page, "[Enter]")
    program = ProgramTahunan.objects.get()
    assert (program.status, RincianBiaya.objects.count()) == ("diperiksa", 4)

    page = open_page("/persetujuan/", user=head, width=390)
    page.locator("main").get_by_role("link", name="Periksa").tap()
    page.get_by_text("Total Rp22.000.020 untuk 4 klien").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="Setujui").tap()
    program.refresh_from_db()
    assert program.disetujui_oleh == head


def test_the_open_row_is_accessible_and_says_what_it_amounts_to(open_page, officer, ours, needs):
    line = make.BiayaFactory(rencana__program__bapas=ours)
    page = open_page("/program/2027/rab/", user=officer("perencana"))
    page.get_by_role("link", name="Ubah").click()
    page.locator("[name=harga]").wait_for()
    page.fill("[name=volume]", "4")
    page.fill("[name=hitungan]", "2 org x 3 keg")
    page.get_by_text("Rincian menghasilkan 6, volume 4.").wait_for()
    expect(page.get_by_text("Rp1.000.000")).to_be_visible()
    page.fill("[name=harga]", "1,250")
    page.keyboard.press("Enter")
    page.get_by_text("dapat dibaca dua cara").first.wait_for()
    assert page.evaluate("() => document.activeElement.hasAttribute('data-fokus')"), "errors take the focus"
    assert [*axe(page), *overflows(page), *too_small(page)] == []
    assert page.console_problems == []
    page.get_by_role("link", name="Tutup isian").click()
    page.locator("[name=harga]").wait_for(state="detached")
    line.refresh_from_db()
    assert line.harga == 250_000
    services.send(line.rencana.program, by=officer("perencana"))  # a colleague sends it while the page is open
    page.get_by_role("link", name="Ubah").click()
    page.get_by_text("sudah dikirim dan dibekukan").wait_for()
    assert axe(page) == []


@pytest.mark.parametrize("width", [390, 1366])
def test_the_editor_fits_the_screen_also_with_an_open_row(open_page, officer, ours, needs, width):
    line = make.BiayaFactory(rencana__program__bapas=ours, uraian="Uraian yang panjang sekali " * 4)
    page = open_page(f"/program/2027/rab/{line.pk}/", user=officer("perencana"), width=width)
    assert problems(page) + reflows(page) == []
    main, table = page.locator("main").bounding_box(), page.locator("table").bounding_box()
    assert table["width"] <= main["width"]


def test_a_line_is_added_without_javascript(open_page, officer, ours, needs):
    activity = make.RencanaFactory(program__bapas=ours)
    page = open_page("/program/2027/rab/", user=officer("perencana"), js=False)
    page.get_by_role("link", name="Tambah baris").click()
    page.fill("[name=akun]", "521211")
    page.fill("[name=uraian]", "Kawat las")
    page.fill("[name=hitungan]", "10 kg")
    page.fill("[name=satuan]", "kg")
    page.fill("[name=harga]", "50.000")
    page.select_option("[name=sumber]", "csr")
    page.get_by_role("button", name="Simpan baris").click()
    expect(page.get_by_text("Baris tersimpan.")).to_be_visible()
    assert activity.biaya.get().jumlah == 500_000


def test_a_wrong_paste_and_a_refused_payment_are_accessible(open_page, officer, ours, needs):
    program = make.ProgramFactory(bapas=ours, tahun=2026)
    line = make.BiayaFactory(rencana__program=program)
    planner = officer("perencana")
    page = open_page("/program/2026/rab/tempel/", user=planner, width=390)
    page.select_option("[name=kegiatan]", str(line.rencana_id))
    page.fill("[name=teks]", "999999\tSalah\t\t0\tkg\t1,250\tentah")
    page.get_by_role("button", name="Periksa baris").click()
    expect(page).to_have_title(re.compile("^Galat: "))
    assert [*axe(page), *overflows(page)] == []
    services.send(program, by=planner)
    page.goto("/program/2026/rab/tempel/")
    expect(page.get_by_text("dibekukan")).to_be_visible()
    assert [*axe(page), *overflows(page)] == []
