"""Names of files hold no NIK, whatever stands around its digits."""

import pytest

from apps.dasar.names import without_nik


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("3201010101010001.csv", "[NIK].csv"),
        ("klien_3201010101010001.xlsx", "klien_[NIK].xlsx"),
        ("3201 0101 0101 0001 Budi.csv", "[NIK] Budi.csv"),
        ("NIK-3201.0101.0101.0001x.csv", "NIK-[NIK]x.csv"),
        ("32010101010100012345.csv", "[NIK].csv"),
        ("laporan 2026-11-30.csv", "laporan 2026-11-30.csv"),
        ("IMG_20261130_120000.jpg", "IMG_20261130_120000.jpg"),
    ],
)
def test_sixteen_digits_are_masked(name, shown):
    assert without_nik(name) == shown
