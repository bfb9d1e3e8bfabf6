"""Accounts in a real browser: what only scripts, styles and the content policy can break."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from apps.akun.models import Penugasan
from tests.browser.checks import axe, overflows, problems
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = 390, 1366


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def log_in(page, person, password=PASSWORD):
    page.goto(reverse("account_login"))
    page.get_by_label("Surel").fill(person.email)
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.get_by_role("button", name="Masuk").click()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("path", ["/masuk/", "/lupa-sandi/", "/lupa-sandi/terkirim/", "/lupa-sandi/baru/1-x/"])
def test_pages_before_the_log_in(open_page, path, width):
    assert problems(open_page(path, width=width)) == []


@pytest.mark.parametrize("js", [True, False])
def test_a_person_logs_in(open_page, officer, js):
    page = open_page(js=js)
    log_in(page, officer("pk"))
    page.wait_for_url("**/")
    expect(page.locator("h1")).to_have_count(1)


def test_a_wrong_password_is_explained_and_the_address_kept(open_page, officer):
    page, person = open_page(width=PHONE), officer("pk")
    log_in(page, person, "salah-sekali-ini")
    expect(page).to_have_title(re.compile("^Galat: "))
    expect(page.get_by_label("Surel")).to_have_value(person.email)
    expect(page.locator("[data-fokus]")).to_be_focused()
    assert problems(page) == []


def test_the_password_can_be_shown_and_filled_by_a_manager(open_page):
    page = open_page("/masuk/")
    box = page.get_by_label("Kata sandi", exact=True)
    box.fill("rahasia")
    page.get_by_role("button", name="Tampilkan kata sandi").click()
    expect(box).to_have_attribute("type", "text")
    page.get_by_role("button", name="Sembunyikan kata sandi").click()
    expect(box).to_have_attribute("type", "password")
    expect(box).to_have_attribute("autocomplete", "current-password")
    expect(page.get_by_label("Surel")).to_have_attribute("autocomplete", "email")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pages_of_the_second_factor(open_page, officer, width):
    page = open_page(width=width)
    log_in(page, officer("kanwil"))
    page.wait_for_url("**/")
    for path in ("/keamanan/", "/keamanan/aplikasi/", "/keamanan/kunci/", "/keamanan/kunci/tambah/"):
        page.goto(path)
        assert problems(page) == [], path
    assert page.console_problems == []


def virtual_key(page):
    """A security key that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_security_key_is_added_and_opens_the_door(open_page, officer, live_server, settings):
    """WebAuthn wants a host name and, but for the demo, HTTPS; allauth's scripts run under our content policy."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    host = live_server.url.replace("127.0.0.1", "localhost")
    page, person = open_page(), officer("kanwil")
    virtual_key(page)
    page.goto(host + "/masuk/")
    page.get_by_label("Surel").fill(person.email)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(host + "/")
    page.goto(host + "/keamanan/kunci/tambah/")
    page.get_by_label("Nama kunci").fill("Kunci kantor")
    page.get_by_role("button", name="Tambah kunci").click()
    page.wait_for_url("**/keamanan/pemulihan/")
    page.goto(host + "/keamanan/kunci/")
    expect(page.get_by_role("rowheader", name="Kunci kantor")).to_be_visible()
    page.context.clear_cookies()
    page.goto(host + "/masuk/")
    page.get_by_label("Surel").fill(person.email)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/masuk/kode/")
    assert problems(page) == []
    page.get_by_role("button", name="Pakai kunci keamanan").click()
    page.wait_for_url(host + "/")
    assert page.console_problems == []


def test_only_the_box_of_the_chosen_role_is_shown(open_page, officer, theirs):
    page = open_page("/kelola/pengguna/undang/", user=officer("admin"), width=PHONE)
    expect(page.locator(".p-bila-bapas")).to_be_hidden()
    expect(page.locator(".p-bila-mitra")).to_be_hidden()
    page.get_by_text("Koordinator Pokmas").click()
    expect(page.locator(".p-bila-mitra")).to_be_visible()
    expect(page.locator(".p-bila-bapas")).to_be_hidden()
    page.get_by_text("Kepala Bapas").click()
    expect(page.locator(".p-bila-bapas")).to_be_visible()
    expect(page.locator(".p-bila-mitra")).to_be_hidden()
    assert problems(page) == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_reference_pages_work_under_the_content_policy(open_page, officer, ours, width):
    page = open_page("/kelola/acuan/", user=officer("admin"), width=width)
    visited = [page.title()]
    for path in ("wilayah/bapas/", f"wilayah/bapas/{ours.pk}/change/", "acuan/akunbelanja/add/"):
        page.goto(f"/kelola/acuan/{path}")
        visited.append(page.title())
    assert page.console_problems == []
    assert page.transfer.foreign == []
    assert all(title.endswith("– Portal Pemasyarakatan") for title in visited)


def test_the_api_page_draws_itself_without_inline_code(open_page):
    page = open_page("/api/")
    page.wait_for_selector("#swagger-ui .opblock")
    assert page.locator("#swagger-ui .opblock").count() >= 8
    assert page.console_problems == []
    assert page.transfer.foreign == []
    assert overflows(page) == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_ending_an_assignment_now_and_signing_out_everywhere(open_page, officer, width):
    """The head ends what somebody holds; the person finds both devices closed."""
    person, head = officer("pk", nama="Petugas Pindah"), officer("kabapas")
    theirs = open_page("/", user=person, width=width)
    page = open_page(f"/kelola/pengguna/{person.pk}/", user=head, width=width)
    page.get_by_role("link", name="Keluarkan dari semua perangkat").click()
    assert problems(page) == []
    page.get_by_label("Alasan").fill("HP hilang")
    page.get_by_role("button", name="Keluarkan dari semua perangkat").click()
    expect(page.get_by_text("Orang ini keluar dari semua perangkat.")).to_be_visible()
    theirs.goto("/klien/")
    theirs.wait_for_url("**/masuk/**")
    page.get_by_role("link", name=re.compile("Akhiri")).click()
    page.get_by_text("Sekarang juga", exact=True).click()
    page.get_by_label("Alasan").fill("Pindah tugas")
    assert problems(page) == []
    page.get_by_role("button", name="Akhiri penugasan").click()
    expect(page.get_by_text("Tidak ada penugasan yang berlaku di wilayah Anda.")).to_be_visible()
    assert page.console_problems == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_signing_out_of_all_other_devices(open_page, officer, width):
    person = officer("pk")
    other = open_page("/", user=person)
    page = open_page("/pengaturan/", user=person, width=width)
    page.get_by_role("button", name="Keluar dari semua perangkat lain").click()
    expect(page.get_by_text("Perangkat ini tetap masuk.", exact=False).first).to_be_visible()
    assert problems(page) == []
    other.goto("/klien/")
    other.wait_for_url("**/masuk/**")


def test_switching_the_assignment(open_page, officer, theirs):
    person = officer("pk")
    Penugasan.objects.create(pengguna=person, peran="operator", bapas=theirs)
    page = open_page("/penugasan/", user=person, width=PHONE)
    page.get_by_role("button", name=re.compile("Pakai ini")).click()
    page.wait_for_url("**/")
    expect(page.locator("header")).to_contain_text(str(theirs))
    assert axe(page) == []
