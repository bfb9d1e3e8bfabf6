"""Clients from a file, through the pages and the worker."""

import datetime as dt

import pytest

from apps.harian.figures import collect
from apps.impor import tasks
from apps.impor.models import BarisImpor, Impor, TemuanImpor
from apps.klien.crypto import blind_index
from apps.klien.models import JadwalLapor, Klien, MasaBimbingan, Orang, Penjamin, Perkara
from tests import factories as make
from tests.impor.factories import CLIENT_HEADS, client_row, csv_file, xlsx_file

pytestmark = pytest.mark.django_db


def test_a_client_from_a_csv_file_is_the_client_that_registration_makes(way, pk, ours, operator):
    impor = way.imported(csv_file([client_row()]))
    assert (impor.status, impor.jumlah_disimpan) == ("selesai", 1)
    klien = Klien.objects.get()
    assert (klien.nama, klien.panggilan, klien.nik) == ("Klien Impor 1", "Klien", "3171010101000001")
    assert (klien.alamat, klien.telepon) == ("Jalan Contoh 1", "0812 3456 7890")
    assert (klien.lahir, klien.jenis_kelamin) == (dt.date(1990, 5, 17), "L")
    assert (klien.kategori_usia, klien.jenis_register) == ("dewasa", "bimbingan-dewasa")
    assert (klien.nomor_register, klien.tahun_register) == ("1/A", 2026)
    assert (klien.bapas, klien.pk_pembimbing, klien.dibuat_oleh) == (ours, pk, operator)
    assert klien.orang.nik_hmac
    assert MasaBimbingan.objects.get(klien=klien).selesai == dt.date(2028, 1, 4)
    jadwal = JadwalLapor.objects.get(klien=klien)
    assert jadwal.frekuensi_hari == 30
    assert jadwal.berikutnya == jadwal.pertama > dt.date.today()
    assert not Perkara.objects.exists()


def test_a_workbook_with_dates_titles_above_and_other_columns(way):
    row = client_row(**{"Tgl Lahir": dt.date(1990, 5, 17), "NIK": 3171010101900001})
    impor = way.imported(xlsx_file([[*row, "x"]], [*CLIENT_HEADS, "Ket"], above=["DAFTAR KLIEN", "Bapas Uji"]))
    assert impor.baris_judul == 3
    assert impor.jumlah_disimpan == 1
    assert Klien.objects.get().nik == "3171010101900001"


def test_people_without_work_do_not_make_section_x_grow(way, ours, today):
    """Whose occupation is "-", "Tidak bekerja" or "Belum bekerja" does not work (or nobody knows)."""
    make.KlienFactory(bapas=ours, kegiatan_utama="bekerja", pekerjaan="Petani")
    before = collect(ours, "harian", today)["bekerja"]
    words = ["-", "Tidak bekerja", "Belum bekerja"]
    file = csv_file([[*client_row(n), word] for n, word in enumerate(words, 1)], [*CLIENT_HEADS, "Pekerjaan"])
    assert way.imported(file).jumlah_disimpan == 3
    assert collect(ours, "harian", today)["bekerja"] == before == (1, None)
    stored = Klien.objects.filter(pekerjaan="").order_by("nomor_register").values_list("kegiatan_utama", flat=True)
    assert list(stored) == ["belum", "tidak", "tidak"]


@pytest.mark.parametrize(
    ("activity", "words", "stored"),
    [
        ("", "Petani", ("bekerja", "Petani", False)), ("Ya", "", ("bekerja", "", False)),
        ("TIDAK", "", ("tidak", "", False)), ("belum/tidak bekerja", "-", ("tidak", "", False)),
        ("Pelajar", "", ("sekolah", "", True)), ("", "PELAJAR/MAHASISWA", ("sekolah", "", True)),
        ("Mengurus rumah tangga", "IRT", ("rumah", "", False)), ("Belum diketahui", "", ("belum", "", False)),
        ("-", "", ("belum", "", False)), ("", "", ("belum", "", False)),
    ],
)  # fmt: skip
def test_the_main_activity_comes_from_its_column_or_from_the_occupation(way, activity, words, stored):
    file = csv_file([[*client_row(), activity, words]], [*CLIENT_HEADS, "Bekerja?", "Pekerjaan"])
    assert way.imported(file).jumlah_disimpan == 1
    klien = Klien.objects.get()
    assert (klien.kegiatan_utama, klien.pekerjaan, klien.bersekolah) == stored


