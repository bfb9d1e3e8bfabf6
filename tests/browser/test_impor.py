"""A file on its way into the portal, on the smallest screen and by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from apps.impor import working
from apps.impor.models import Impor
from apps.klien.models import Klien
from tests import factories as make
from tests.browser.checks import PAGE_BYTES, problems, reflows
from tests.impor.factories import client_row, csv_file, workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.CELERY_TASK_ALWAYS_EAGER = False


@pytest.fixture
def operator(officer, ours):
    officer("pk", nama="Siti Pembimbing, S.H.")
    make.KabKotaFactory()
    make.JenisProgramFactory()
    return officer("operator")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "klien kantor.xlsx"
    path.write_bytes(workbook([client_row(1), client_row(2, JK="x", NIK="3,17E+15"), client_row(3)]))
    return path


def work():
    """The worker, which these tests do not start."""
    impor = Impor.objects.latest("pk")
    working.work(impor.bapas_id, impor.pk)


def fine(page):
    return problems(page, target=24) + reflows(page)


@pytest.mark.parametrize("width", [PHONE, 1366])
def test_from_the_file_to_the_result(open_page, operator, file, width):
    page = open_page(reverse("klien:list"), user=operator, width=width)
    with page.expect_navigation():
        page.get_by_role("link", name="Impor", exact=True).click()
    assert fine(page) == []
    with page.expect_navigation():
        page.get_by_role("link", name="Impor berkas").click()
    assert fine(page) == []
    page.get_by_label("Klien", exact=True).check(force=True)
    page.get_by_label("Berkas").set_input_files(file)
    page.get_by_role("button", name="Unggah berkas").click()
    page.get_by_role("heading", name="Cocokkan kolom").wait_for()
    assert fine(page) == []
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_text("Menunggu giliran.").wait_for()
    assert fine(page) == []
    work()
    page.get_by_text("sebagian angkanya hilang").wait_for()  # the page asks for itself
    assert fine(page) == []
    page.get_by_text("Simpan baris yang benar saja").click()
    page.get_by_role("button", name="Simpan baris").click()
    page.get_by_text("Menunggu giliran.").wait_for()
    work()
    page.get_by_text("2 baris disimpan.").wait_for()
    assert fine(page) == []
    assert Klien.objects.count() == 2
    assert not page.transfer.foreign


def test_by_keyboard_alone(open_page, operator, tmp_path):
    path = tmp_path / "klien.csv"
    path.write_bytes(csv_file([client_row()]).read())
    page = open_page(reverse("impor:create"), user=operator)

    def to(name, role="button"):
        control = page.get_by_role(role, name=name)
        for _ in range(80):
            page.keyboard.press("Tab")
            if control.evaluate("e => e === document.activeElement"):
                return
        raise AssertionError(f"{name} cannot be reached")

    to("Klien", "radio")
    page.keyboard.press("Space")
    page.get_by_label("Berkas").set_input_files(path)  # the dialog of the system belongs to the system
    to("Unggah berkas")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Cocokkan kolom").wait_for()
    to("Periksa berkas")
    page.keyboard.press("Enter")
    page.get_by_text("Menunggu giliran.").wait_for()
    work()
    page.get_by_role("button", name="Simpan 1 baris").wait_for()
    to("Simpan 1 baris")
    page.keyboard.press("Enter")
    page.get_by_text("Menunggu giliran.").wait_for()
    work()
    page.get_by_text("1 baris disimpan.").wait_for()


def test_a_refused_file_and_a_missing_one_say_so(open_page, operator, tmp_path):
    page = open_page(reverse("impor:create"), user=operator, width=PHONE)
    page.get_by_role("button", name="Unggah berkas").click()
    page.get_by_text("Ada 2 hal yang perlu diperbaiki").wait_for()
    assert fine(page) == []
    path = tmp_path / "rumus.xlsx"
    path.write_bytes(workbook([client_row()], formula="=1+1"))
    page.get_by_text("Bimbingan yang lalu", exact=True).click()
    page.get_by_label("Berkas").set_input_files(path)
    page.get_by_role("button", name="Unggah berkas").click()
    page.get_by_text("Berkas ini berisi rumus.").wait_for()
    assert fine(page) == []


def test_pages_are_light_and_work_without_scripts(open_page, operator, file):
    page = open_page(reverse("impor:create"), user=operator, width=PHONE, js=False)
    page.get_by_text("Klien", exact=True).last.click()
    page.get_by_label("Berkas").set_input_files(file)
    page.get_by_role("button", name="Unggah berkas").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Periksa berkas").click()
    work()
    page.get_by_role("link", name="Muat ulang").click()
    expect(page.get_by_text("Perlu diperbaiki (1)")).to_be_visible()
    again = open_page(page.url, user=operator, width=PHONE)
    assert again.transfer.total <= PAGE_BYTES
