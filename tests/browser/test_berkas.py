"""The case file on a phone: registration by keyboard, papers, two people on one file, and a session that ran out."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from apps.berkas.models import Dokumen
from apps.impor.models import Impor
from apps.klien.models import DrafRegistrasi, FotoBimbingan, Klien
from tests import factories as make
from tests.berkas.factories import DokumenFactory, JenisDokumenFactory, pdf
from tests.browser.checks import PAGE_BYTES, problems, reflows
from tests.klien.factories import FotoFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390
TYPED = 120
"""Letters and digits of a registration with the required answers; Tab, Space and Enter not counted."""


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def pk(officer):
    return officer("pk", nama="Ratna Dewi")


@pytest.fixture
def klien(ours, pk):
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", diregistrasi="2026-01-05")
    make.MasaFactory(klien=klien)
    return klien


class Keys:
    """Hands on the keyboard only: Tab, letters, Enter."""

    def __init__(self, page):
        self.page, self.strokes = page, 0

    def to(self, name):
        """Tab until the control with this name or these words has the focus."""
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAME) == name:
                return self
        pytest.fail(f"Tab does not reach {name}")

    def type(self, words):
        self.strokes += len(words)
        self.page.keyboard.type(words)
        return self

    def date(self, name, day, month, year):
        """A native date box takes its parts one after the other, in an order that the machine decides."""
        self.to(name)
        self.page.keyboard.type(day + month + year)
        if self.page.evaluate("document.activeElement.value") != f"{year}-{month}-{day}":
            self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(month + day + year)
        self.strokes += 8

    def choose(self, name, words):
        """Letters jump to an entry of a list."""
        return self.to(name).type(words)

    def press(self, key):
        self.page.keyboard.press(key)

    def go_on(self):
        with self.page.expect_navigation():
            self.to("Simpan dan lanjutkan").press("Enter")
        self.page.wait_for_load_state()


NAME = "document.activeElement.name || document.activeElement.textContent.trim()"


def test_the_keyboard_alone_registers_a_client_past_an_error(open_page, pk):
    make.KabKotaFactory(nama="Kota Uji"), make.JenisProgramFactory()
    page = open_page(reverse("klien:create"), user=pk, width=PHONE)
    keys = Keys(page)
    keys.to("nama").type("Siti Rahmawati")
    keys.to("panggilan").type("Siti")
    keys.date("lahir", "01", "02", "1995")
    keys.to("jenis_kelamin").press("Space")
    keys.go_on()
    keys.to("pidana").type("1 tahun")
    keys.go_on()
    page.get_by_role("link", name="Isi pasal, atau kosongkan semua isian perkara.").wait_for()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Galat: "))
    assert problems(page) == []
    page.reload()  # the focus is back on top; what was typed is in the draft
    keys.to("pasal").type("Pasal 111")
    keys.go_on()
    keys.choose("jenis_program", "Pembebasan")
    keys.to("sk_nomor").type("PAS-1")
    for name, date in (("sk_tanggal", ("02", "11", "2026")), ("mulai", ("02", "11", "2026"))):
        keys.date(name, *date)
    keys.date("selesai", "03", "05", "2027")
    keys.to("nomor_register").type("17")
    keys.go_on()
    keys.go_on()  # the guarantor may be written down later
    keys.choose("kabkota", "Kota")
    keys.go_on()
    page.get_by_role("heading", name="Periksa jawaban").wait_for()
    assert problems(page) == []
    expect(page.get_by_text("2 November 2026", exact=True)).to_have_count(2)
    with page.expect_navigation():
        keys.to("Simpan klien").press("Enter")
    page.get_by_text("Klien terdaftar").wait_for()
    assert Klien.objects.get().perkara.pidana == "1 tahun"
    assert DrafRegistrasi.objects.get().isi == ""
    assert keys.strokes <= TYPED


def test_a_registration_goes_on_where_it_stopped_also_without_javascript(open_page, pk):
    page = open_page(reverse("klien:create"), user=pk, width=PHONE, js=False)
    page.get_by_label("Nama lengkap").fill("Siti Rahmawati")
    page.get_by_role("button", name="Simpan dan lanjutkan").tap()
    page.get_by_role("link", name="Isi nama panggilan.").wait_for()
    page.goto("/")
    page.get_by_role("link", name="Lanjutkan pendaftaran").first.tap()
    page.get_by_role("heading", name="Identitas").wait_for()
    expect(page.get_by_label("Nama lengkap")).to_have_value("Siti Rahmawati")


def test_a_namesake_is_shown_before_the_next_page(open_page, pk, klien):
    page = open_page(reverse("klien:create"), user=pk, width=PHONE)
    page.get_by_label("Nama lengkap").fill("Budi Santosa")
    page.get_by_label("Nama panggilan", exact=True).fill("Budi")
    page.get_by_label("Tanggal lahir").fill("1990-05-17")
    page.get_by_text("Laki-laki").tap()
    page.get_by_role("button", name="Simpan dan lanjutkan").tap()
    page.get_by_text("Ada klien yang mirip di kantor Anda").wait_for()
    expect(page.get_by_role("link", name="Budi Santoso")).to_be_visible()
    assert problems(page) == []
    page.get_by_text("Sudah diperiksa: ini bukan pendaftaran ganda").tap()
    page.get_by_role("button", name="Simpan dan lanjutkan").tap()
    page.get_by_role("heading", name="Perkara dan putusan").wait_for()


def test_a_paper_is_uploaded_found_and_struck(open_page, pk, klien, tmp_path):
    JenisDokumenFactory()
    paper = tmp_path / "Surat Budi.pdf"
    paper.write_bytes(pdf())
    page = open_page(reverse("klien:detail", args=[klien.pk]), user=pk, width=PHONE)
    page.get_by_role("link", name="Dokumen", exact=True).tap()
    page.get_by_role("link", name="Unggah dokumen").first.tap()
    page.get_by_role("button", name="Unggah dokumen").tap()
    page.get_by_role("link", name="Pilih berkas.").wait_for()
    assert problems(page) == []
    page.get_by_label("Jenis dokumen").select_option("SK integrasi")
    page.get_by_label("Judul").fill("SK PB 2026")
    page.get_by_label("Berkas").set_input_files(paper)
    page.get_by_role("button", name="Unggah dokumen").tap()
    page.get_by_text("Dokumen tersimpan.").wait_for()
    assert page.transfer.foreign == []
    assert problems(page) == []
    assert reflows(page) == []
    with page.expect_download() as found:
        page.get_by_role("link", name="Unduh").tap()
    assert "Budi" not in found.value.suggested_filename
    assert found.value.path().read_bytes() == pdf_of(Dokumen.objects.get())
    with page.expect_navigation():
        page.get_by_role("link", name="Coret").tap()
    assert problems(page) == []
    page.get_by_label("Alasan").fill("Milik klien lain")
    page.get_by_role("button", name="Coret dokumen").tap()
    page.get_by_text("karena: Milik klien lain").wait_for()
    assert problems(page) == []


@pytest.mark.parametrize("width", [PHONE, 1366])
def test_what_waits_for_the_scanner_and_what_it_refused_is_said(open_page, pk, officer, klien, settings, width):
    settings.CLAMD_URL = "unix:///tidak/ada"
    for state, berkas in (("belum", "x"), ("bersih", "x"), ("tolak", "")):
        DokumenFactory(klien=klien, pindai=state, berkas=berkas, judul=f"SK {state}")
    waiting, refused = (FotoFactory(catatan=make.CatatanFactory(klien=klien), diunggah_oleh=pk) for _ in range(2))
    FotoBimbingan.objects.filter(pk=refused.pk).update(pindai="tolak")
    operator = officer("operator")
    table = Impor.objects.create(
        bapas=klien.bapas, dibuat_oleh=operator, status="pindai", jenis="klien", nama_berkas="klien.csv", bentuk="csv",
        ukuran=9, sha256="0" * 64, kode="0" * 32,
    )  # fmt: skip
    pages = {
        "dokumen": (pk, reverse("berkas:list", args=[klien.pk]), "Dapat diunduh setelah pemindai virus memeriksanya."),
        "menunggu": (pk, reverse("klien:guidance", args=[waiting.catatan_id]), "Foto sudah diterima"),
        "ditolak": (pk, reverse("klien:guidance", args=[refused.catatan_id]), "Pemindai menemukan virus pada foto"),
        "impor": (operator, reverse("impor:detail", args=[table.pk]), "Menunggu pemindai virus."),
        "beranda": (pk, "/", "Foto yang ditolak pemindai virus"),
    }
    for user, address, words in pages.values():
        page = open_page(address, user=user, width=width)
        page.get_by_text(words).first.wait_for()
        assert problems(page) == []
        assert reflows(page) == []


def pdf_of(document):
    with document.berkas.open() as stored:
        return stored.read()


def test_two_people_change_one_file_and_nothing_is_lost(open_page, pk, officer, klien):
    address = reverse("klien:edit", args=[klien.pk])
    mine = open_page(address, user=pk, width=PHONE)
    other = open_page(address, user=officer("operator", nama="Siti R."))
    other.get_by_label("Nama lengkap").fill("Budi Santoso, S.T.")
    other.get_by_text("Bekerja", exact=True).click()
    other.get_by_label("Pekerjaan").fill("Tukang las")
    other.get_by_role("button", name="Simpan perubahan").click()
    other.get_by_role("heading", name="Berkas klien").wait_for()
    mine.get_by_label("Nama lengkap").fill("Budi S.")
    mine.get_by_label("Kelurahan/desa").fill("Cibadak")
    mine.get_by_role("button", name="Simpan perubahan").tap()
    mine.get_by_text("Siti R. mengubah data ini pukul").wait_for()
    assert problems(mine) == []
    assert reflows(mine) == []
    mine.get_by_role("group", name="Nama lengkap").get_by_text("Budi Santoso, S.T.").tap()
    mine.get_by_role("group", name="Kegiatan utama").get_by_text("Bekerja").tap()
    mine.get_by_role("group", name="Pekerjaan").get_by_text("Tukang las").tap()
    mine.get_by_role("button", name="Simpan pilihan").tap()
    mine.get_by_role("heading", name="Berkas klien").wait_for()
    stored = Klien.objects.get(pk=klien.pk)
    assert (stored.nama, stored.pekerjaan, stored.kelurahan) == ("Budi Santoso, S.T.", "Tukang las", "Cibadak")


@pytest.mark.parametrize("width", [PHONE, 1366])
def test_the_occupation_is_asked_of_who_works_and_when_it_is_wrong(open_page, pk, klien, width):
    page = open_page(reverse("klien:edit", args=[klien.pk]), user=pk, width=width, js=False)
    occupation = page.get_by_label("Pekerjaan")
    expect(page.get_by_label("Belum diketahui")).to_be_checked()
    expect(occupation).to_be_hidden()
    page.get_by_text("Bekerja", exact=True).click()
    occupation.fill("Petani")
    page.get_by_text("Belum diketahui", exact=True).click()
    expect(occupation).to_be_hidden()
    page.get_by_role("button", name="Simpan perubahan").click()
    expect(occupation).to_have_value("Petani")
    expect(
        page.get_by_role("link", name="“Petani” tidak cocok dengan kegiatan utama “Belum diketahui”.")
    ).to_be_visible()
    assert reflows(page) == []
    page.get_by_text("Tidak bekerja", exact=True).click()
    page.get_by_role("button", name="Simpan perubahan").click()
    page.get_by_role("heading", name="Berkas klien").wait_for()
    stored = Klien.objects.get()
    assert (stored.kegiatan_utama, stored.pekerjaan) == ("tidak", "")


def test_a_form_sent_after_the_session_ended_comes_back_after_the_log_in(open_page, pk, klien):
    page = open_page(reverse("klien:edit", args=[klien.pk]), user=pk, width=PHONE)
    page.get_by_text("Bekerja", exact=True).tap()
    page.get_by_label("Pekerjaan").fill("Tukang las")
    Session.objects.all().delete()
    cache.clear()
    page.get_by_role("button", name="Simpan perubahan").tap()
    page.get_by_label("Surel").fill(pk.email)
    page.get_by_label("Kata sandi", exact=True).fill(make.PASSWORD)
    page.get_by_role("button", name="Masuk").tap()
    page.get_by_role("heading", name="Ubah data klien").wait_for()
    expect(page.get_by_label("Pekerjaan")).to_have_value("Tukang las")
    page.get_by_role("button", name="Simpan perubahan").tap()
    page.get_by_role("heading", name="Berkas klien").wait_for()
    page.goto(reverse("klien:edit", args=[klien.pk]))
    assert page.evaluate("Object.keys(sessionStorage).filter(key => /^(terkirim|isian)/.test(key)).length") == 0


def test_back_after_sign_out_shows_nothing(open_page, pk, klien):
    page = open_page(reverse("klien:detail", args=[klien.pk]), user=pk, width=PHONE)
    assert page.transfer.total <= PAGE_BYTES
    page.get_by_text("Menu", exact=True).tap()
    page.get_by_role("button", name="Keluar", exact=True).tap()
    page.get_by_role("heading", name="Masuk").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Masuk").wait_for()
    expect(page.get_by_text("Budi Santoso")).to_have_count(0)


@pytest.mark.parametrize("name", ["registry", "guarantor_add", "period_add", "case_edit", "timeline"])
def test_the_pages_of_a_file_are_clean(open_page, pk, klien, name):
    make.PenjaminFactory(klien=klien)
    for width in (PHONE, 1366):
        assert problems(open_page(reverse(f"klien:{name}", args=[klien.pk]), user=pk, width=width)) == []