@pytest.mark.parametrize(
    ("activity", "words", "sentence"),
    [
        ("Tidak bekerja", "Petani", "“Petani” tidak cocok dengan kegiatan utama “Tidak bekerja”."),
        ("Bekerja", "pengangguran", "“pengangguran” bukan nama pekerjaan."),
        ("Petani", "", "Isian ini tidak dikenal. Pilihan: Bekerja; Tidak bekerja"),
    ],
)
def test_a_row_that_contradicts_itself_is_a_mistake(way, activity, words, sentence):
    file = csv_file([[*client_row(), activity, words]], [*CLIENT_HEADS, "Kegiatan utama", "Pekerjaan"])
    impor = way.checked(file)
    assert impor.jumlah_salah == 1
    assert sentence in TemuanImpor.objects.get().kalimat


WITH_GUARANTOR = [*CLIENT_HEADS, "Alias", "Agama", "Penjamin", "Hubungan", "HP Penjamin"]


def test_other_names_faith_and_guarantor_come_along(way, operator):
    rows = [[*client_row(1), "Nama Lain", "Budha", "Ibu Contoh", "ibu", "81211112222"], [*client_row(2), *[""] * 5]]
    assert way.imported(csv_file(rows, WITH_GUARANTOR)).jumlah_disimpan == 2
    klien = Klien.objects.get(nomor_register="1/A")
    assert (klien.alias, klien.agama) == ("Nama Lain", "buddha")
    vouching = Penjamin.objects.vouching().get()
    assert (vouching.klien, vouching.dicatat_oleh, vouching.mulai) == (klien, operator, klien.diregistrasi)
    assert (vouching.nama, vouching.hubungan, vouching.telepon) == ("Ibu Contoh", "orangtua", "081211112222")


def test_half_a_guarantor_is_a_mistake(way):
    rows = [[*client_row(1), "", "", "Ibu Contoh", "", ""], [*client_row(2), "", "Jedi", "", "", "81211112222"]]
    impor = way.checked(csv_file(rows, WITH_GUARANTOR))
    assert impor.jumlah_salah == 2
    page = way.page(impor)
    for sentence in ("Isi hubungan penjamin, atau kosongkan", "Isi nama penjamin, atau", "Isian ini tidak dikenal."):
        assert sentence in page


def test_waiting_rows_are_sealed_and_known_ones_keep_only_what_is_shown(way):
    row = [*client_row(1), "", "", "Ibu Contoh", "Ibu", "81211112222"]
    way.imported(csv_file([row], WITH_GUARANTOR))
    other = [*client_row(2), "", "", "Ibu Contoh", "Ibu", "81211112222"]
    impor = way.checked(csv_file([row, other], WITH_GUARANTOR))
    known, fresh = BarisImpor.objects.filter(impor=impor).order_by("baris").values_list("nilai", flat=True)
    assert [value for value in known if value] == ["1/A", "2026", "Klien Impor 1"]
    assert not {"3171010101000002", "Jalan Contoh 1", "0812 3456 7890", "081211112222"} & set(fresh)
    assert sum(str(value).startswith(r"\x") for value in fresh) == 4


def test_every_mistake_of_every_row_is_reported_at_once(way):
    bad = client_row(2, NIK="3,17E+15", JK="x", PK="Bukan Siapa", **{"Tgl Lahir": "17-05-90", "Nama": ""})
    impor = way.checked(csv_file([client_row(1), bad, client_row(3, HMB="01-01-2020")]))
    assert (impor.status, impor.jumlah_baru, impor.jumlah_salah) == ("siap", 1, 2)
    found = TemuanImpor.objects.filter(baris=3).values_list("kolom", flat=True)
    assert set(found) == {"Nama lengkap", "NIK", "Tanggal lahir", "Jenis kelamin", "PK"}
    page = way.page(impor)
    for sentence in (
        "Isi nama lengkap.", "sebagian angkanya hilang", "Tulis tahun dengan empat angka",
        "Pilihan: Laki-laki; Perempuan", "PK ini tidak bertugas di kantor Anda",
        "Habis masa bimbingan tidak boleh sebelum mulai",
    ):  # fmt: skip
        assert sentence in page


