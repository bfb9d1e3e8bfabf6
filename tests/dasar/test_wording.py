"""Money, numbers, dates and clocks as people read them."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import formats

from apps.dasar import wording
from apps.dasar.templatetags.portal import akhir_utuh

NOON_UTC = dt.datetime(2026, 11, 21, 6, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1234567"), "Rp1.234.567"),
        (0, "Rp0"),
        (Decimal("-20.505"), "-Rp20,51"),
        (None, "–"),
    ],
)
def test_rupiah_has_no_space(value, written):
    assert wording.rupiah(value) == written


def test_numbers_use_a_dot_for_thousands_and_a_comma_for_decimals():
    assert wording.angka(1234) == "1.234"
    assert wording.angka(Decimal("1234.56"), 1) == "1.234,6"
    assert wording.angka(None) == "–"
    assert wording.persen(Decimal("0.744")) == "74%"


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Jakarta", "21 November 2026, 13.05 WIB"),
        ("Asia/Makassar", "21 November 2026, 14.05 WITA"),
        ("Asia/Jayapura", "21 November 2026, 15.05 WIT"),
    ],
)
def test_a_moment_is_told_on_the_clock_of_its_unit(zone, written):
    assert wording.waktu_unit(NOON_UTC, SimpleNamespace(zona_waktu=zone)) == written


def test_dates_are_written_in_words():
    day = dt.date(2026, 11, 21)
    assert wording.tanggal(day) == "21 November 2026"
    assert wording.hari_tanggal(day) == "Sabtu, 21 November 2026"
    assert wording.tanggal(None) == "–"


def test_the_same_words_are_filters():
    text = Template("{% load portal %}{{ n|rupiah }} {{ n|angka }} {{ t|jam_unit:'Asia/Makassar' }}")
    assert text.render(Context({"n": 1500, "t": NOON_UTC})) == "Rp1.500 1.500 14.05 WITA"


def test_american_dates_are_not_accepted():
    accepted = formats.get_format("DATE_INPUT_FORMATS")
    assert accepted == ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]


def test_a_code_keeps_together_and_a_name_stays_text():
    shown = Template("{% load portal %}{{ words|kode_utuh }}").render(Context({"words": "<b>Budi</b>, KL-2026-00184"}))
    assert shown == '&lt;b&gt;Budi&lt;/b&gt;, <span class="p-utuh">KL-2026-00184</span>'


def test_the_last_word_of_a_letterhead_never_stands_alone():
    assert akhir_utuh("Kantor Wilayah Sulawesi Tengah") == "Kantor Wilayah Sulawesi\N{NO-BREAK SPACE}Tengah"
    assert akhir_utuh("Ditjenpas") == "Ditjenpas"
