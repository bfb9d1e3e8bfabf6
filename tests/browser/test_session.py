"""The warning before the session ends, and what was typed until then."""

import json

import pytest
from playwright.sync_api import expect

from pemasyarakatan.context import Frame
from tests.browser.conftest import session_cookie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
IDLE = Frame.sesi_detik
FORM = "/galeri/formulir/?klien=7"


@pytest.fixture
def person(officer):
    return officer("pk")


@pytest.fixture
def form_page(settings, open_page, person):
    """The gallery form with a clock that the test turns."""
    settings.ROOT_URLCONF = "tests.browser.gallery"
    page = open_page(user=person)
    page.clock.install()
    page.goto(FORM)
    return page


def wait(page, seconds):
    page.clock.fast_forward(seconds * 1000)
    page.clock.run_for(1100)


def drafts(page):
    return page.evaluate("() => JSON.stringify(sessionStorage)")


def test_two_minutes_before_the_end_one_click_prolongs_the_session(form_page):
    dialog = form_page.locator("#sesi")
    wait(form_page, IDLE - 125)
    expect(dialog).to_be_hidden()
    wait(form_page, 10)
    expect(dialog).to_be_visible()
    with form_page.expect_response(lambda response: response.request.method == "POST") as answer:
        form_page.get_by_role("button", name="Lanjutkan bekerja").click()
    assert answer.value.ok
    form_page.clock.run_for(1100)
    expect(dialog).to_be_hidden()
    wait(form_page, IDLE - 125)
    expect(dialog).to_be_hidden()


def test_what_was_typed_comes_back_after_the_end(form_page):
    form_page.get_by_label("Catatan singkat").fill("Klien mulai bekerja.")
    form_page.get_by_label("Kunjungan rumah").check()
    form_page.get_by_label("Kata sandi").fill("rahasia-sekali")
    wait(form_page, IDLE + 5)
    expect(form_page.get_by_role("heading", name="Sesi Anda berakhir")).to_be_visible()
    form_page.get_by_role("button", name="Masuk lagi").click()
    form_page.wait_for_load_state()
    expect(form_page.get_by_label("Catatan singkat")).to_have_value("Klien mulai bekerja.")
    expect(form_page.get_by_label("Kunjungan rumah")).to_be_checked()
    expect(form_page.get_by_label("Kata sandi", exact=False).first).to_have_value("")


def test_neither_hidden_fields_nor_passwords_are_kept(form_page):
    form_page.get_by_label("Catatan singkat").fill("Teks")
    form_page.get_by_label("Kata sandi").fill("rahasia-sekali")
    wait(form_page, IDLE + 5)
    [kept] = json.loads(drafts(form_page)).values()
    assert "Teks" in kept
    assert "rahasia-sekali" not in kept
    assert "csrfmiddlewaretoken" not in kept
    assert '"klien"' not in kept


def test_a_draft_stays_with_its_record(form_page):
    form_page.get_by_label("Catatan singkat").fill("Untuk klien 7")
    wait(form_page, IDLE + 5)
    form_page.goto("/galeri/formulir/?klien=8")
    expect(form_page.get_by_label("Catatan singkat")).to_have_value("")


def test_another_person_does_not_get_the_draft(form_page, officer, live_server):
    form_page.get_by_label("Catatan singkat").fill("Milik orang pertama")
    wait(form_page, IDLE + 5)
    form_page.context.add_cookies([session_cookie(officer("kabapas"), live_server.url)])
    form_page.goto(FORM)
    expect(form_page.get_by_label("Catatan singkat")).to_have_value("")
    assert "Milik orang pertama" not in drafts(form_page)
