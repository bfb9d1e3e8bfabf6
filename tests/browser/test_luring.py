"""Guidance and attendance without signal: kept, locked, sent once, never lost, and gone at sign-out."""

import datetime as dt
import io
import itertools
import random
import re
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Error as Interrupted
from playwright.sync_api import expect

from apps.akun.services import sign_out_everywhere
from apps.jejak.models import Akses
from apps.kegiatan.models import KirimanHadir
from apps.klien.models import CatatanBimbingan, FotoBimbingan
from tests import factories as make
from tests.browser.checks import FIELD_FORM_BYTES, problems, reflows
from tests.browser.conftest import session_cookie
from tests.clock import office_today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 390
FORM, SHELL, QUEUE = "/bimbingan/catat/", "/bimbingan/catat/luring/", "/antrean-kirim/"
PHOTOS = "**/bimbingan/foto/**"
RUNS, SEED = 200, 20_261_122
PICTURED, NARROWEST, MOST_PHOTOS = 1 / 3, 100, 20
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
WAITS = "Tersimpan di HP. Akan dikirim saat ada sinyal."


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def pk(officer):
    return officer("pk")


@pytest.fixture
def klien(ours, pk):
    return make.KlienFactory(
        bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", panggilan="Budi", diregistrasi="2026-01-05"
    )


@pytest.fixture
def phone(open_page, pk):
    """phone(path) → a page on a phone that has opened the portal before, so its worker has the shell."""

    def open_(path="/", user=pk, **options):
        page = open_page("/", user=user, width=PHONE, **options)
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        page.goto(path)
        return page

    return open_


def form_of(klien):
    return f"{FORM}?klien={klien.pk}"


def write(page, came="Hadir", note=""):
    page.get_by_text(came, exact=True).tap()
    if note:
        page.get_by_label("Catatan singkat").fill(note)
    page.get_by_role("button", name="Simpan bimbingan").tap()


