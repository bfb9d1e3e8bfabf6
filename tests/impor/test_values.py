"""Cells as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.dasar.entries import call_name
from apps.impor.kinds import Memory
from apps.impor.values import LAST_SERIAL, Wrong, born, day, key_of, line, nik, number_key, phone, text, whole

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
FORMS = (
    "{0:%d-%m-%Y}", "{0:%d/%m/%Y}", "{0.day}/{0.month}/{0.year}", "{0:%Y-%m-%d}", "{0:%Y-%m-%d} 00:00:00",
    "{0:%d.%m.%Y}", "{0.day} {1} {0.year}", "{0:%d}-{1}-{0.year}", "Senin, {0.day} {1} {0.year}", "'{0:%d-%m-%Y}",
)  # fmt: skip
dates = st.dates(dt.date(1911, 1, 1), dt.date(2099, 12, 31))


@given(dates, st.sampled_from(FORMS))
def test_every_usual_way_to_write_a_date_is_the_same_date(born, form):
    assert day(form.format(born, MONTHS[born.month - 1])) == born


@given(dates)
def test_the_serial_number_of_a_spreadsheet_program_is_a_date(born):
    serial = (born - dt.date(1899, 12, 30)).days
    assert day(serial) == day(float(serial)) == born


cells = st.text(max_size=40) | st.floats() | st.integers()


def answer(read, cell):
    """The value, or the sentence that refuses the cell; nothing else may come out."""
    try:
        return read(cell)
    except Wrong as wrong:
        return str(wrong)


@given(cells)
def test_whatever_a_cell_holds_it_is_a_date_or_a_sentence(cell):
    found = answer(day, cell)
    assert isinstance(found, dt.date) or found.endswith("03-05-2026.")


@given(cells)
def test_whatever_a_cell_holds_a_nik_has_16_digits_or_is_refused(cell):
    found = answer(nik, cell)
    assert (len(found) == 16 and found.isdigit()) or "NIK" in found


@given(cells)
def test_whatever_a_cell_holds_a_number_is_a_number_or_a_sentence(cell):
    assert answer(phone, cell)
    assert answer(whole(1, 180), cell)
    assert isinstance(answer(line(40), cell), str)


@pytest.mark.parametrize("cell", ["3-5-26", "31-02-2026", "5/13/2026", "mei 2026", "03 Xyz 2026", LAST_SERIAL + 1, 12])
def test_a_date_that_could_mean_two_things_or_none_is_refused(cell):
    with pytest.raises(Wrong):
        day(cell)


@pytest.mark.parametrize("cell", ["3171010101900001", "'3171010101900001", " 3171 0101 0190 0001 ", 3171010101900001.0])
def test_a_nik_that_kept_its_digits(cell):
    assert nik(cell) == "3171010101900001"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("3,17101E+15", "sebagian angkanya hilang"),
        ("3.17E+15", "sebagian angkanya hilang"),
        (3171010101900000.0, "hanya menyimpan 15 angka"),
        (9101014503900004.0, "hanya menyimpan 15 angka"),
        ("0000000000000000", "bukan NIK"),
        ("1111111111111111", "bukan NIK"),
        ("0071010101900001", "bukan NIK"),
        ("3171013201900001", "bukan NIK"),
        ("3171017201900001", "bukan NIK"),
        ("3171010113900001", "bukan NIK"),
        ("317101010190000", "16 angka"),
        (317101.0, "16 angka"),
    ],
)
def test_a_nik_that_may_have_lost_digits_says_how_to_put_it_right(cell, words):
    with pytest.raises(Wrong, match=words):
        nik(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0812 3456 7890", "0812 3456 7890"), (81234567890.0, "081234567890"), (6281234567890, "+6281234567890"),
        ("'081234567890", "081234567890"), (215551234.0, "0215551234"), ("5551234567", "5551234567"),
    ],
)  # fmt: skip
def test_a_telephone_number_gets_back_what_a_spreadsheet_dropped(cell, number):
    assert phone(cell) == number


@given(st.text(max_size=200))
def test_text_never_carries_what_the_database_refuses(cell):
    plain = text(cell)
    assert "\x00" not in plain
    assert "\t" not in plain
    assert "\r" not in plain
    assert plain == plain.strip()


def test_text_and_numbers_have_limits_with_sentences():
    assert line(5)("  a \t b ") == "a b"
    assert line(9)(12.0) == "12"
    assert whole(1, 180)("30") == whole(1, 180)(30.0) == 30
    with pytest.raises(Wrong, match="Paling banyak 5 huruf; isinya 6 huruf"):
        line(5)("abcdef")
    with pytest.raises(Wrong, match="antara 1 dan 180"):
        whole(1, 180)("1000000000000")


def test_headings_are_compared_without_case_and_signs():
    assert key_of("No. Register") == key_of("no_register") == key_of(" NO REGISTER ")


def test_register_numbers_are_compared_with_their_signs():
    assert number_key("1/11/2026") != number_key("11/1/2026")
    assert number_key("B.1/2") != number_key("B.12")
    assert number_key(" 12 / a") == number_key("12/A")


@pytest.mark.parametrize("cell", ["-", "–", "--", "nihil", "Tidak ada", " NIHIL "])
def test_a_dash_is_nothing_in_an_optional_column(cell):
    assert Memory(phone)[cell] is None


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#DIV/0!", "#NAME?"])
def test_a_cell_that_could_not_be_worked_out_is_a_mistake(cell):
    assert "galat Excel" in str(Memory(line(40))[cell])


@pytest.mark.parametrize(
    "cell",
    ["Palu, 5-1-1990", "Palu,5/1/1990", "Palu / 5 Januari 1990", "Kab. Sigi, 05-01-1990", "5-1-1990", "PALU 5-1-1990"],
)
def test_the_place_of_birth_may_stand_before_its_day(cell):
    assert born(cell) == dt.date(1990, 1, 5)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("I Wayan Sudira Uji", "Sudira"), ("H. Moh. Rizal Uji", "Rizal"), ("Ni Luh Ayu Contoh", "Ayu"),
        ("Muhammad", "Muhammad"), ("Drs. Ahmad Contoh, M.Si.", "Ahmad"), ("Made", "Made"), ("A. Contoh", "Contoh"),
    ],
)  # fmt: skip
def test_a_name_to_call_somebody_by_tells_people_apart(name, called):
    assert call_name(name) == called