def test_only_the_right_rows_are_stored_when_that_was_chosen(way):
    impor = way.imported(csv_file([client_row(1), client_row(2, JK="x")]), cara="benar")
    assert (impor.jumlah_disimpan, Klien.objects.count()) == (1, 1)
    tasks.look_after()
    assert not BarisImpor.objects.exists()


def test_all_or_nothing_stores_nothing_while_a_row_is_wrong(way):
    impor = way.checked(csv_file([client_row(1), client_row(2, JK="x")]))
    response = way.client.post(way.url("confirm", impor.pk), {"cara": "semua"})
    assert response.status_code == 409
    assert "1 baris perlu diperbaiki" in response.text
    assert not Klien.objects.exists()


def test_the_same_file_twice_shows_the_first_import(way):
    first = way.imported(csv_file([client_row()]))
    response = way.upload(csv_file([client_row()]))
    assert response.url.startswith(way.url("detail", first.pk))
    assert "sudah pernah diunggah" in way.client.get(response.url).text
    assert (Impor.objects.count(), Klien.objects.count()) == (1, 1)


def test_the_same_rows_in_another_file_change_nothing(way):
    way.imported(csv_file([client_row()]))
    before = list(Klien.objects.values_list("pk", "versi", "nama"))
    impor = way.checked(csv_file([client_row()], delimiter=","))
    assert (impor.jumlah_baru, impor.jumlah_ada) == (0, 1)
    assert "Semua isi berkas ini sudah ada" in way.page(impor)
    assert way.client.post(way.url("confirm", impor.pk), {"cara": "semua"}).status_code == 409
    assert list(Klien.objects.values_list("pk", "versi", "nama")) == before
    assert Orang.objects.count() == 1


def test_a_register_number_of_somebody_else_is_refused(way):
    way.imported(csv_file([client_row()]))
    impor = way.checked(csv_file([client_row(1, Nama="Orang Lain", NIK="")]))
    assert impor.jumlah_salah == 1
    assert "Nomor register ini sudah dipakai" in way.page(impor)


def test_rows_of_one_file_that_contradict_each_other(way):
    rows = [client_row(1), client_row(1), client_row(1, Nama="Lain", NIK=""), client_row(2, NIK="3171010101000001")]
    impor = way.checked(csv_file(rows))
    assert (impor.jumlah_baru, impor.jumlah_ganda, impor.jumlah_salah) == (1, 1, 2)
    page = way.page(impor)
    assert "juga dipakai baris 2 untuk klien lain" in page
    assert "NIK ini juga dipakai baris 2." in page
    assert "Sama dengan baris 2" in way.page(impor, tab="ganda")


def test_somebody_registered_at_another_office_shows_already_in_the_preview(way, theirs, database_role):
    person = Orang.objects.create(nik_hmac=blind_index("3171010101000001"))
    make.KlienFactory(bapas=theirs, orang=person)
    impor = way.checked(csv_file([client_row(1), client_row(2)]))
    assert (impor.jumlah_baru, impor.jumlah_salah) == (1, 1)
    assert "Orang ini sudah terdaftar aktif." in way.page(impor)
    assert Klien.objects.filter(bapas=impor.bapas).count() == 0
    assert way.confirmed(impor).jumlah_disimpan == 1


def test_somebody_whose_guidance_ended_elsewhere_may_be_registered(way, theirs):
    person = Orang.objects.create(nik_hmac=blind_index("3171010101000001"))
    make.KlienFactory(bapas=theirs, orang=person, status="selesai")
    way.imported(csv_file([client_row(1)]))
    assert Klien.objects.get(nama="Klien Impor 1").orang == person
