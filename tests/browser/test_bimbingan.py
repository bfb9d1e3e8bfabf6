"""Logging guidance on a phone: taps and keys counted, everything unfolded, the group, the photo, obstacles."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from apps.klien.models import CatatanBimbingan, FotoBimbingan, Kendala
from tests import factories as make
from tests.browser.checks import PAGE_BYTES, problems, reflows, walk
from tests.klien.factories import JenisKendalaFactory, KendalaFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, GPS = 390, 0x8825
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


def test_the_next_date_in_the_save_bar_is_no_tower(open_page, pk, form):
    page = open_page(form, user=pk, width=PHONE, js=False)
    assert page.locator("[data-berikutnya]").bounding_box()["height"] <= 40


def test_typical_with_topics_a_note_and_an_obstacle(open_page, pk, klien):
    page = open_page("/", user=pk, width=PHONE)
    effort = counted(page)
    page.get_by_role("link", name="Catat Budi Santoso").first.tap()
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_text("Pekerjaan", exact=True).tap()
    note = page.get_by_label("Catatan singkat")
    note.tap()
    note.press_sequentially("Sudah melamar kerja di bengkel las.")
    page.get_by_text("Tambah: foto").tap()
    page.get_by_text("Jarak dan transportasi").tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_role("button", name="Urungkan").first.wait_for()
    taps, keys = effort()
    assert Kendala.objects.get().jenis.kode == "JARAK"
    assert taps <= 8
    assert keys <= 60


@pytest.mark.parametrize("letters", ["narrow", "wide"])
def test_everything_unfolded_and_with_errors_is_clean(open_page, pk, form, letters):
    page = open_page(form, user=pk, width=PHONE, letters=letters)
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


def picture(size=(2400, 1600), kind="JPEG", **options):
    """What a camera gives: a large file, with the place where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "S", (8.0, 39.0, 12.0)
    body = io.BytesIO()
    Image.effect_noise(size, 9).convert("RGB").save(body, kind, exif=exif, **options)
    return {"name": f"IMG_0001.{kind.lower()}", "mimeType": f"image/{kind.lower()}", "buffer": body.getvalue()}


KEPT_FILE = """async () => {
  const [file] = document.querySelector('input[type=file]').files;
  const {width, height} = await createImageBitmap(file);
  const text = new TextDecoder('latin1').decode(await file.arrayBuffer());
  return [file.type, file.size <= 200 * 1024, width, height, text.includes('Exif')] }"""


def test_a_photo_goes_with_the_record_small_and_without_its_place(open_page, pk, klien):
    page = open_page("/", user=pk, width=PHONE)
    effort = counted(page)
    page.get_by_role("link", name="Catat Budi Santoso").first.tap()
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_text("Tambah: foto").tap()
    page.get_by_label("Foto (pilihan)").set_input_files(picture())
    page.get_by_role("img", name="Foto yang akan dikirim").wait_for()
    assert page.evaluate(KEPT_FILE) == ["image/jpeg", True, 1280, 853, False]
    assert problems(page) + reflows(page) == []
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Terkirim: foto Bimbingan").wait_for()
    taps, keys = effort()
    assert (taps, keys) <= (6, 0), "one more than without, and the camera's own"
    photo = FotoBimbingan.objects.get()
    assert (photo.catatan, photo.lebar) == (CatatanBimbingan.objects.get(), 1280)
    page.goto(reverse("klien:guidance", args=[photo.catatan_id]))
    page.wait_for_function("() => document.querySelector('.p-foto img').naturalWidth === 1280")
    assert problems(page) + reflows(page) == []


def test_a_photo_can_be_taken_away_before_saving(open_page, pk, form):
    page = open_page(form, user=pk, width=PHONE)
    page.get_by_text("Tambah: foto").tap()
    field = page.get_by_label("Foto (pilihan)")
    field.set_input_files({"name": "surat.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7"})
    page.get_by_text("Berkas ini bukan foto yang dapat dibaca.").wait_for()
    field.set_input_files({"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic" + bytes(99)})
    expect(page.get_by_text("Paling Kompatibel")).to_be_visible()
    field.set_input_files(picture((400, 300), "PNG"))
    page.get_by_role("button", name="Hapus foto").tap()
    page.get_by_text("Foto dihapus.").wait_for()
    expect(field).to_be_focused()
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Bimbingan tersimpan").wait_for()
    page.get_by_text("Daring", exact=True).wait_for()
    assert not FotoBimbingan.objects.exists()


def test_an_error_elsewhere_keeps_the_photo(open_page, pk, form):
    page = open_page(form, user=pk, width=PHONE)
    page.get_by_text("Tambah: foto").tap()
    page.get_by_label("Foto (pilihan)").set_input_files(picture((400, 300)))
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_role("link", name="Pilih klien hadir atau tidak hadir.").wait_for()
    page.get_by_role("img", name="Foto yang akan dikirim").wait_for()
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Terkirim: foto Bimbingan").wait_for()
    assert FotoBimbingan.objects.get().lebar == 400


def test_without_scripts_the_photo_is_part_of_the_form(open_page, pk, form):
    page = open_page(form, user=pk, width=PHONE, js=False)
    page.get_by_text("Tambah: foto").tap()
    page.get_by_label("Foto (pilihan)").set_input_files(picture())
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_role("link", name="Pilih foto ini sekali lagi.").wait_for()
    page.get_by_text("Hadir", exact=True).tap()
    page.get_by_label("Foto (pilihan)").set_input_files(picture())
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Bimbingan tersimpan").wait_for()
    assert FotoBimbingan.objects.get().lebar == 1280


def test_no_photo_is_offered_for_a_child(open_page, pk, ours):
    child = make.KlienFactory(bapas=ours, pk_pembimbing=pk, kategori_usia="anak", jenis_register="bimbingan-anak")
    page = open_page(f"{reverse('klien:guidance_new')}?klien={child.pk}", user=pk, width=PHONE)
    page.get_by_text("Tambah: keadaan klien").tap()
    page.get_by_text("Foto klien anak tidak disimpan.").wait_for()
    assert page.locator("input[type=file]").count() == 0
    assert problems(page) == []


def test_a_photo_is_added_later_from_the_page_of_the_record(open_page, pk, klien):
    record = make.CatatanFactory(klien=klien)
    page = open_page(reverse("klien:guidance", args=[record.pk]), user=pk, width=PHONE)
    page.get_by_role("link", name="Tambahkan foto").tap()
    assert problems(page) + reflows(page) == []
    page.get_by_role("button", name="Simpan foto").tap()
    page.get_by_role("link", name="Pilih foto.").wait_for()
    page.get_by_label("Foto").set_input_files(picture(kind="PNG"))
    page.get_by_text("Foto siap").wait_for()
    assert problems(page) + reflows(page) == []
    page.get_by_role("button", name="Simpan foto").tap()
    page.wait_for_function("() => document.querySelector('.p-foto img')?.naturalWidth === 1280")
    assert FotoBimbingan.objects.get().lebar == 1280


def test_the_list_of_obstacles_is_clean_on_both_screens(open_page, pk, klien):
    KendalaFactory(catatan=make.CatatanFactory(klien=klien, kendala="Angkutan hanya pagi"))
    for width in (PHONE, 1366):
        page = open_page(reverse("klien:obstacles"), user=pk, width=width)
        assert problems(page) + reflows(page) == []
        assert page.transfer.total <= PAGE_BYTES
