"""What a dashboard says: a masked or missing number is never read as nought."""

from datetime import date
from decimal import Decimal

import pytest

from apps.dasar.charts import NO_DATA
from apps.dasar.disclosure import HIDDEN, MASKED
from apps.dasbor.forms import DasborFilter, QuarterFilter
from apps.dasbor.obstacles import of_counts
from apps.dasbor.panels import bapas_page, obstacles_page, quality, region_page, trend
from apps.dasbor.panels import sentence as finding
from apps.dasbor.region import METRICS, PERSONS, SUM, MonthTotal, Region, Unit, UnitRow, attention
from apps.klien.figures import ObstacleCount
from apps.perjalanan.figures import Outcome
from tests import factories as make

MONTH = date(2026, 10, 1)


def unit(name, **counts):
    return UnitRow(Unit(1, name, name[-1], frozenset([1])), **counts)


def region(*rows, months=(), masked=True):
    total = UnitRow(SUM, **{name: sum(getattr(row, name) for row in rows) for name in PERSONS})
    found = Region(MONTH, date(2026, 10, 31), rows, total, UnitRow(SUM), tuple(MonthTotal(*month) for month in months))
    return found.shown() if masked else found


def of_bapas(needs=(), programmes=(), outcomes=(), *, masked=True):
    return bapas_page(
        None, region(unit("A", active=9), months=[(MONTH, 0, 0)], masked=masked), office=None, needs=needs,
        programmes=dict(programmes), met=[], money=None, outcomes=outcomes,
    )  # fmt: skip


def test_a_sum_of_masked_units_is_hidden_with_them():
    """Two masked units of four beside their sum of eight would be told."""
    shown = region(unit("A", active=4), unit("B", active=4))
    assert [row.active for row in (*shown.rows, shown.total)] == [MASKED, MASKED, HIDDEN]


def test_no_data_is_not_a_secret():
    quiet, secret = unit("A"), region(unit("B", done=9, missed=2)).rows[0]
    assert [METRICS["bimbingan"].value(row) for row in (quiet, secret)] == [NO_DATA, HIDDEN]
    assert METRICS["serapan"].value(quiet) == NO_DATA
    assert METRICS["serapan"].value(unit("C", planned=Decimal(10))) == 0


def test_a_unit_of_few_clients_that_logged_nothing_is_silent_too():
    few = region(unit("A", active=3, programmes=1), unit("B", active=0, programmes=1))
    assert [ask.unit.name for ask in attention(few, "Oktober 2026")] == ["A"]
    assert quality(few, "Oktober 2026", "Bapas") == "1 dari 2 Bapas belum mencatat bimbingan pada Oktober 2026."
    assert quality(region(), "Oktober 2026", "Bapas") == "Belum ada Bapas yang aktif."


def test_units_with_a_secret_share_are_not_counted_as_good_ones():
    low, good = unit("A", done=10, missed=20), unit("B", done=40, missed=15)
    assert "1 dari 2 Bapas di bawah 70%" in finding(region(low, good), "Oktober 2026", "Bapas")
    secret = region(low, good, unit("C", done=40, missed=3), unit("D", done=40, missed=8))
    assert "1 dari 2 Bapas yang angkanya dapat ditampilkan di bawah 70%" in finding(secret, "Oktober 2026", "Bapas")


def test_the_trend_names_no_month_when_none_may_be_named():
    secret = trend(region(unit("A", done=4), months=[(date(2026, 9, 1), 3, 2), (MONTH, 4, 0)]))
    assert secret["judul_tren"] == "Bimbingan 12 bulan terakhir"
    assert not secret["tren"]
    assert secret["jumlah_tren"] == ["Jumlah", "*", "*"]
    shown = trend(region(unit("A", done=40), months=[(date(2026, 9, 1), 30, 0), (MONTH, 40, 0)]))
    assert shown["judul_tren"] == "Bimbingan 12 bulan terakhir, terbanyak pada Oktober 2026"
    assert shown["jumlah_tren"] == ["Jumlah", "70", "0"]


@pytest.mark.parametrize(("needs", "title", "drawn"), [
    ([("Kerja", MASKED, 0), ("Rumah", MASKED, 3)], "terlalu sedikit per jenis untuk digambar", False),
    ([("Kerja", 0, 9)], "Semua kebutuhan yang tercatat sudah terpenuhi", False),
    ([("Rumah", MASKED, 0), ("Kerja", 9, 0)], "Kebutuhan yang paling banyak belum terpenuhi: kerja", True),
])  # fmt: skip
def test_the_needs_of_an_office_are_named_as_far_as_they_are_shown(needs, title, drawn):
    page = of_bapas(needs)
    assert title in page["judul_kebutuhan"]
    assert bool(page["bagan_kebutuhan"]) == drawn


def test_clients_of_several_needs_are_not_summed_in_the_tail():
    page = of_bapas([(f"Jenis {n:02}", 10 + n, 0) for n in range(14)])
    assert "<span>dan 3 lainnya</span>" in page["bagan_kebutuhan"]
    assert page["bagan_kebutuhan"].rstrip().endswith("<b></b></div></div>")


def test_programmes_have_a_sum_that_gives_none_away():
    page = of_bapas(programmes=[("Diversi", 4), ("Cuti bersyarat", 4)])
    assert (page["program"], page["program_sedikit"]) == ([], True)  # eight stand on top of the page
    own = of_bapas(programmes=[("Diversi", 4), ("Cuti bersyarat", 4)], masked=False)
    assert own["jumlah_program"] == "8"


def test_a_line_that_says_nothing_does_not_claim_to_be_small():
    page = of_bapas(outcomes=[Outcome(1, "pekerjaan", 40, 2, 0)])
    assert page["tindak_lanjut"][0][1:] == ("–", "*", "*", "*")


@pytest.mark.django_db
def test_more_than_seven_units_that_ask_for_a_look_are_counted():
    rows = [unit(f"Bapas {n}", active=30, programmes=1) for n in range(9)]
    found = region(*rows, months=[(MONTH, 0, 0)])
    page = region_page(DasborFilter({}, today=MONTH), found, title="", unit_word="Bapas", link=lambda unit: "/")
    assert (page["jumlah_perhatian"], len(page["perhatian"]), page["sisa_perhatian"]) == (9, 7, 2)


def obstacles(*counts):
    return of_counts([Unit(1, "A", "", frozenset([1]))], [ObstacleCount(1, *count) for count in counts])


def test_obstacles_that_are_all_secret_are_no_chart():
    few = obstacles(("Jarak", 3, 3), ("Biaya", 9, 2))
    page = obstacles_page(QuarterFilter({}, today=MONTH), few, title="", link=lambda unit: "/")
    assert page["bagan"] == ""
    assert page["kalimat"] == "Belum ada angka kendala yang dapat ditampilkan untuk triwulan IV 2026."


def test_obstacles_stand_in_an_order_that_tells_nothing_about_secret_ones():
    found = obstacles(("Waktu", 4, 4), ("Biaya", 2, 2), ("Jarak", 9, 9))
    assert found.kinds == ("Jarak", "Biaya", "Waktu")


@pytest.mark.django_db
def test_the_filter_of_a_dashboard_is_cleaned_once(queries):
    kategori = make.KategoriFactory()
    form = DasborFilter({"kategori": str(kategori.pk)}, today=MONTH)
    seen = []
    assert queries(lambda: seen.extend((form.month, form.metric, form.category, form.active, form.category))) == 1
    assert seen == [MONTH, "bimbingan", kategori, 1, kategori]