def photograph(page, width=640):
    """Choose a photo in the open form and wait until it is ready."""
    body = io.BytesIO()
    Image.effect_noise((width, 480), 9).save(body, "JPEG")
    if page.get_by_text("Tambah: foto").is_visible():
        page.get_by_text("Tambah: foto").tap()
    page.get_by_label("Foto (pilihan)").set_input_files(
        {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": body.getvalue()}
    )
    page.get_by_text("Foto siap").wait_for()


def chip(page, words):
    page.locator(".p-status", has_text=re.compile(f"^{words}$")).wait_for()


def records():
    return CatatanBimbingan.objects.count()


def photos():
    return FotoBimbingan.objects.count()


# --- saving without signal ------------------------------------------------------------------------


def test_an_open_form_keeps_the_record_and_sends_it_when_the_signal_returns(phone, klien):
    page = phone(form_of(klien))
    page.context.set_offline(True)
    write(page, note="Mulai bekerja")
    page.get_by_text(WAITS).first.wait_for()
    chip(page, "Luring · 1 belum terkirim")
    assert records() == 0
    page.context.set_offline(False)
    page.get_by_text("Terkirim: Bimbingan").wait_for()
    chip(page, "Daring")
    assert CatatanBimbingan.objects.get().catatan == "Mulai bekerja"


def test_the_queue_names_the_clock_of_the_phone(phone, klien):
    page = phone(form_of(klien), timezone_id="Asia/Makassar")
    page.context.set_offline(True)
    write(page)
    page.get_by_text(WAITS).first.wait_for()
    page.goto(QUEUE)
    page.get_by_text(re.compile(r"Disimpan \d+ \w+ \d{4}.* \d\d\.\d\d WITA$")).wait_for()


def test_the_form_opens_without_signal_and_asks_for_the_code(phone, klien):
    page = phone()
    page.context.set_offline(True)
    page.goto("/klien/")
    page.get_by_role("link", name="Catat bimbingan").tap()
    page.get_by_role("textbox", name="Kode klien").fill(klien.kode.lower())
    write(page)
    page.get_by_text(WAITS).first.wait_for()
    assert problems(page) + reflows(page) == []
    page.context.set_offline(False)
    page.get_by_text("Budi").wait_for()
    assert CatatanBimbingan.objects.get().klien == klien


def test_two_records_from_one_kept_page_are_two(phone, klien):
    page = phone(form_of(klien))
    page.context.set_offline(True)
    write(page, note="Pagi")
    page.get_by_text(WAITS).first.wait_for()
    assert page.get_by_role("button", name="Simpan bimbingan").is_hidden(), "nothing looks as if it waited to be saved"
    page.get_by_role("button", name="Catat satu lagi").tap()
    write(page, note="Sore")
    page.get_by_text(WAITS).first.wait_for()
    chip(page, "Luring · 2 belum terkirim")
    page.context.set_offline(False)
    chip(page, "Daring")
    assert set(CatatanBimbingan.objects.values_list("catatan", flat=True)) == {"Pagi", "Sore"}


def test_a_closed_tab_loses_nothing(phone, klien):
    page = phone(form_of(klien))
    page.context.set_offline(True)
    write(page)
    page.get_by_text(WAITS).first.wait_for()
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto("/")
    again.get_by_text("Terkirim: Bimbingan").wait_for()
    assert records() == 1


def test_today_is_the_day_of_saving_and_both_clocks_stay(phone, klien):
    page = phone(form_of(klien))
    page.context.set_offline(True)
    write(page)
    page.get_by_text(WAITS).first.wait_for()
    page.context.set_offline(False)
    page.get_by_text("Terkirim: Bimbingan").wait_for()
    record = CatatanBimbingan.objects.get()
    assert record.dibuat_pada < record.diterima_pada


def test_a_tap_count_without_signal_is_that_with_signal(phone, pk, klien):
    """From the Beranda with names taken along: the client, came, save."""
    type(klien.jadwal).objects.update(berikutnya=office_today())
    page = phone("/klien/lapangan/")
    page.get_by_role("button", name="Simpan di HP").tap()
    page.get_by_text("1 nama tersimpan").wait_for()
    page.goto("/")
    page.context.set_offline(True)
    page.goto(SHELL)
    taps = [page.get_by_text("Budi S."), page.get_by_text("Hadir", exact=True),
            page.get_by_role("button", name="Simpan bimbingan")]  # fmt: skip
    for target in taps:
        target.tap()
    page.get_by_text(WAITS).first.wait_for()
    assert len(taps) + 1 <= 4
    page.context.set_offline(False)
    page.get_by_text("Terkirim: Bimbingan").wait_for()
    assert Akses.objects.filter(verba="unduh", rincian__startswith="Mode lapangan", objek_id=klien.pk).count() == 1


def test_a_refused_form_shows_the_first_answers_mistakes_and_is_sent_once(phone, klien):
    page = phone(form_of(klien))
    posts = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    write(page, came="Tidak hadir")
    page.get_by_role("link", name="Isi tindak lanjut.").wait_for()
    chip(page, "Daring · 1 perlu perbaikan")
    assert len(posts) == 1
    expect(page.locator("[name=tindak_lanjut]")).to_have_attribute("aria-invalid", "true")
    assert problems(page) + reflows(page) == []
    page.get_by_text("Sakit", exact=True).tap()
    page.get_by_role("button", name="Kirim surat panggilan").tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Bimbingan tersimpan").wait_for()
    assert (records(), CatatanBimbingan.objects.get().tindak_lanjut) == (1, "Kirim surat panggilan")
    chip(page, "Daring")


def test_without_signal_a_tap_on_one_client_stays_with_that_client(phone, klien, pk, ours):
    """Also when the name was not taken along; the header does not call the person logged out."""
    make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Citra")
    page = phone()
    page.context.set_offline(True)
    page.goto(form_of(klien))
    page.get_by_text("Catatan ini untuk klien yang Anda pilih tadi.").wait_for()
    assert page.get_by_role("textbox", name="Kode klien").is_hidden()
    assert page.get_by_role("link", name="Masuk", exact=True).is_hidden()
    write(page)
    page.get_by_text(WAITS).first.wait_for()
    page.context.set_offline(False)
    page.get_by_text("Terkirim: Bimbingan").wait_for()
    assert CatatanBimbingan.objects.get().klien == klien


# --- a group -------------------------------------------------------------------------------------


@pytest.fixture
def group_form(klien, ours, pk):
    """Address of the form for two own clients."""
    citra = make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Citra Lestari", diregistrasi="2026-01-05")
    return reverse("klien:guidance_group", query={"langkah": "isi", "klien": [klien.pk, citra.pk]})


def test_an_open_group_form_is_kept_and_sent_once(phone, group_form):
    page = phone(group_form)
    page.context.set_offline(True)
    page.get_by_label("Catatan singkat").fill("Belajar bersama")
    page.get_by_role("button", name="Tandai semua hadir").tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text(WAITS).first.wait_for()
    assert records() == 0
    page.context.set_offline(False)
    page.get_by_text("Terkirim: Bimbingan kelompok, 2 klien.").wait_for()
    assert list(CatatanBimbingan.objects.values_list("cara", "catatan")) == [("kelompok", "Belajar bersama")] * 2


def test_a_group_form_cannot_be_opened_without_signal_and_its_draft_returns(phone, group_form):
    page = phone(group_form)
    page.get_by_label("Catatan singkat").fill("Belum selesai ditulis")
    page.get_by_role("button", name="Tandai semua hadir").tap()
    page.get_by_text("Draf tersimpan di HP ini.").wait_for()
    page.context.set_offline(True)
    page.reload()
    page.get_by_role("heading", name="Perlu sinyal untuk membuka halaman ini").wait_for()
    page.context.set_offline(False)
    page.reload()
    page.get_by_text("dipulihkan").wait_for()
    expect(page.get_by_label("Catatan singkat")).to_have_value("Belum selesai ditulis")
    expect(page.locator("[data-hitung]")).to_have_text("Hadir 2 dari 2")


def test_a_mistake_in_a_group_is_repaired_from_the_queue(phone, group_form):
    page = phone(group_form)
    page.context.set_offline(True)
    page.get_by_label("Catatan singkat").fill("Belajar bersama")
    page.get_by_role("group", name="Budi Santoso").get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text(WAITS).first.wait_for()
    page.context.set_offline(False)
    page.goto(QUEUE)
    page.get_by_text("Pilih hadir atau tidak hadir untuk Citra Lestari.").wait_for()
    page.get_by_role("link", name="Perbaiki").tap()
    page.get_by_role("link", name="Pilih hadir atau tidak hadir untuk Citra Lestari.").wait_for()
    expect(page.get_by_label("Catatan singkat")).to_have_value("Belajar bersama")
    page.get_by_role("group", name="Citra Lestari").get_by_text("Hadir", exact=True).tap()
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Bimbingan kelompok tersimpan untuk 2 klien.").wait_for()
    chip(page, "Daring")
    assert records() == 2


# --- what may go wrong ----------------------------------------------------------------------------


def lose_first_answer(page, path):
    """The portal stores what the first request brings, and the phone does not hear it."""
    swallow = itertools.chain([True], itertools.repeat(False))

    def answer(route):
        if route.request.method == "POST" and next(swallow):
            route.fetch()
            return route.abort()
        return route.continue_()

    page.route(f"**{path}", answer)


def test_a_lost_answer_is_no_second_record(phone, klien):
    page = phone(form_of(klien))
    lose_first_answer(page, FORM)
    write(page)
    chip(page, "Daring")
    page.get_by_text("Terkirim: Bimbingan").wait_for()
    assert records() == 1


def test_an_expired_login_keeps_the_record_and_asks_before_sending(phone, klien, pk, live_server):
    page = phone(form_of(klien))
    Session.objects.all().delete()
    write(page)
    page.get_by_text("Tersimpan di HP. Masuk lagi untuk mengirim.").first.wait_for()
    page.context.add_cookies([session_cookie(pk, live_server.url)])
    page.goto("/klien/")
    page.get_by_text("dibuat sebelum Anda masuk lagi. Kirim sekarang?").wait_for()
    assert records() == 0
    page.get_by_role("link", name="Periksa dulu").tap()
    page.get_by_text("Menunggu izin Anda").wait_for()
    assert not page.get_by_text("Perlu masuk lagi").is_visible(), "who has just logged in needs no log-in"
    page.get_by_role("button", name="Kirim sekarang").tap()
    page.get_by_text("Tidak ada catatan yang menunggu").wait_for()
    assert records() == 1


def test_a_phone_that_was_signed_out_from_afar_keeps_the_record_and_sends_it_once(
    phone, klien, pk, live_server, officer
):
    page = phone(form_of(klien))
    sign_out_everywhere(by=officer("kabapas"), person=pk, alasan="HP hilang")
    write(page, note="Dicatat di lapangan")
    page.get_by_text("Tersimpan di HP. Masuk lagi untuk mengirim.").first.wait_for()
    assert records() == 0
    pk.refresh_from_db()
    page.context.add_cookies([session_cookie(pk, live_server.url)])
    page.goto(QUEUE)
    page.get_by_text("Menunggu izin Anda").wait_for()
    page.get_by_role("button", name="Kirim sekarang").tap()
    page.get_by_text("Tidak ada catatan yang menunggu").wait_for()
    assert CatatanBimbingan.objects.get().catatan == "Dicatat di lapangan"


def close_the_browser(page):
    """What a browser forgets when it is closed: cookies without a date, the session's among them."""
    lasting = [cookie for cookie in page.context.cookies() if cookie["expires"] != -1]
    page.context.clear_cookies()
    page.context.add_cookies(lasting)


def test_after_a_restart_of_the_browser_the_list_says_what_to_do(phone, klien, pk, live_server):
    """Without signal: log in first. Logged in: press the button. Never "waiting", as if it went by itself."""
    page = phone(form_of(klien))
    page.context.set_offline(True)
    write(page)
    page.get_by_text(WAITS).first.wait_for()
    close_the_browser(page)
    page.goto(QUEUE)
    page.get_by_text("Perlu masuk lagi").wait_for()
    page.context.set_offline(False)
    page.context.add_cookies([session_cookie(pk, live_server.url)])
    page.goto(QUEUE)
    page.get_by_text("Menunggu izin Anda").wait_for()
    assert records() == 0
    page.get_by_role("button", name="Kirim sekarang").tap()
    page.get_by_text("Tidak ada catatan yang menunggu").wait_for()
    assert records() == 1


def test_while_the_database_is_away_the_form_opens_from_the_phone_and_keeps_the_record(phone, klien):
    page = phone(form_of(klien))
    away = {"status": 503, "headers": {"Retry-After": "15"}, "body": "nanti"}
    page.context.route("**/bimbingan/catat/*", lambda route: route.fulfill(**away))
    write(page)
    page.get_by_text(WAITS).first.wait_for()
    assert records() == 0
    page.context.unroute("**/bimbingan/catat/*")
    page.goto(QUEUE)
    page.get_by_text("Tidak ada catatan yang menunggu").wait_for()
    assert records() == 1


def test_another_account_neither_sends_nor_reads_it(phone, klien, pk, officer, live_server):
    page = phone(form_of(klien))
    page.context.set_offline(True)
    photograph(page)
    write(page, note="Hanya untuk pencatat")
    page.get_by_text(WAITS).first.wait_for()
    page.context.add_cookies([session_cookie(officer("pk"), live_server.url)])
    page.context.set_offline(False)  # the page of the first account is still open, the log-in is another's
    page.wait_for_timeout(1500)
    page.goto(QUEUE)
    page.get_by_text("1 catatan milik akun lain terkunci di HP ini.").wait_for()
    assert "Hanya untuk pencatat" not in page.content()
    assert (records(), photos()) == (0, 0)
    page.context.add_cookies([session_cookie(pk, live_server.url)])
    page.reload()
    page.get_by_role("button", name="Kirim sekarang").tap()
    page.get_by_text("Tidak ada catatan yang menunggu").wait_for()
    assert CatatanBimbingan.objects.get().pk_pencatat == pk
    assert photos() == 1


def test_a_mistake_waits_for_repair_and_opens_with_what_was_typed(phone, klien):
    page = phone(SHELL)
    page.context.set_offline(True)
    page.goto(SHELL)
    page.get_by_role("textbox", name="Kode klien").fill("KL-2001-99999")
    write(page, note="Kode keliru")
    page.get_by_text(WAITS).first.wait_for()
    page.context.set_offline(False)
    page.goto(QUEUE)
    page.get_by_text("Kode klien ini tidak ada di kantor Anda.").wait_for()
    assert problems(page) + reflows(page) == []
    page.get_by_role("link", name="Perbaiki").tap()
    page.get_by_role("link", name="Kode klien ini tidak ada di kantor Anda.").wait_for()
    expect(page.get_by_label("Catatan singkat")).to_have_value("Kode keliru")
    page.get_by_role("textbox", name="Kode klien").fill(klien.kode)
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Bimbingan tersimpan").wait_for()
    assert CatatanBimbingan.objects.get().catatan == "Kode keliru"
    chip(page, "Daring")


def test_mistakes_with_signal_are_shown_by_the_server_and_repaired_once(phone, klien):
    page = phone(form_of(klien))
    write(page, came="Tidak hadir")
    page.get_by_role("link", name="Pilih alasan tidak hadir.").wait_for()
    page.get_by_text("Sakit", exact=True).tap()
    page.get_by_label("Tindak lanjut").fill("Telepon keluarga")
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Bimbingan tersimpan").wait_for()
    assert records() == 1
    chip(page, "Daring")


def test_a_phone_that_refuses_to_store_says_so_and_posts_plainly(open_page, pk, klien):
    page = open_page(user=pk, width=PHONE)
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page.goto(form_of(klien))
    page.get_by_text("HP ini tidak dapat menyimpan catatan tanpa sinyal.").wait_for()
    write(page)
    page.get_by_text("Bimbingan tersimpan").wait_for()
    assert records() == 1


def test_a_store_that_fills_up_while_writing_is_told_and_the_form_still_sends(phone, klien):
    page = phone(form_of(klien))
    page.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') } }")
    page.context.set_offline(True)
    write(page)
    page.get_by_text("Belum tersimpan: HP ini menolak menyimpan").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Simpan bimbingan").tap()
    page.get_by_text("Bimbingan tersimpan").wait_for()
    assert records() == 1


def test_a_draft_returns_to_its_client_only(phone, klien, ours, pk):
    other = make.KlienFactory(bapas=ours, pk_pembimbing=pk)
    page = phone(form_of(klien))
    page.get_by_label("Catatan singkat").fill("Belum selesai ditulis")
    page.get_by_text("Draf tersimpan di HP ini.").wait_for()
    page.goto(form_of(other))
    expect(page.get_by_label("Catatan singkat")).to_have_value("")
    page.goto(form_of(klien))
    page.get_by_text("dipulihkan").wait_for()
    expect(page.get_by_label("Catatan singkat")).to_have_value("Belum selesai ditulis")


# --- photos ---------------------------------------------------------------------------------------


def test_a_photo_waits_with_its_record_and_follows_it(phone, klien):
    page = phone(form_of(klien))
    page.context.set_offline(True)
    photograph(page)
    write(page)
    page.get_by_text(WAITS).first.wait_for()
    expect(page.get_by_role("img", name="Foto yang akan dikirim")).to_be_hidden()
    chip(page, "Luring · 1 belum terkirim")
    page.goto(QUEUE)
    page.get_by_text("Foto: Tersimpan di HP").wait_for()
    assert problems(page) + reflows(page) == []
    page.context.set_offline(False)
    page.get_by_text("Terkirim: foto Bimbingan").wait_for()
    chip(page, "Daring")
    assert FotoBimbingan.objects.get().catatan == CatatanBimbingan.objects.get()


def test_a_photo_that_does_not_get_through_waits_alone_and_arrives_once(phone, klien):
    """A dead line, a portal that has not seen the text yet, an answer that nobody heard; then it gets through."""
    page = phone(form_of(klien))
    fates, asked = itertools.chain(["early", "lost"], itertools.repeat("through")), []

    def answer(route):
        if not asked:
            return route.abort()
        asked.append(next(fates))
        if asked[-1] == "early":
            return route.fulfill(status=425, json={"detail": "Catatannya belum diterima."})
        if asked[-1] == "through":
            return route.continue_()
        route.fetch()
        return route.abort()

    page.context.route(PHOTOS, answer)
    photograph(page)
    write(page)
    page.get_by_text("Bimbingan tersimpan").wait_for()
    page.goto(QUEUE)
    row = page.get_by_role("listitem").filter(has_text=f"Bimbingan {klien.kode}")
    expect(row).to_contain_text("Foto: Tersimpan di HP")
    expect(row.get_by_text("Terkirim", exact=True)).to_be_visible()
    asked.append("the line is there again")
    page.get_by_text("Tidak ada catatan yang menunggu").wait_for()
    assert asked[1:] == ["early", "lost", "through"]
    assert (records(), photos()) == (1, 1)


def test_the_photo_of_a_child_waits_for_its_deletion_and_the_text_has_arrived(phone, ours, pk, klien):
    child = make.KlienFactory(
        bapas=ours, pk_pembimbing=pk, kategori_usia="anak", jenis_register="bimbingan-anak", diregistrasi="2026-01-05"
    )
    page = phone(SHELL)
    page.context.set_offline(True)
    for one in (child, klien):
        page.goto(SHELL)
        page.get_by_role("textbox", name="Kode klien").fill(one.kode)
        photograph(page)
        write(page)
        page.get_by_text(WAITS).first.wait_for()
    page.context.set_offline(False)
    page.goto(QUEUE)
    page.get_by_text("Foto: Perlu perbaikan").wait_for()
    page.get_by_text("Foto klien anak tidak disimpan.").wait_for()
    chip(page, "Daring · 1 perlu perbaikan")
    assert problems(page) + reflows(page) == []
    page.once("dialog", lambda question: question.accept())
    page.get_by_role("button", name="Hapus foto").tap()
    page.get_by_text("Tidak ada catatan yang menunggu").wait_for()
    assert records() == 2
    assert FotoBimbingan.objects.get().catatan.klien == klien


def test_a_refused_photo_opens_again_with_the_reason(phone, klien):
    page = phone(form_of(klien))
    sentence = {"galat": {"foto": [{"message": "Berkas ini bukan foto.", "code": ""}]}}
    page.context.route(PHOTOS, lambda route: route.fulfill(status=422, json=sentence))
    photograph(page)
    write(page)
    page.get_by_text("Bimbingan tersimpan").wait_for()
    page.goto(QUEUE)
    page.get_by_text("Foto: Perlu perbaikan").wait_for()
    page.context.unroute(PHOTOS)
    page.get_by_role("link", name="Perbaiki").tap()
    page.get_by_role("link", name="Berkas ini bukan foto.").wait_for()
    page.get_by_text("Foto siap").wait_for()
    page.get_by_role("button", name="Simpan foto").tap()
    page.wait_for_function("() => document.querySelector('.p-foto img')?.naturalWidth")
    chip(page, "Daring")
    assert (records(), photos()) == (1, 1)


def test_a_phone_keeps_twenty_photos_and_says_when_it_is_full(phone, klien):
    page = phone(SHELL)
    page.context.set_offline(True)
    page.goto(SHELL)
    for number in range(MOST_PHOTOS):
        page.wait_for_function(READY)
        page.evaluate(SAVE, [klien.kode, f"catatan {number}", 90])
        page.wait_for_function(KEPT)
        page.wait_for_function(IDLE)
    page.reload()
    page.get_by_text("Tambah: foto").tap()
    page.get_by_label("Foto (pilihan)").set_input_files(
        {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8"}
    )
    page.get_by_text("Sudah 20 foto menunggu di HP ini.").wait_for()
    page.get_by_role("textbox", name="Kode klien").fill(klien.kode)
    write(page, note="Tanpa foto")
    chip(page, "Luring · 21 belum terkirim")
    page.context.set_offline(False)
    chip(page, "Daring")
    assert (records(), photos()) == (MOST_PHOTOS + 1, MOST_PHOTOS)


# --- sign-out -------------------------------------------------------------------------------------

STORED = """async () => {
  const open = indexedDB.open('portal');
  await new Promise(done => { open.onsuccess = done });
  const count = name => new Promise(done => {
    const all = open.result.transaction(name).objectStore(name).getAll();
    all.onsuccess = () => done(all.result.length) });
  return [await count('kunci'), await count('isian')] }"""


def sign_out(page):
    page.locator("summary", has_text="Menu").tap()
    page.get_by_role("button", name="Keluar", exact=True).tap()


def test_nobody_signs_out_over_unsent_records_and_deleting_takes_words(phone, klien):
    page = phone(form_of(klien))
    page.route(f"**{FORM}", lambda route: route.abort())
    write(page)
    page.get_by_text(WAITS).first.wait_for()
    sign_out(page)
    page.get_by_text("Masih ada 1 catatan yang belum terkirim.").wait_for()
    assert problems(page) == []
    page.get_by_role("button", name="Hapus dari HP ini").tap()
    page.get_by_text("bila Anda yakin").wait_for()
    assert page.evaluate(STORED) == [1, 1]
    page.get_by_label("untuk melanjutkan").fill("hapus 1 catatan")
    page.get_by_role("button", name="Hapus dari HP ini").tap()
    page.get_by_text("sudah dihapus").wait_for()
    assert page.evaluate(STORED) == [0, 0]
    page.locator("main").get_by_role("button", name="Keluar", exact=True).tap()
    page.wait_for_url("**/masuk/")
    assert records() == 0


def test_signing_out_destroys_the_key_the_names_and_the_drafts(phone, klien):
    page = phone(form_of(klien))
    page.get_by_label("Catatan singkat").fill("Rahasia")
    page.get_by_text("Draf tersimpan di HP ini.").wait_for()
    assert page.evaluate(STORED) == [1, 1]
    sign_out(page)
    page.wait_for_url("**/masuk/")
    assert page.evaluate(STORED) == [0, 0]
    page.context.set_offline(True)
    page.goto(SHELL)
    page.get_by_text("Belum ada akun yang dikenal di HP ini.").wait_for()


def test_nothing_on_the_phone_can_be_read_without_the_key(phone, klien):
    page = phone(form_of(klien))
    page.context.set_offline(True)
    photograph(page)
    write(page, note="Rahasia klien")
    page.get_by_text(WAITS).first.wait_for()
    raw = page.evaluate(
        """async () => {
      const open = indexedDB.open('portal');
      await new Promise(done => { open.onsuccess = done });
      const get = name => new Promise(done => {
        const all = open.result.transaction(name).objectStore(name).getAll();
        all.onsuccess = () => done(all.result) });
      const [[key], records] = [await get('kunci'), await get('isian')];
      const exported = await crypto.subtle.exportKey('raw', key.kunci).then(() => 'yes', () => 'no');
      const cached = [];
      for (const name of await caches.keys())
        for (const asked of await (await caches.open(name)).keys())
          cached.push(await (await caches.match(asked)).text());
      return {exported, fields: Object.keys(records[0]).sort(),
              bytes: new TextDecoder('latin1').decode(records[0].data),
              photo: new TextDecoder('latin1').decode(records[0].lampiran.data), cached: cached.join(' ')} }"""
    )
    assert raw["exported"] == "no"
    assert raw["fields"] == ["akun", "data", "id", "iv", "jenis", "lampiran", "sesi", "waktu"]
    assert "JFIF" not in raw["photo"]
    assert "Rahasia" not in raw["bytes"]
    assert klien.kode not in raw["bytes"]
    assert klien.nama not in raw["cached"]
    assert "Keluar</button></form>\n</div></details>" not in raw["cached"], "kept pages are those of a stranger"


# --- attendance -----------------------------------------------------------------------------------


EMPTY_LIST = "/kegiatan/hadir/luring/"
NOT_TAKEN = "Daftar hadir ini belum ada di HP."


@pytest.fixture
def coordinator(ours, officer):
    return officer("koordinator_pokmas", mitra=make.PokmasFactory(bapas=ours).mitra)


@pytest.fixture
def people(ours, coordinator):
    """Three on the list of an activity of today."""
    kegiatan = make.KegiatanFactory(
        bapas=ours,
        mitra=coordinator.penugasan.mitra,
        mulai=timezone.now(),
        dibuat_oleh=coordinator,
        judul="Latihan las",
    )
    return [make.KehadiranFactory(kegiatan=kegiatan, panggilan=name) for name in ("Andi", "Budi", "Citra")]


@pytest.fixture
def attendance(people):
    return reverse("kegiatan:attendance", args=[people[0].kegiatan_id])


@pytest.fixture
def prepared(phone, coordinator, people):
    """A phone with Mode lapangan, without signal from now on."""
    page = phone("/pengaturan/", user=coordinator)
    page.get_by_role("button", name="Siapkan Mode lapangan").tap()
    page.get_by_text("3 nama tersimpan").wait_for()
    page.context.set_offline(True)
    return page


def person(page, name):
    return page.locator(".p-hadir > li", has_text=name)


def mark(page, name, status):
    person(page, name).get_by_text(status, exact=True).tap()


def save_list(page):
    page.get_by_role("button", name="Simpan daftar hadir").tap()


def marked(people):
    for row in people:
        row.refresh_from_db()
    return [row.status for row in people]


def test_an_attendance_list_waits_for_the_signal_and_arrives_once(phone, coordinator, people, attendance):
    page = phone(attendance, user=coordinator)
    page.context.set_offline(True)
    page.get_by_role("button", name="Tandai semua hadir").tap()
    save_list(page)
    page.get_by_text(WAITS).first.wait_for()
    assert KirimanHadir.objects.count() == 0
    page.context.set_offline(False)
    page.get_by_text("Terkirim: Daftar hadir").wait_for()
    assert marked(people) == ["hadir"] * 3
    sent = KirimanHadir.objects.get()
    assert sent.dibuat_pada < sent.diterima_pada


def test_a_mark_that_goes_back_to_what_the_page_showed_is_sent_too(phone, coordinator, people, attendance):
    type(people[0]).objects.filter(pk=people[0].pk).update(status="hadir")
    page = phone(attendance, user=coordinator)
    page.context.set_offline(True)
    for status in ("Izin", "Hadir"):
        mark(page, "Andi", status)
        save_list(page)
        page.get_by_text(WAITS).first.wait_for()
    chip(page, "Luring · 2 belum terkirim")
    page.context.set_offline(False)
    chip(page, "Daring")
    assert marked(people) == ["hadir", "belum", "belum"]


def test_the_list_opens_without_signal_and_its_marks_survive_reload_and_kill(prepared, people, attendance):
    page = prepared
    page.goto(attendance)
    expect(page.locator("[data-hitung]")).to_have_text("Hadir 0 dari 3 · 3 belum dicatat")
    assert problems(page) + reflows(page) == []
    mark(page, "Andi", "Hadir")
    mark(page, "Budi", "Izin")
    expect(person(page, "Andi").locator("[data-tanda]")).to_have_text("Belum disimpan")
    save_list(page)
    page.get_by_text(WAITS).first.wait_for()
    expect(person(page, "Andi").locator("[data-tanda]")).to_have_text("Tersimpan di HP")

    page.reload()
    expect(person(page, "Budi").get_by_label("Izin")).to_be_checked()
    expect(person(page, "Budi").locator("[data-tanda]")).to_have_text("Tersimpan di HP")
    expect(page.locator("[data-hitung]")).to_have_text("Hadir 1 dari 3 · 1 belum dicatat")
    mark(page, "Citra", "Tidak")
    page.get_by_text("Draf tersimpan di HP ini.").wait_for()
    page.close()

    page = page.context.new_page()
    page.goto(attendance)
    expect(person(page, "Citra").get_by_label("Tidak")).to_be_checked()
    expect(person(page, "Citra").locator("[data-tanda]")).to_have_text("Belum disimpan")
    save_list(page)
    page.get_by_text(WAITS).first.wait_for()
    assert KirimanHadir.objects.count() == 0
    page.context.set_offline(False)
    chip(page, "Daring")
    expect(person(page, "Citra").locator("[data-tanda]")).to_have_text("Terkirim")
    assert marked(people) == ["hadir", "izin", "tidak"]
    assert KirimanHadir.objects.count() == 2


def test_a_list_shows_as_sent_what_another_page_has_sent(prepared, people, attendance):
    page = prepared
    page.goto(attendance)
    mark(page, "Budi", "Hadir")
    save_list(page)
    page.get_by_text(WAITS).first.wait_for()
    page.goto(QUEUE)
    page.context.set_offline(False)
    page.get_by_text("Tidak ada catatan yang menunggu").wait_for()
    page.context.set_offline(True)
    page.goto(attendance)
    expect(person(page, "Budi").locator("[data-tanda]")).to_have_text("Terkirim")
    expect(person(page, "Budi").get_by_label("Hadir", exact=True)).to_be_checked()
    assert marked(people) == ["belum", "hadir", "belum"]


def test_a_lost_answer_is_no_second_list(prepared, people, attendance):
    page = prepared
    page.goto(attendance)
    mark(page, "Andi", "Hadir")
    save_list(page)
    page.get_by_text(WAITS).first.wait_for()
    lose_first_answer(page, attendance)
    page.context.set_offline(False)
    page.get_by_text("Terkirim: Daftar hadir").wait_for()
    expect(person(page, "Andi").locator("[data-tanda]")).to_have_text("Terkirim")
    assert (KirimanHadir.objects.count(), marked(people)) == (1, ["hadir", "belum", "belum"])


def test_of_three_marks_for_one_person_the_last_counts(prepared, people, attendance):
    page = prepared
    page.goto(attendance)
    for number, status in enumerate(("Hadir", "Izin", "Hadir"), start=1):
        mark(page, "Andi", status)
        save_list(page)
        chip(page, f"Luring · {number} belum terkirim")
    page.context.set_offline(False)
    chip(page, "Daring")
    assert marked(people) == ["hadir", "belum", "belum"]
    assert KirimanHadir.objects.count() == 3


def test_marks_that_the_portal_refused_are_pointed_at(prepared, people, attendance):
    page = prepared
    page.goto(attendance)
    mark(page, "Andi", "Hadir")
    save_list(page)
    page.get_by_text(WAITS).first.wait_for()
    type(people[0].kegiatan).objects.update(status="batal", alasan_batal="Hujan")
    page.goto(QUEUE)
    page.context.set_offline(False)
    page.get_by_text("Kegiatan ini sudah berstatus Dibatalkan").wait_for()
    page.context.set_offline(True)
    page.goto(attendance)
    page.get_by_text("Ada tanda yang belum diterima portal.").wait_for()
    assert marked(people) == ["belum"] * 3


def test_what_others_changed_meanwhile_stays(prepared, people, attendance):
    page = prepared
    page.goto(attendance)
    type(people[0]).objects.filter(pk=people[1].pk).update(status="izin")
    mark(page, "Andi", "Hadir")
    save_list(page)
    page.get_by_text(WAITS).first.wait_for()
    page.context.set_offline(False)
    page.get_by_text("Terkirim: Daftar hadir").wait_for()
    assert marked(people) == ["hadir", "izin", "belum"]


def test_without_names_the_list_says_what_can_be_done(phone, coordinator, people, attendance):
    page = phone(user=coordinator)
    page.context.set_offline(True)
    page.goto(attendance)
    page.get_by_text(NOT_TAKEN).wait_for()
    assert problems(page) + reflows(page) == []
    assert page.get_by_role("button", name="Simpan daftar hadir").is_hidden()


def test_the_page_for_no_signal_leads_to_the_lists_that_were_taken(prepared, attendance):
    page = prepared
    page.goto("/kegiatan/")
    page.get_by_role("link", name="Isi daftar hadir").tap()
    page.get_by_role("link", name="Latihan las").tap()
    page.wait_for_url(f"**{attendance}")
    mark(page, "Budi", "Hadir")
    assert page.console_problems == []


def test_an_activity_of_tomorrow_is_shown_and_waits_for_its_day(phone, coordinator, people, attendance):
    tomorrow = people[0].kegiatan
    tomorrow.mulai += dt.timedelta(hours=23, minutes=50)
    tomorrow.selesai = tomorrow.mulai + dt.timedelta(hours=1)
    tomorrow.save()
    page = phone("/pengaturan/", user=coordinator)
    page.get_by_role("button", name="Siapkan Mode lapangan").tap()
    page.get_by_text("3 nama tersimpan").wait_for()
    page.context.set_offline(True)
    page.goto(attendance)
    page.get_by_text("Kehadiran dapat dicatat mulai").wait_for()
    assert page.get_by_role("button", name="Simpan daftar hadir").is_hidden()


def read_without_signal(page, address, words):
    """A service worker that starts at that moment may reach the network once more, and a page of the server answers."""
    page.context.set_offline(True)
    for _ in range(3):
        page.goto(address)
        with suppress(Interrupted):
            return page.get_by_text(words).wait_for(timeout=10_000)
    raise AssertionError(page.locator("body").inner_text())


def test_names_of_a_list_end_after_a_day_and_at_sign_out(prepared, people, attendance):
    page = prepared
    day = 86_400_000
    page.context.add_init_script(f"if (localStorage.esok) Date.now = (now => () => now() + {day})(Date.now)")
    page.goto(attendance)
    person(page, "Andi").wait_for()
    page.evaluate("localStorage.esok = 1")
    page.reload()
    page.get_by_text(NOT_TAKEN).wait_for()
    page.evaluate("localStorage.removeItem('esok')")
    page.context.set_offline(False)
    page.goto("/pengaturan/")
    page.get_by_text("Belum ada nama di HP ini.").wait_for()
    page.get_by_role("button", name="Siapkan Mode lapangan").tap()
    page.get_by_text("3 nama tersimpan").wait_for()
    assert page.evaluate(STORED) == [1, 2]
    sign_out(page)
    page.wait_for_url("**/masuk/")
    assert page.evaluate(STORED) == [0, 0]
    read_without_signal(page, attendance, "Belum ada akun yang dikenal di HP ini.")


def test_another_account_on_the_same_phone_sees_no_list(prepared, people, attendance, officer, live_server):
    page = prepared
    page.context.add_cookies([session_cookie(officer("operator"), live_server.url)])
    page.context.set_offline(False)
    page.goto("/")
    page.context.set_offline(True)
    page.goto(attendance)
    page.get_by_text(NOT_TAKEN).wait_for()
    assert "Andi" not in page.content()


def test_no_cache_holds_a_name_of_a_list(prepared, people, attendance):
    page = prepared
    page.goto(attendance)
    person(page, "Andi").wait_for()
    cached = page.evaluate(
        """async () => {
      const found = [];
      for (const name of await caches.keys())
        for (const asked of await (await caches.open(name)).keys())
          found.push(await (await caches.match(asked)).text());
      return found.join(' ') }"""
    )
    assert "Simpan daftar hadir" in cached
    for secret in ("Andi", people[0].kode, "Latihan las"):
        assert secret not in cached


def test_a_list_from_the_phone_by_keyboard_alone(prepared, people, attendance):
    page = prepared
    page.goto(attendance)
    person(page, "Andi").wait_for()
    expect(page.locator("[data-hitung]")).to_have_text("Hadir 0 dari 3 · 3 belum dicatat")  # the list counts by now
    page.get_by_role("button", name="Tandai semua hadir").press("Enter")
    expect(page.locator("[data-hitung]")).to_have_text("Hadir 3 dari 3")
    person(page, "Budi").get_by_label("Hadir", exact=True).press("ArrowRight")
    page.get_by_role("button", name="Simpan daftar hadir").press("Enter")
    page.get_by_text(WAITS).first.wait_for()
    page.context.set_offline(False)
    page.get_by_text("Terkirim: Daftar hadir").wait_for()
    assert marked(people) == ["hadir", "tidak", "hadir"]


def test_the_beranda_lists_what_is_unsent(phone, klien):
    page = phone(form_of(klien))
    page.route(f"**{FORM}", lambda route: route.abort())
    write(page)
    page.get_by_text(WAITS).first.wait_for()
    page.goto("/")
    page.get_by_role("heading", name="Catatan belum terkirim di HP ini (1)").wait_for()
    expect(page.get_by_text(f"Bimbingan {klien.kode}")).to_be_visible()
    assert problems(page) == []


# --- the whole thing, by chance -------------------------------------------------------------------

SAVE = """async ([code, note, width]) => {
  document.querySelector('[data-tersimpan-hp] button')?.click();  // the form goes after a record, and comes back
  const form = document.querySelector('form[data-luring]');
  if (width) {
    const canvas = Object.assign(document.createElement('canvas'), {width, height: 80});
    canvas.getContext('2d').fillRect(0, 0, 9, 9);
    const chosen = new DataTransfer();
    chosen.items.add(new File([await new Promise(done => canvas.toBlob(done))], 'IMG.png', {type: 'image/png'}));
    form.elements.foto.files = chosen.files;
    form.elements.foto.dispatchEvent(new Event('change', {bubbles: true})) }
  form.querySelector('[data-kabar]').textContent = '';
  form.elements.klien.value = code;
  form.elements.hadir.value = 'ya';
  form.elements.catatan.value = note;
  form.requestSubmit(form.querySelector('button[type=submit]')) }"""
PHOTOS_KEPT = """async () => {
  const open = indexedDB.open('portal');
  await new Promise(done => { open.onsuccess = done });
  const all = open.result.transaction('isian').objectStore('isian').getAll();
  await new Promise(done => { all.onsuccess = done });
  open.result.close();
  return all.result.filter(record => record.lampiran).length }"""
READY = "() => document.querySelector('form[data-luring]')?.dataset.siap"
KEPT = """() => { const form = document.querySelector('form[data-luring]');
  return !form || form.hidden || /^Tersimpan/.test(form.querySelector('[data-kabar]').textContent) }"""
IDLE = "() => !document.querySelector('form[data-luring] [aria-busy=true]')"


WEATHER = """seed => {
  const KINDS = ['through', 'through', 'through', 'through', 'dead', 'lost', 'lost', 'twice', 'twice', 'busy'];
  const real = window.fetch.bind(window);
  const state = () => JSON.parse(localStorage.cuaca ?? JSON.stringify({seed, seen: {}}));
  const draw = () => {
    const now = state();
    now.seed = (now.seed * 48271) % 2147483647;
    const kind = localStorage.calm ? 'through' : KINDS[now.seed % KINDS.length];
    now.seen[kind] = (now.seen[kind] ?? 0) + 1;
    localStorage.cuaca = JSON.stringify(now);
    return kind };
  window.fetch = async (url, options) => {
    if (options?.method !== 'POST') return real(url, options);
    const kind = draw();
    if (kind === 'busy') return new Response('', {status: 503});
    if (kind !== 'dead') {
      const answer = await real(url, options);
      if (kind === 'through') return answer;
      if (kind === 'twice') return real(url, options) }
    throw new TypeError('no answer') } }"""
"""What happens to each request, drawn from a fixed seed: a lost answer was stored by the portal, and nobody heard.
Done inside the page, because a browser whose requests are intercepted keeps no cache."""


@pytest.mark.long
def test_two_hundred_random_runs_lose_nothing_and_double_nothing(open_page, pk, klien):
    """Reload, killed tab, dead line, lost answer, doubled sending, busy server; one or two records in a run, some with
    a photo that only this record has: it is as wide as its number. A full phone takes none until others have gone."""
    chance = random.Random(SEED)
    page = open_page(user=pk, width=PHONE, service_workers="block")
    page.context.add_init_script(f"({WEATHER})({SEED})")
    written, pictured = [], {}
    for run in range(RUNS):
        for number in range(chance.randint(1, 2)):
            fresh_form(page)
            written.append(f"putaran {run} catatan {number}")
            if chance.random() < PICTURED and page.evaluate(PHOTOS_KEPT) < MOST_PHOTOS:
                pictured[written[-1]] = NARROWEST + len(written)
            page.evaluate(SAVE, [klien.kode, written[-1], pictured.get(written[-1])])
            page.wait_for_function(KEPT)  # from this moment nothing may be lost
            page = befall(page, chance.choice(["patience", "reload", "kill"]))
    page.goto(SHELL)
    seen = page.evaluate("() => { localStorage.calm = 1; return JSON.parse(localStorage.cuaca).seen }")
    page.goto(QUEUE)
    page.get_by_text("Tidak ada catatan yang menunggu").wait_for(timeout=60_000)
    assert sorted(CatatanBimbingan.objects.values_list("catatan", flat=True)) == sorted(written)
    arrived = FotoBimbingan.objects.values_list("catatan__catatan", "lebar")
    assert sorted(arrived) == sorted(pictured.items())
    assert len(pictured) >= RUNS / 4
    assert min(seen[kind] for kind in ("through", "dead", "lost", "twice", "busy")) >= RUNS / 20, seen


def fresh_form(page):
    """The form, as it still stands or opened again."""
    if not page.url.endswith(SHELL):
        page.goto(SHELL, wait_until="commit")
    page.wait_for_function(READY)


def open_again(page):
    """A form in a document of its own: the page that it follows may open one more address on its way out, not two."""
    for _ in range(2):
        with suppress(Interrupted):
            return page.goto(SHELL, wait_until="commit")
    raise AssertionError("the form does not open")


def befall(page, fate):
    """What happens to the page while the request is still on its way."""
    if fate == "patience":
        page.wait_for_function(IDLE)
    elif fate == "reload":
        with suppress(Interrupted):  # the page was leaving by itself at that moment, which is as good
            page.reload(wait_until="commit")
        open_again(page)
    elif fate == "kill":
        page.close()
        page = page.context.new_page()
    return page


# --- bytes ----------------------------------------------------------------------------------------


def test_the_field_form_on_slow_3g_stays_within_its_bytes_and_works(open_page, pk, klien):
    page = open_page(user=pk, width=PHONE, service_workers="block")
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto(form_of(klien))
    page.wait_for_function("() => document.querySelector('form[data-luring]').dataset.siap")
    assert page.transfer.total <= FIELD_FORM_BYTES
    assert page.transfer.scripts <= 15 * 1024
    write(page)
    page.get_by_text("Bimbingan tersimpan").wait_for()
    assert records() == 1


def test_the_kept_list_stays_within_the_bytes_of_a_field_form(open_page):
    """As the phone keeps it, which is as a stranger gets it, with the scripts that follow once there are rows."""
    page = open_page(EMPTY_LIST, width=PHONE, service_workers="block")
    page.get_by_text("Belum ada akun yang dikenal di HP ini.").wait_for()
    for name in ("hadir", "isian"):
        page.evaluate("name => import(`/static/js/${name}.js`).catch(() => {})", name)
    assert {"hadir.js", "isian.js", "hadir_luring.js"} <= {url.rpartition("/")[2] for url in page.transfer.sizes}
    assert page.transfer.total <= FIELD_FORM_BYTES
    assert page.transfer.scripts <= 15 * 1024
