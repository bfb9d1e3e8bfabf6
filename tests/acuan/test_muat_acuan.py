"""`manage.py muat_acuan`: adds what is missing, touches nothing else, and says everything that is wrong at once."""

import csv
import datetime as dt
import shutil
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import Q

from apps.acuan.calendar import open_day
from apps.acuan.first_values import SOURCES
from apps.acuan.models import AkunBelanja, FaktorInstrumen, HariLibur
from apps.wilayah.models import Bapas, Kanwil, Provinsi

FIXTURES = settings.BASE_DIR / "fixtures"
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the reference files that a test may spoil."""
    for source in SOURCES:
        shutil.copy(FIXTURES / source.file, tmp_path)
    return tmp_path


def load(folder=FIXTURES) -> str:
    out = StringIO()
    call_command("muat_acuan", dari=folder, stdout=out)
    return out.getvalue()


def lines(file: str) -> list[dict[str, str]]:
    with (FIXTURES / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def spoil(path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_line_of_every_file_becomes_a_row():
    printed = load()
    for source in SOURCES:
        count = source.form._meta.model.objects.count()
        assert count == len(lines(source.file))
        assert f"{source.file}: {count} ditambah, 0 sudah ada" in printed


def test_an_office_knows_its_seat_its_area_and_its_class():
    load()
    for line in lines("bapas.csv"):
        office = Bapas.objects.get(kode=line["kode"])
        assert office.kota.nama == line["kota"]
        assert office.kanwil.kode == line["kanwil"]
        assert office.terverifikasi == (line["terverifikasi"] == "ya")
        assert list(office.wilayah_kerja.all()) == [office.kota]
        assert [row.kelas for row in office.kelas.all()] == ([line["kelas"]] if line["kelas"] else [])


def test_days_off_are_the_days_of_the_joint_decrees_and_name_them():
    """17 + 11, 17 + 8 and 18 + 8 days; three of them wait for the sidang isbat."""
    load()
    days = HariLibur.objects.filter(tanggal__year__lt=2028)
    together = Q(nama__startswith="Cuti bersama")
    for year, off, leave in ((2025, 17, 11), (2026, 17, 8), (2027, 18, 8)):
        of_year = days.filter(tanggal__year=year)
        assert (of_year.exclude(together).count(), of_year.filter(together).count()) == (off, leave)
    assert not days.exclude(sumber__startswith="SKB 3 Menteri ").exists()
    estimates = days.filter(perkiraan=True).values_list("tanggal", flat=True)
    assert [f"{day}" for day in estimates] == ["2027-03-10", "2027-03-11", "2027-05-17"]
    assert open_day(dt.date(2027, 3, 8)) == dt.date(2027, 3, 16)


def test_every_regional_office_has_a_tile_of_its_own():
    load()
    tiles = list(Kanwil.objects.values_list("kolom", "baris"))
    assert len(tiles) == len(set(tiles))


def test_loading_again_changes_nothing_that_a_user_changed(django_assert_max_num_queries):
    load()
    Bapas.objects.filter(kode="BPS-72-01").update(nama="Balai Pemasyarakatan Palu", aktif=False)
    AkunBelanja.objects.get(kode="521211").delete()
    with django_assert_max_num_queries(3 * len(SOURCES)):
        printed = load()
    office = Bapas.objects.get(kode="BPS-72-01")
    assert (office.nama, office.aktif) == ("Balai Pemasyarakatan Palu", False)
    assert AkunBelanja.objects.filter(kode="521211").exists()
    assert "akun_belanja.csv: 1 ditambah" in printed


def test_all_mistakes_of_all_files_are_told_together_and_nothing_is_loaded(folder):
    spoil(folder / "kanwil.csv", "Asia/Makassar", "Asia/Bali")
    spoil(folder / "bapas.csv", "Kota Palu", "Kota Tidak Ada")
    spoil(folder / "akun_belanja.csv", "521115,", "521111,")
    spoil(folder / "hari_libur.csv", "2025-05-01", "2025-13-01")
    (folder / "jenis_program.csv").unlink()
    with pytest.raises(CommandError) as refused:
        load(folder)
    told = str(refused.value)
    for part in ("zona_waktu “Asia/Bali”", "kota “Kota Tidak Ada”", "akun_belanja.csv, baris 3, kode “521111”",
                 "tanggal “2025-13-01”", "jenis_program.csv, baris 1"):  # fmt: skip
        assert part in told
    assert not Kanwil.objects.exists()


@pytest.mark.parametrize(
    ("zone", "codes"),
    [
        ("Asia/Jakarta", "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36"),
        ("Asia/Pontianak", "61 62"),
        ("Asia/Makassar", "51 52 53 63 64 65 71 72 73 74 75 76"),
        ("Asia/Jayapura", "81 82 91 92 93 94 95 96"),
    ],
)
def test_a_province_lies_in_one_zone(zone, codes):
    load()
    assert list(Provinsi.objects.filter(zona_waktu=zone).values_list("kode", flat=True)) == codes.split()


def test_a_class_needs_its_date(folder):
    spoil(folder / "bapas.csv", ",II,2021-01-01,", ",II,,")
    with pytest.raises(CommandError, match="Isi kelas bersama tanggal mulainya"):
        load(folder)


def test_a_file_with_other_columns_is_refused(folder):
    spoil(folder / "provinsi.csv", "kode,nama,kanwil,", "kode,nama,kantor,")
    with pytest.raises(CommandError, match="judul kolom harus: kanwil, kode, nama"):
        load(folder)


def test_bands_of_an_instrument_are_read_from_one_cell():
    load()
    factor = FaktorInstrumen.objects.get(kode="RRI-A-02-TOTAL")
    assert [(band.kategori, band.dari, band.sampai) for band in factor.bands()] == [
        ("Rendah", 0, 6), ("Sedang", 7, 11), ("Tinggi", 12, 15), ("Sangat tinggi", 16, 17),
    ]  # fmt: skip
    assert factor.band_of(18) is None
    assert not factor.instrumen.terverifikasi


def test_bands_that_do_not_start_at_zero_are_refused(folder):
    spoil(folder / "faktor_instrumen.csv", "17,10,0 Rendah", "17,10,1 Rendah")
    with pytest.raises(CommandError, match="pita “1 Rendah"):
        load(folder)


def test_two_bands_cannot_start_at_the_same_score():
    load()
    factor = FaktorInstrumen.objects.get(kode="RRI-A-02-TOTAL")
    with pytest.raises(IntegrityError), transaction.atomic():
        factor.pita.create(mulai=7, kategori="Lain")
