"""Past guidance from a file, through the pages and the worker."""

import datetime as dt

import pytest
from django.utils import timezone

from apps.klien.models import CatatanBimbingan, JadwalLapor
from apps.klien.services.guidance import refresh
from tests import factories as make
from tests.impor.factories import GUIDANCE_HEADS, csv_file, xlsx_file

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 4)


@pytest.fixture
def klien(office, pk):
    return make.KlienFactory(
        bapas=office, pk_pembimbing=pk, nama="Budi Contoh", diregistrasi="2026-01-05", nomor_register="7/R",
        jadwal__pertama=dt.date(2026, 2, 5),
    )  # fmt: skip


def file(*rows, heads=GUIDANCE_HEADS, **layout):
    return csv_file(rows, heads, name="bimbingan.csv", **layout)


def test_a_record_from_a_file_is_a_record_of_the_log(way, klien, pk):
    impor = way.imported(file([klien.kode, "04-05-2026", "WA", "Ya", "Sudah bekerja."]), "bimbingan")
    assert (impor.status, impor.jumlah_disimpan) == ("selesai", 1)
    record = CatatanBimbingan.objects.get()
    assert (record.klien, record.pk_pencatat, record.tanggal, record.cara) == (klien, pk, DAY, "telepon")
    assert (record.hadir, record.catatan, record.bidang) == (True, "Sudah bekerja.", "kepribadian")
    assert record.berikutnya == dt.date(2026, 6, 3)
    jadwal = JadwalLapor.objects.get()
    assert (jadwal.terakhir, jadwal.berikutnya) == (DAY, dt.date(2026, 6, 3))


def test_control_characters_in_a_cell_do_not_shift_the_rows_after_it(way, klien):
    rows = [[klien.kode, "04-05-2026", "", "", "Datang\x1ftepat"], [klien.kode, "05-05-2026", "", "", "Kedua"]]
    way.imported(file(*rows), "bimbingan")
    stored = CatatanBimbingan.objects.order_by("tanggal").values_list("tanggal__day", "catatan")
    assert list(stored) == [(4, "Datangtepat"), (5, "Kedua")]


def test_the_schedules_of_many_are_what_one_record_after_the_other_gives(way, klien, office, pk):
    other = make.KlienFactory(bapas=office, pk_pembimbing=pk, diregistrasi="2026-01-05")
    ended = make.KlienFactory(bapas=office, pk_pembimbing=pk, diregistrasi="2026-01-05", status="selesai")
    waiting = make.KlienFactory(bapas=office, pk_pembimbing=pk, diregistrasi="2026-01-05")
    kept = make.KlienFactory(bapas=office, pk_pembimbing=pk, diregistrasi="2026-01-05")
    for of, made in ((waiting, "2026-05-20T03:00Z"), (kept, "2026-05-01T03:00Z")):
        JadwalLapor.objects.filter(klien=of).update(janji="2026-07-01", janji_pada=made)
    make.CatatanFactory(klien=klien, tanggal=dt.date(2026, 3, 2))
    rows = [
        [klien.kode, "04-05-2026", "", "", ""], [klien.kode, "01-06-2026", "", "Tidak", ""],
        [klien.kode, "08-06-2026", "", "Tidak", ""], [other.kode, "04-05-2026", "", "Tidak", ""],
        [ended.kode, "04-05-2026", "", "", ""], [waiting.kode, "04-05-2026", "", "", ""],
        [kept.kode, "04-05-2026", "", "", ""],
    ]  # fmt: skip
    way.imported(file(*[[*row, "Sakit"] for row in rows], heads=[*GUIDANCE_HEADS, "Alasan"]), "bimbingan")
    facts = ("klien_id", "terakhir", "berikutnya", "absen_beruntun")
    together = list(JadwalLapor.objects.filter(klien__status="aktif").order_by("klien").values_list(*facts))
    for jadwal in JadwalLapor.objects.filter(klien__status="aktif"):
        refresh(jadwal)
    assert together == list(JadwalLapor.objects.filter(klien__status="aktif").order_by("klien").values_list(*facts))
    assert together[0][-1] == 2
    assert JadwalLapor.objects.get(klien=waiting).berikutnya == dt.date(2026, 7, 1)
    assert JadwalLapor.objects.get(klien=kept).berikutnya == dt.date(2026, 6, 3)
    assert JadwalLapor.objects.get(klien=ended).terakhir is None


