"""The frame, every component and every kind of field, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import FIELD_FORM_BYTES, PAGE_BYTES, keyboard, overflows, problems, reflows, too_small

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = ["/bantuan/", "/bantuan/istilah/", "/aksesibilitas/", "/privasi/", "/luring/", "/lisensi/", "/tidak-ada/",
          "/antrean-kirim/", "/bimbingan/catat/luring/", "/kegiatan/hadir/luring/"]  # fmt: skip


@pytest.fixture
def gallery(settings, open_page, officer):
    """gallery(path) opens a page of the test gallery as a PK."""
    settings.ROOT_URLCONF = "tests.browser.gallery"
    settings.DEMO = True
    user = officer("pk")

    def open_(path, **options):
        return open_page(path, user=user, **options)

    return open_


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(open_page, path, width):
    page = open_page(path, width=width)
    assert problems(page) == []
    assert reflows(page) == []
    assert page.transfer.total <= PAGE_BYTES
    assert page.transfer.foreign == []


@pytest.mark.parametrize("width", [320, 390, 768, 1366])
def test_every_component(gallery, width):
    page = gallery("/galeri/", width=width)
    assert problems(page) == []
    assert reflows(page) == []
    assert page.transfer.total <= PAGE_BYTES


@pytest.mark.parametrize("width", [390, 1366])
def test_every_field_empty_and_with_errors(gallery, width):
    page = gallery("/galeri/formulir/", width=width)
    assert problems(page) == []
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title(re.compile("^Galat: "))
    assert problems(page) == []
    assert reflows(page) == []


def test_targets_of_a_field_form_are_44_pixels(gallery):
    page = gallery("/galeri/formulir/", width=390)
    inside = [finding for finding in too_small(page, 44) if not finding.startswith('a "')]
    assert inside == []


def test_style_and_frame_leave_room_for_a_field_form(gallery):
    page = gallery("/galeri/formulir/", width=390)
    bare = page.transfer.total - sum(
        size for url, size in page.transfer.sizes.items() if "ui-base.js" in url or "formulir.js" in url
    )
    assert bare <= FIELD_FORM_BYTES - 5 * 1024


def test_nothing_is_covered_in_a_low_window(gallery):
    page = gallery("/galeri/formulir/", width=390)
    page.set_viewport_size({"width": 390, "height": 380})
    assert keyboard(page) == []


def test_the_menu_opens_closes_and_gives_the_focus_back(gallery):
    page = gallery("/galeri/", width=390)
    menu = page.locator("summary", has_text="Menu")
    menu.press("Enter")
    expect(page.get_by_role("button", name="Keluar", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Keluar", exact=True)).to_be_hidden()
    expect(menu).to_be_focused()


def test_frame_without_scripts(gallery):
    page = gallery("/galeri/", width=390, js=False)
    page.locator("summary", has_text="Menu").click()
    expect(page.get_by_role("button", name="Keluar", exact=True)).to_be_visible()


def test_forced_colours_and_print(gallery):
    page = gallery("/galeri/", width=1366)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    assert reflows(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".p-kepala-situs")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_chip_tells_when_the_signal_is_gone(gallery):
    page = gallery("/galeri/", width=390)
    page.context.set_offline(True)
    page.locator(".p-status", has_text="Luring").wait_for()
    page.context.set_offline(False)
    page.locator(".p-status", has_text="Daring").wait_for()


@pytest.mark.parametrize("letters", ["narrow", "wide"])
def test_the_chip_has_one_line_on_a_phone(gallery, letters):
    page = gallery("/galeri/", width=390, letters=letters)
    assert page.locator(".p-status").bounding_box()["height"] < 30
    page.evaluate("document.querySelector('.p-status').textContent = 'Luring · 12 belum terkirim'")
    page.get_by_text("Menu", exact=True).click()
    assert page.locator(".p-menu>div").bounding_box()["x"] >= 0, "in sight also when the header has two rows"
    assert overflows(page) == []


def test_a_button_that_is_sending_says_so_and_sends_once(gallery):
    page = gallery("/galeri/formulir/", width=390)
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.evaluate("() => { const b = document.querySelector('[data-sekali]'); b.click(); b.click() }")
    page.get_by_role("alert").wait_for()
    assert len(sent) == 1
