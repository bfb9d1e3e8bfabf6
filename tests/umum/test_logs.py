"""What the processor of the log leaves of an event."""

import json
import logging.config
import re

import pytest
from django.core.exceptions import ValidationError
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
    """The last line for what `log(logger)` says."""
    return written_lines(configured, capsys, log)[-1]


def written_lines(configured, capsys, log) -> list[dict]:
    """The JSON lines that the portal's own set-up of logging writes for what `log(logger)` says."""
    logger = logging.getLogger("siapa.saja")
    before = logging.root.handlers[:], logging.root.level
    logging.config.dictConfig(configured)
    try:
        log(logger)
    finally:
        logging.root.handlers, logging.root.level = before[0], before[1]
    return [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]


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


@pytest.mark.parametrize(
    "sep", [*". /_,:\t\xa0\u2009\u2011", "%2D", "%2F", "%C2%A0", "%2520", " - ", r"\xa0", r"\u2011"]
)
def test_a_number_in_groups_is_one(sep):
    groups = sep.join(["3201", "0101", "0101", "0001"])
    for text in (f"/x/{groups}/", f"%20{groups}%20"):
        left = drop_personal_data(None, "info", {"event": text})["event"]
        assert "0101" not in left, left


@pytest.mark.parametrize(
    "text",
    ["0812-3456-7890", "%2B6281234567890", "Invalid HTTP_HOST header: 'siti-aminah.contoh.id'.",
     "Forbidden (Origin checking failed - https://siti.id does not match any trusted origins.)"],
)  # fmt: skip
def test_telephone_and_host_are_not_written(text):
    left = drop_personal_data(None, "info", {"event": text})["event"]
    assert not re.search("3456|siti", left), left


ERRORS = [
    ValueError("Siti Aminah lahir di Palu"), KeyError("Siti Aminah"), ValidationError("“Siti Aminah” bukan angka"),
    ExceptionGroup("dua", [ValueError("Siti Aminah")]),
]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_an_error_that_repeats_a_value_leaves_its_class_and_the_lines(capsys, error):
    def fail(logger):
        try:
            try:
                raise error
            except Exception as first:
                raise RuntimeError("terhenti") from first
        except RuntimeError:
            logger.exception("gagal: %r", error)

    line = written(LOGGING, capsys, fail)
    assert type(error).__name__ in line["exception"]
    assert "test_logs.py" in line["exception"]
    assert "terhenti" in line["exception"]
    told = [part for part in line["exception"].splitlines() if "Error" in part]
    assert "Siti" not in repr((line["event"], told))


def test_an_address_that_the_portal_does_not_know_is_not_written(client, db, capsys):
    """What somebody pasted into the address: a name, a telephone, a code that is none."""

    def visit(_):
        for path in ("/klien/Siti Aminah/", "/verifikasi/Siti Aminah/", "/klien/081234567890/", "/verifikasi/"):
            client.get(path)

    lines = written_lines(LOGGING, capsys, visit)
    assert not re.search("Siti|8123", repr(lines))
    assert [line["request"] for line in lines if "request" in line] == [
        "GET …", "GET /verifikasi/…/", "GET /klien/…/", "GET /verifikasi/",
    ]  # fmt: skip