def test_a_client_is_found_by_register_number_and_checked_by_name(way, klien):
    heads = ["No Reg", "Thn Register", "Nama", "Tgl"]
    rows = [["7/r", "2026", "budi contoh", "04-05-2026"], ["7/R", "", "Orang Lain", "05-05-2026"], ["8", "", "", DAY]]
    impor = way.checked(file(*rows, heads=heads), "bimbingan")
    assert (impor.jumlah_baru, impor.jumlah_salah) == (1, 2)
    page = way.page(impor)
    assert f"bukan nama klien {klien.kode}" in page
    assert "tidak ditemukan di kantor Anda" in page


def test_a_number_in_both_registers_asks_for_the_year(way, klien, office):
    make.KlienFactory(bapas=office, nomor_register="7/R", tahun_register=2025)
    impor = way.checked(file(["7/R", "04-05-2026"], heads=["No Reg", "Tanggal"]), "bimbingan")
    assert "Isi tahun register atau kode klien." in way.page(impor)


def test_mistakes_of_dates_absence_and_words(way, klien):
    tomorrow = timezone.localdate() + dt.timedelta(days=2)
    rows = [
        [klien.kode, tomorrow, "", "", ""], [klien.kode, "04-01-2026", "", "", ""],
        [klien.kode, "04-05-2026", "telepati", "", ""], [klien.kode, "04-05-2026", "", "Tidak", ""],
        ["KL-2026-99999", "04-05-2026", "", "", ""], ["", "04-05-2026", "", "", "x" * 501],
    ]  # fmt: skip
    impor = way.checked(file(*rows), "bimbingan")
    assert (impor.jumlah_baru, impor.jumlah_salah) == (0, 6)
    page = way.page(impor)
    for sentence in (
        "tidak boleh setelah hari ini", "sebelum klien diregistrasi, 5 Januari 2026", "Isian ini tidak dikenal",
        "Isi alasan tidak hadir.", "Klien ini tidak ditemukan", "Paling banyak 500 huruf; isinya 501 huruf.",
        "Isi kode klien, atau nomor dan tahun register.",
    ):  # fmt: skip
        assert sentence in page


def test_a_cell_has_one_finding(way, klien):
    impor = way.checked(file(["KL-2026-99999", "04-05-2026", "", "", ""]), "bimbingan")
    found = impor.temuan.values_list("kolom", "kalimat")
    assert list(found) == [("Kode klien", "Klien ini tidak ditemukan di kantor Anda.")]


def test_the_same_contact_is_stored_once_whatever_file_or_hand_it_came_from(way, klien):
    row = [klien.kode, "04-05-2026", "", "", "Pertama"]
    way.imported(file(row, row), "bimbingan")
    assert CatatanBimbingan.objects.count() == 1
    again = way.checked(xlsx_file([[klien.kode, DAY, "Di kantor", "Hadir", "x"]], GUIDANCE_HEADS), "bimbingan")
    assert (again.jumlah_baru, again.jumlah_ada) == (0, 1)
    make.CatatanFactory(klien=klien, tanggal=dt.date(2026, 7, 6))
    typed = way.checked(file([klien.kode, "06-07-2026", "Di kantor", "", ""]), "bimbingan")
    assert (typed.jumlah_baru, typed.jumlah_ada) == (0, 1)


def test_clients_of_another_office_do_not_exist(way, klien, theirs):
    foreign = make.KlienFactory(bapas=theirs, nomor_register="99/X", diregistrasi="2026-01-05")
    impor = way.checked(file([foreign.kode, "04-05-2026", "", "", ""]), "bimbingan")
    assert impor.jumlah_salah == 1


def test_the_same_contact_in_two_imports_that_wait_is_stored_once(way, klien):
    first = way.checked(file([klien.kode, "04-05-2026", "", "", "Satu"]), "bimbingan")
    second = way.checked(file([klien.kode, "04-05-2026", "", "", "Dua"]), "bimbingan")
    assert way.confirmed(first).jumlah_disimpan == 1
    assert way.confirmed(second).status == "gagal"
    assert "Data kantor berubah" in way.page(second)
    way.client.post(way.url("retry", second.pk))
    assert way.work(second).jumlah_ada == 1
    assert CatatanBimbingan.objects.count() == 1
