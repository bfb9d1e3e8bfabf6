"""A line of the log, as it leaves the portal, names nobody."""

import json
import logging

import pytest
import structlog

from pemasyarakatan.settings import LOGGING

NIK = "7371054410880003"


@pytest.fixture
def lines(caplog):
    """lines() → what was logged so far, as the portal's own formatter writes it."""
    options = dict(LOGGING["formatters"]["json"])
    formatter = options.pop("()")(**options)
    return lambda: [json.loads(formatter.format(record)) for record in caplog.records]


def test_a_nik_is_taken_out_of_every_sentence(lines):
    logging.getLogger("portal").warning("Baris %s: NIK %s ditolak.", 3, NIK)
    structlog.get_logger("portal").warning(f"NIK {NIK} ditolak.", sebab=f"{NIK} sudah ada", nomor=f"7{NIK}")
    library, ours = lines()
    assert library["event"] == "Baris 3: NIK [NIK] ditolak."
    assert (ours["event"], ours["sebab"]) == ("NIK [NIK] ditolak.", "[NIK] sudah ada")
    assert ours["nomor"] == f"7{NIK}", "17 digits are no NIK"


def test_a_personal_key_is_blanked_whatever_it_holds(lines):
    structlog.get_logger("portal").warning("tersimpan", nama="Budi", nik=NIK, telepon=None, klien=12)
    (line,) = lines()
    assert (line["nama"], line["nik"], line["telepon"]) == ("[disembunyikan]",) * 3
    assert line["klien"] == 12


def test_the_query_of_an_address_is_cut_off(lines):
    structlog.get_logger("portal").warning("selesai", request="GET /klien/?q=santoso")
    (line,) = lines()
    assert line["request"] == "GET /klien/"
