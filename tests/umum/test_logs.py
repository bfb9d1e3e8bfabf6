"""What the processor of the log leaves of an event."""

import json
import logging.config
import re

import pytest
from django.db import DatabaseError, connection, transaction

from pemasyarakatan.logs import drop_personal_data
from pemasyarakatan.settings import LOGGING
from tests.factories import PenggunaFactory

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


def written(configured, capsys, log) -> dict:
    """The JSON line that the portal's own set-up of logging writes for what `log(logger)` says."""
    logger = logging.getLogger("siapa.saja")
    before = logging.root.handlers[:], logging.root.level
    logging.config.dictConfig(configured)
    try:
        log(logger)
    finally:
        logging.root.handlers, logging.root.level = before[0], before[1]
    return json.loads(capsys.readouterr().err.splitlines()[-1])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO akun_pengguna SELECT * FROM akun_pengguna",  # the key that is there twice is named
        "UPDATE akun_pengguna SET nama = NULL",  # the whole row is named
        "SELECT 'siti.aminah dari Palu'::int",
        "SELECT * FROM akun_pengguna WHERE nama = 'siti aminah' AND",
    ],
)
def test_an_error_of_the_database_leaves_a_traceback_without_values(capsys, statement):
    PenggunaFactory(email="siti.aminah@contoh.id", nama=f"Siti Aminah {NIK}\nJalan siti 5")

    def fail(logger):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            logger.exception("gagal")

    line = written(LOGGING, capsys, fail)
    assert "Traceback (most recent call last)" in line["exception"]
    assert "test_logs.py" in line["exception"]
    assert "exc_info" not in line
    left = json.dumps(line).lower()
    assert not any(word in left for word in ("siti", "palu", NIK))


@pytest.mark.parametrize("path", [f"/verifikasi/{NIK}/", "/klien/3201 0101 0101 0001/", "/x/3201%200101%200101%200001"])
def test_a_number_in_a_path_or_a_host_is_not_written(capsys, path):
    line = written(LOGGING, capsys, lambda logger: logger.warning("Not Found: %s", path))
    assert not re.search(r"0101.*0001", line["event"])
    event = drop_personal_data(None, "info", {"event": "request_finished", "request": f"GET {path}"})
    assert not re.search(r"0101.*0001", event["request"])
    host = written(LOGGING, capsys, lambda logger: logger.error("Invalid HTTP_HOST header: %r.", f"{NIK}.contoh.id"))
    assert NIK not in host["event"]
