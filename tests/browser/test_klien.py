"""The busiest job on the smallest screen: a contact in three taps, once, also by keyboard and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from apps.klien.models import CatatanBimbingan, JadwalLapor
from tests import factories as make
from tests.browser.checks import FIELD_FORM_BYTES, PAGE_BYTES, problems, reflows, too_small, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390


@pytest.fixture
def pk(officer):
    return officer("pk")


@pytest.fixture
def klien(ours, pk):
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", diregistrasi="2026-01-05")
    make.MasaFactory(klien=klien)
    make.KebutuhanFactory(klien=klien)
    return klien


@pytest.fixture
def field_form(klien):
    return f"{reverse('klien:guidance_new')}?klien={klien.pk}"


def taps(page):
    """Count touches from now on."""
    page.evaluate("sessionStorage.ketuk = 0")
    page.context.add_init_script("addEventListener('pointerdown', () => sessionStorage.ketuk++, true)")
    return lambda: int(page.evaluate("sessionStorage.ketuk"))


def test_three_taps_and_no_keystroke_from_the_clients_page(open_page, pk, klien):
    page = open_page(reverse("klien:detail", args=[klien.pk]), user=pk, width=PHONE)
    count = taps(page)
    page.reload()
    page.locator(".p-bar").get_by_text("Catat bimbingan").tap()
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Bimbingan tersimpan").wait_for()
    assert CatatanBimbingan.objects.get().hadir is True
    assert JadwalLapor.objects.get(klien=klien).terakhir is not None
    assert count() == 3


def test_a_double_tap_is_one_record_with_a_key_made_at_that_moment(open_page, pk, field_form):
    page = open_page(field_form, user=pk, width=PHONE)
    brought = page.locator("[name=kunci]").input_value()
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").dblclick()
    page.get_by_text("Bimbingan tersimpan").wait_for()
    assert str(CatatanBimbingan.objects.get().kunci) != brought


def test_going_back_and_saving_the_same_again_is_one_record_and_something_else_is_two(open_page, pk, field_form):
    page = open_page(field_form, user=pk, width=PHONE)

    def save(came):
        page.get_by_text(came, exact=True).tap()
        page.get_by_role("button", name="Simpan bimbingan").tap()
        page.get_by_text("Bimbingan tersimpan").wait_for()

    save("Hadir")
    page.go_back()
    save("Hadir")
    assert CatatanBimbingan.objects.count() == 1
    page.go_back()
    page.get_by_text("Kemarin").tap()
    save("Hadir")
    assert CatatanBimbingan.objects.count() == 2


def test_undo_takes_the_record_back(open_page, pk, klien, field_form):
    page = open_page(field_form, user=pk, width=PHONE)
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_role("button", name="Urungkan").tap()
    page.get_by_text("Bimbingan diurungkan.").wait_for()
    assert not CatatanBimbingan.objects.counted().exists()
    page.goto(field_form)
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Bimbingan tersimpan").wait_for()
    assert CatatanBimbingan.objects.counted().exists(), "written anew after it was undone"


def test_an_absence_shows_its_reasons_only_when_chosen(open_page, pk, field_form):
    page = open_page(field_form, user=pk, width=PHONE)
    reason = page.get_by_text("Belum dapat dihubungi")
    expect(reason).to_be_hidden()
    page.get_by_text("Tidak hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_role("link", name="Pilih alasan tidak hadir.").wait_for()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert problems(page) == []
    reason.tap()
    page.get_by_label("Tindak lanjut").fill("Telepon keluarga")
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("klien tidak hadir").wait_for()
    assert CatatanBimbingan.objects.get().alasan == "kontak"


def test_the_keyboard_alone_writes_a_contact(open_page, pk, field_form):
    page = open_page(field_form, user=pk)
    press = page.keyboard.press

    def tab_to(name):
        for _ in range(60):
            press("Tab")
            if page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()") == name:
                return
        pytest.fail(f"Tab does not reach {name}")

    tab_to("hadir")
    press("Space")
    tab_to("Simpan bimbingan")
    press("Enter")
    page.get_by_text("Bimbingan tersimpan").wait_for()
    assert CatatanBimbingan.objects.get().hadir is True


def test_without_javascript_the_same_page_works(open_page, pk, field_form):
    page = open_page(field_form, user=pk, width=PHONE, js=False)
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Bimbingan tersimpan").wait_for()
    page.go_back()
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan bimbingan").tap()
    assert CatatanBimbingan.objects.count() == 1


def test_the_field_form_is_light_large_and_never_covered(open_page, pk, field_form):
    page = open_page(field_form, user=pk, width=PHONE)
    assert page.transfer.total <= FIELD_FORM_BYTES
    assert page.transfer.foreign == []
    small = too_small(page, 44)
    assert [
        finding for finding in small if finding.split()[0] in ("input", "button", "select", "textarea", "summary")
    ] == []
    for details in page.locator("form details summary").all():
        details.click()
    assert [stop.name for stop in walk(page) if stop.covered] == []
    assert reflows(page) == []


def test_typing_a_name_updates_the_list_and_says_how_many(open_page, pk, klien):
    make.KlienFactory(bapas=klien.bapas, pk_pembimbing=pk, nama="Andi Pratama")
    page = open_page(reverse("klien:list"), user=pk)
    assert page.transfer.total <= PAGE_BYTES
    page.get_by_role("searchbox", name="Cari dalam daftar ini").press_sequentially("santo")
    page.get_by_role("link", name="Cari: santo").wait_for()
    expect(page.locator("#jumlah")).to_have_text("1 klien")
    assert page.url.endswith("?q=santo")
    expect(page.get_by_text("Andi Pratama")).to_have_count(0)
    assert problems(page) == []


def test_without_javascript_the_search_is_a_form(open_page, pk, klien):
    page = open_page(reverse("klien:list"), user=pk, js=False)
    page.get_by_role("searchbox", name="Cari dalam daftar ini").fill("santo")
    page.get_by_role("search", name="Daftar klien").get_by_role("button").click()
    expect(page.get_by_role("link", name="Cari: santo")).to_have_count(1)


def test_the_states_of_a_client_page_are_clean(open_page, pk, klien, field_form):
    make.CatatanFactory(klien=klien, koreksi_dari=make.CatatanFactory(klien=klien), alasan_koreksi="salah pilih")
    JadwalLapor.objects.filter(klien=klien).update(absen_beruntun=3)
    record = make.CatatanFactory(klien=klien)
    address = reverse("klien:detail", args=[klien.pk])
    for query in ("?baru=1", f"?tersimpan={record.pk}"):
        for width in (PHONE, 1366):
            assert problems(open_page(address + query, user=pk, width=width)) == []
