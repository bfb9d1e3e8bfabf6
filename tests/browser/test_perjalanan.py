"""The way of a client on the smallest screen: a stage, an end by two people, a handover by two offices, a follow-up."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from apps.klien.models import Klien
from apps.perjalanan.models import PeristiwaAkhir, TahapBimbingan, TindakLanjut, UsulPencabutan
from tests import factories as make
from tests.browser.checks import PAGE_BYTES, problems, reflows, walk
from tests.browser.test_klien import taps
from tests.perjalanan import factories as rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DAY = 390, dt.timedelta(days=1)


@pytest.fixture
def pk(officer):
    return officer("pk", nama="Ratna Dewi")


@pytest.fixture
def klien(ours, pk, today):
    """The term ends today."""
    rows.AmbangFactory(), rows.AmbangFactory(kode="akhir", persen=75), rows.DasarFactory()
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", diregistrasi=today - 200 * DAY)
    make.MasaFactory(klien=klien, mulai=today - 200 * DAY, selesai=today)
    make.KebutuhanFactory(klien=klien)
    return klien


def at(name, *args):
    return reverse(f"perjalanan:{name}", args=args)


def button(page, name):
    return page.locator("main").get_by_role("button", name=name)


def link(page, name):
    return page.locator("main").get_by_role("link", name=name)


def test_a_stage_moves_with_the_keyboard_alone(open_page, pk, klien, today):
    page = open_page(at("stages", klien.pk), user=pk, width=PHONE)
    assert problems(page) == []
    link(page, "Pindah ke tahap lanjutan").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pindah/")
    assert problems(page) == []
    stops = [stop.name for stop in walk(page)]
    assert stops.index("tpp_tanggal") < stops.index("tpp_nomor") < stops.index("mulai")
    page.locator("[name=tpp_tanggal]").fill((today - 3 * DAY).isoformat())
    page.locator("[name=tpp_nomor]").focus()
    page.keyboard.type("12/TPP/2026")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{at('stages', klien.pk)}")
    assert TahapBimbingan.objects.get().tahap == "lanjutan"
    assert problems(page) == []


def test_a_pk_prepares_the_end_in_two_taps_and_the_head_decides(open_page, officer, pk, klien):
    page = open_page("/", user=pk, width=PHONE)
    count = taps(page)
    page.reload()
    link(page, "Siapkan pengakhiran").tap()
    page.get_by_text("Kebutuhan yang masih terbuka").wait_for()
    button(page, "Ajukan pengakhiran").tap()
    page.get_by_text("Usul dikirim ke Kepala Bapas").wait_for()
    assert count() == 2
    assert problems(page) == []
    page = open_page("/", user=officer("kabapas"), width=PHONE)
    link(page, "Putuskan").tap()
    page.get_by_text("Periksa dulu").wait_for()
    assert problems(page) == []
    link(page, "Setujui").tap()
    page.get_by_label("Nomor surat pengakhiran").wait_for()
    assert problems(page) == []
    button(page, "Akhiri bimbingan").tap()
    page.get_by_role("heading", name="yang perlu diperbaiki").wait_for()
    expect(page).to_have_title(re.compile("^Galat: "))
    page.get_by_label("Nomor surat pengakhiran").fill("S-9/2026")
    button(page, "Akhiri bimbingan").tap()
    page.get_by_text("Putusan tersimpan").wait_for()
    assert Klien.objects.get(pk=klien.pk).status == "selesai"
    with page.expect_download() as download:
        link(page, "Unduh surat").tap()
    assert download.value.suggested_filename.endswith(".pdf")


def test_a_handover_from_one_head_to_the_other(open_page, officer, klien, theirs, today):
    their_pk = officer("pk", bapas=theirs, nama="Yohanis Lestari")
    page = open_page(at("ways", klien.pk), user=officer("kabapas"), width=PHONE)
    assert problems(page) == []
    link(page, "Limpahkan klien").tap()
    page.get_by_label("Bapas penerima").wait_for()
    assert problems(page) == []
    page.get_by_label("Bapas penerima").select_option(label=str(theirs))
    page.get_by_label("Alasan pelimpahan").fill("Pindah domisili mengikuti keluarga")
    page.get_by_label("Nomor surat pelimpahan").fill("W-1/2026")
    button(page, "Kirim permintaan").tap()
    page.get_by_text("Permintaan pelimpahan terkirim").wait_for()
    assert problems(page) == []
    page = open_page("/", user=officer("kabapas", bapas=theirs), width=PHONE)
    link(page, "Jawab Budi").tap()
    page.get_by_text("Pindah domisili mengikuti keluarga").wait_for()
    assert problems(page) == []
    link(page, "Terima klien").tap()
    page.get_by_label("Nomor register").fill("77")
    page.get_by_label("Pembimbing Kemasyarakatan").select_option(label=their_pk.nama)
    assert problems(page) == []
    button(page, "Terima klien").tap()
    page.get_by_text("terdaftar di kantor Anda").wait_for()
    assert Klien.objects.get(bapas=theirs).pk_pembimbing == their_pk
    assert Klien.objects.get(pk=klien.pk).status == "dilimpahkan"


def test_a_revocation_case_is_one_tap_from_its_form(open_page, officer, pk, klien, today):
    for days in (90, 60, 30):
        make.CatatanFactory(klien=klien, tanggal=today - days * DAY, hadir=False, alasan="kontak")
    page = open_page(at("revocation_new", klien.pk), user=pk, width=PHONE)
    assert problems(page) == []
    button(page, "Ajukan usul").tap()
    page.get_by_text("Usul pencabutan tersimpan").wait_for()
    assert len(UsulPencabutan.objects.get().tanggal_absen) == 3
    assert problems(page) == []
    assert reflows(page) == []
    link(page, "Catat berita acara").tap()
    page.get_by_label("Nomor surat").fill("BAP-1")
    button(page, "Catat berita acara").tap()
    page.get_by_text("Langkah tersimpan").wait_for()
    assert UsulPencabutan.objects.get().status == "bap"


def test_a_follow_up_is_answered_with_taps_alone(open_page, pk, klien):
    Klien.objects.filter(pk=klien.pk).delete()
    ended = make.KlienFactory(bapas=klien.bapas, pk_pembimbing=pk, status="selesai", nama="Siti Aminah")
    row = rows.followup(ended)
    page = open_page("/", user=pk, width=PHONE)
    link(page, "Isi tindak lanjut").tap()
    page.get_by_text("Telepon/WA").tap()
    assert problems(page) == []
    for name in TindakLanjut.OUTCOMES:
        page.locator(f"label:has([name={name}][value=tidak-tahu])").tap()
    button(page, "Simpan tindak lanjut").tap()
    page.get_by_text("Tindak lanjut tersimpan").wait_for()
    assert TindakLanjut.objects.get(pk=row.pk).cara == "telepon"
    assert problems(page) == []


@pytest.mark.parametrize("width", [PHONE, 1366])
def test_the_list_of_cases(open_page, officer, klien, theirs, width):
    other = make.KlienFactory(bapas=klien.bapas, pk_pembimbing=klien.pk_pembimbing)
    rows.AkhirFactory(klien=other), rows.handover(klien, theirs)
    head = officer("kabapas")
    for tab in ("habis", "akhir", "limpah"):
        page = open_page(f"{at('cases')}?tab={tab}", user=head, width=width)
        assert problems(page) == []
        assert reflows(page) == []
        assert page.transfer.total <= PAGE_BYTES
        assert not page.transfer.foreign


def test_an_end_can_be_opened_again(open_page, officer, pk, klien, today):
    head = officer("kabapas")
    ended = make.KlienFactory(bapas=klien.bapas, pk_pembimbing=pk, status="selesai", nama="Siti Aminah")
    akhir = rows.AkhirFactory(
        klien=ended, status="berlaku", diputus_oleh=head, diputus_pada=timezone.now(), surat_nomor="S-1"
    )
    page = open_page(at("end", akhir.pk), user=head, width=PHONE)
    link(page, "Buka kembali").tap()
    page.get_by_label("Alasan").fill("Klien lain yang dimaksud dalam surat")
    assert problems(page) == []
    button(page, "Buka kembali").tap()
    page.get_by_text("Registrasi dibuka kembali").wait_for()
    assert PeristiwaAkhir.objects.get(pk=akhir.pk).status == "dibatalkan"
    assert Klien.objects.get(pk=ended.pk).status == "aktif"
