"""Cells as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.impor.values import LAST_SERIAL, Wrong, day, key_of, line, nik, phone, text, whole

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
        ("'081234567890", "081234567890"),
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
