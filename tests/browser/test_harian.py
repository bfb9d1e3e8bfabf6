"""The daily report on a phone: read, sent with the keyboard alone, pasted; the books behind it."""

import pytest
from playwright.sync_api import expect

from apps.harian.models import LaporanKanwil
from apps.litmas.models import Litmas
from tests import factories as make
from tests.browser.checks import axe, overflows, problems, too_small
from tests.litmas.factories import JenisLitmasFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def reach(page, name, limit=60):
    """Press Tab until the control called `name` has the focus."""
    page.wait_for_load_state()
    for _ in range(limit):
        page.keyboard.press("Tab")
        label = page.evaluate("() => (document.activeElement.labels?.[0] || document.activeElement).textContent.trim()")
        if label.startswith(name):
            return
    raise AssertionError(f"Tab never reaches {name!r}")


def test_an_operator_sends_todays_report_in_three_taps_and_no_key(open_page, officer, ours):
    make.KlienFactory(bapas=ours)
    page = open_page("/laporan-harian/", user=officer("operator"), width=390)
    page.locator("main table a").first.tap()
    with page.expect_navigation():
        page.get_by_role("button", name="Kirim ke Kanwil").tap()
    page.locator(".p-spanduk--baik", has_text="Terkirim ke Kanwil").first.wait_for()
    assert LaporanKanwil.objects.count() == 1
    assert [*axe(page), *overflows(page), *too_small(page)] == []
    assert page.console_problems == []


def test_the_text_is_copied_by_keyboard(open_page, officer, ours):
    page = open_page("/laporan-harian/", user=officer("operator"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with page.expect_navigation():
        page.locator("main table a").first.click()
    reach(page, "Salin teks")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tersalin").wait_for()
    assert page.evaluate("() => navigator.clipboard.readText()").startswith("*LAPORAN HARIAN")


def test_a_request_is_written_down_by_keyboard_and_mistakes_are_said(open_page, officer, ours):
    JenisLitmasFactory()
    page = open_page("/litmas/catat/", user=officer("pk"), width=390)
    reach(page, "Simpan")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert [*axe(page), *overflows(page)] == []
    for name, text in (("Jenis litmas", "Diversi"), ("Peminta", "Polres Contoh"), ("Nomor surat", "B/1/2026"),
                       ("Inisial", "B.S.")):  # fmt: skip
        reach(page, name)
        page.keyboard.type(text)
    reach(page, "Anak")
    page.keyboard.press("Space")
    reach(page, "Simpan")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Litmas.objects.get().inisial == "B.S."
    assert problems(page) == []
