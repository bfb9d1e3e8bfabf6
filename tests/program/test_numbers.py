"""Numbers that people type in Indonesia, and numbers that machines paste."""

from decimal import Decimal

import pytest

from apps.dasar.numbers import read_number
from apps.program.numbers import read_product


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.250.000,50", "1250000.50"), ("1250000.50", "1250000.50"), ("1,250,000", "1250000"), ("1.250", "1250"),
        ("1,250.50", "1250.50"), ("0,5", "0.5"), ("2.5", "2.5"), ("Rp 1.000.000", "1000000"), ("-500.000", "-500000"),
        ("15", "15"), ("Rp1.500", "1500"), ("Rp. 1.500.000,-", "1500000"), ("1.250.000,-", "1250000"),
    ],
)  # fmt: skip
def test_reads_what_can_be_read_in_one_way(text, value):
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1,250", "0.500", "1250.500", "12.34.567", "1.250.000.50"])
def test_asks_again_where_two_readings_are_possible(text):
    with pytest.raises(ValueError, match="dapat dibaca dua cara"):
        read_number(text)


@pytest.mark.parametrize("text", ["banyak", "15 org", ""])
def test_says_how_to_write_a_number(text):
    with pytest.raises(ValueError, match="bukan angka"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("15 org x 2 keg", 30), ("15 org x 2 keg x 1 hr", 30), ("2x3", 6), ("3 box × 2", 6), ("1.000 lbr * 2", 2000),
        ("10 paket", 10), ("15 org × 2,5 jam", Decimal("37.5")), ("sesuai kontrak", None), ("", None), ("x", None),
    ],
)  # fmt: skip
def test_factors_multiply(text, product):
    assert read_product(text) == product
