"""Logging guidance on a phone: taps and keys counted, everything unfolded, the group, the photo, obstacles."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from apps.klien.models import CatatanBimbingan, FotoBimbingan, Kendala
from tests import factories as make
from tests.browser.checks import PAGE_BYTES, problems, reflows, walk
from tests.klien.factories import JenisKendalaFactory, KendalaFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390
COUNT = """sessionStorage.ketuk ??= 0; sessionStorage.tik ??= 0;
addEventListener('pointerdown', () => sessionStorage.ketuk++, true);
addEventListener('keydown', () => sessionStorage.tik++, true);"""


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def pk(officer):
    JenisKendalaFactory(), make.KategoriFactory()
    return officer("pk")


@pytest.fixture
def klien(ours, pk):
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", diregistrasi="2026-01-05")
    make.MasaFactory(klien=klien)
    return klien


@pytest.fixture
def form(klien):
    return f"{reverse('klien:guidance_new')}?klien={klien.pk}"


def counted(page):
    """counted(page)() → (taps, keys) since the page was opened."""
    page.context.add_init_script(COUNT)
    page.reload()
    page.evaluate("sessionStorage.ketuk = sessionStorage.tik = 0")
    return lambda: (int(page.evaluate("sessionStorage.ketuk")), int(page.evaluate("sessionStorage.tik")))


def test_minimal_from_the_beranda(open_page, pk, klien):
    page = open_page("/", user=pk, width=PHONE)
    effort = counted(page)
    page.get_by_role("link", name="Catat Budi Santoso").first.tap()
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_role("button", name="Urungkan").first.wait_for()
    taps, keys = effort()
    assert CatatanBimbingan.objects.get().hadir is True
    assert taps <= 4
    assert keys == 0


def test_typical_with_topics_a_note_and_an_obstacle(open_page, pk, klien):
    page = open_page("/", user=pk, width=PHONE)
    effort = counted(page)
    page.get_by_role("link", name="Catat Budi Santoso").first.tap()
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_text("Pekerjaan", exact=True).tap()
    note = page.get_by_label("Catatan singkat")
    note.tap()
    note.press_sequentially("Sudah melamar kerja di bengkel las.")
    page.get_by_text("Tambah: keadaan klien").tap()
    page.get_by_text("Jarak dan transportasi").tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_role("button", name="Urungkan").first.wait_for()
    taps, keys = effort()
    assert Kendala.objects.get().jenis.kode == "JARAK"
    assert taps <= 8
    assert keys <= 60


def test_everything_unfolded_and_with_errors_is_clean(open_page, pk, form):
    page = open_page(form, user=pk, width=PHONE)
    for summary in page.locator("form details summary").all():
        summary.click()
    page.get_by_text("Tidak hadir", exact=True).tap()
    page.get_by_text("Lain", exact=True).first.tap()
    assert problems(page) + reflows(page) == []
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_role("link", name="Isi tindak lanjut.").wait_for()
    assert problems(page) == []


def test_a_group_is_written_once(open_page, pk, klien, ours):
    make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Citra Lestari", diregistrasi="2026-01-05")
    page = open_page(reverse("klien:guidance_group"), user=pk, width=PHONE)
    assert problems(page) + reflows(page) == []
    effort = counted(page)
    page.get_by_text("Budi Santoso").tap()
    page.get_by_text("Citra Lestari").tap()
    page.get_by_role("button", name="Lanjut").tap()
    page.get_by_role("button", name="Tandai semua hadir").wait_for()
    assert problems(page) + reflows(page) == []
    assert [stop.name for stop in walk(page) if stop.covered] == []
    page.get_by_role("button", name="Tandai semua hadir").tap()
    page.get_by_role("group", name="Citra Lestari").get_by_text("Tidak hadir").tap()
    page.get_by_role("button", name="Simpan bimbingan").dblclick()
    page.get_by_role("link", name="Pilih alasan Citra Lestari tidak hadir.").wait_for()
    assert problems(page) == []
    page.get_by_label("Alasan Citra Lestari tidak hadir").select_option("bekerja")
    page.get_by_label("Tindak lanjut bagi yang tidak hadir").fill("Telepon besok")
    page.get_by_role("button", name="Simpan bimbingan").dblclick()
    page.get_by_text("Bimbingan kelompok tersimpan untuk 2 klien.").wait_for()
    assert effort()[0] <= 12
    assert sorted(CatatanBimbingan.objects.values_list("hadir", flat=True)) == [False, True]


def test_the_keyboard_alone_writes_a_group(open_page, pk, klien):
    page = open_page(f"{reverse('klien:guidance_group')}?langkah=isi&klien={klien.pk}", user=pk)
    press = page.keyboard.press

    def tab_to(name):
        for _ in range(60):
            press("Tab")
            if page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()") == name:
                return
        pytest.fail(f"Tab does not reach {name}")

    tab_to(f"h{klien.pk}")
    press("Space")
    tab_to("Simpan bimbingan")
    press("Enter")
    page.get_by_text("Bimbingan kelompok tersimpan untuk 1 klien.").wait_for()


def test_a_photo_is_made_small_on_the_phone_and_shown_on_the_record(open_page, pk, klien):
    record = make.CatatanFactory(klien=klien)
    page = open_page(reverse("klien:guidance_photo_add", args=[record.kunci]), user=pk, width=PHONE)
    assert problems(page) + reflows(page) == []
    picture = io.BytesIO()
    Image.effect_noise((2400, 1600), 9).save(picture, "PNG")
    page.get_by_label("Foto").set_input_files({
        "name": "IMG_0001.png", "mimeType": "image/png", "buffer": picture.getvalue(),
    })  # fmt: skip
    page.get_by_text("Foto dikecilkan menjadi").wait_for()
    assert page.evaluate("document.querySelector('input[type=file]').files[0].size") < len(picture.getvalue()) / 2
    page.get_by_role("button", name="Simpan foto").tap()
    page.get_by_role("img", name="Foto bimbingan").wait_for()
    assert FotoBimbingan.objects.get().lebar == 1280
    page.wait_for_function("() => document.querySelector('.p-foto img').naturalWidth === 1280")
    assert problems(page) + reflows(page) == []


def test_the_list_of_obstacles_is_clean_on_both_screens(open_page, pk, klien):
    KendalaFactory(catatan=make.CatatanFactory(klien=klien, kendala="Angkutan hanya pagi"))
    for width in (PHONE, 1366):
        page = open_page(reverse("klien:obstacles"), user=pk, width=width)
        assert problems(page) + reflows(page) == []
        assert page.transfer.total <= PAGE_BYTES
