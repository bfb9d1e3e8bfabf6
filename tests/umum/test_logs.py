"""What the processor of the log leaves of an event."""

import pytest

from pemasyarakatan.logs import drop_personal_data

NIK = "3201010101010001"


@pytest.mark.parametrize(
    "value",
    [
        f"baris {NIK}", [NIK], {"isi": (f"a {NIK}",)}, int(NIK), {"dalam": {"nik": "12"}},
        {"nama": "Siti", "x": [{"alamat": "Jalan"}]},
    ],
)  # fmt: skip
def test_no_personal_data_however_deep(value):
    left = repr(drop_personal_data(None, "info", {"event": "uji", "nilai": value}))
    assert not any(word in left for word in (NIK, "'12'", "Siti", "Jalan"))


def test_numbers_and_codes_stay():
    event = {"event": "uji", "kode": "KL-2026-00016", "jumlah": 12, "langkah": [1, "a", None]}
    assert drop_personal_data(None, "info", dict(event)) == event
