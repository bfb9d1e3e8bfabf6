"""What a dashboard says: a masked or missing number is never read as nought."""

from datetime import date
from decimal import Decimal

import pytest

from apps.dasar.disclosure import HIDDEN, MASKED, NO_DATA
from apps.dasbor.forms import DasborFilter, QuarterFilter
from apps.dasbor.obstacles import of_faces
from apps.dasbor.panels import (
    bapas_page,
    obstacles_page,
    quality,
    region_page,
    trend,
)
from apps.dasbor.panels import sentence as finding
from apps.dasbor.region import METRICS, SUM, MonthTotal, Region, Unit, UnitRow, attention
from apps.klien.figures import NO_TERM, OTHERS, ProgrammeCount, programmes_released
from apps.rilis.measures import OBSTACLE
from apps.rilis.reading import Faces
from tests import factories as make

MONTH = date(2026, 10, 1)


def unit(name, **counts):
    return UnitRow(Unit(1, name, name[-1], frozenset([1])), **counts)


def region(*rows, months=(), total=None):
    day = date(2026, 10, 31)
    totals = tuple(MonthTotal(*month) for month in months)
    return Region(
        MONTH, day, rows, total or UnitRow(SUM), UnitRow(SUM), totals, contacts=MONTH, until=day, released=True
    )


def of_bapas(needs=(), programmes=(), outcomes=()):
    return bapas_page(
        None, region(unit("A", active=9), months=[(MONTH, 0, 0)]), office=None, needs=needs,
        programmes=dict(programmes), met=[], money=None, outcomes=outcomes,
    )  # fmt: skip


def test_no_data_is_not_a_secret():
    quiet, secret, early = unit("A"), unit("B", done=9, missed=MASKED), unit("D", done=NO_DATA, missed=NO_DATA)
    assert [METRICS["bimbingan"].value(row) for row in (quiet, secret, early)] == [NO_DATA, HIDDEN, NO_DATA]
    assert METRICS["bimbingan"].value(unit("E", done=HIDDEN, missed=HIDDEN)) == HIDDEN
    assert METRICS["serapan"].value(quiet) == NO_DATA
    assert METRICS["serapan"].value(unit("C", planned=Decimal(10))) == 0


def test_a_unit_of_few_clients_that_logged_nothing_is_silent_too():
    few = region(unit("A", active=MASKED, programmes=1), unit("B", active=0, programmes=1))
    assert [ask.unit.name for ask in attention(few, "Oktober 2026")] == ["A"]
    assert quality(few, "Oktober 2026", "Bapas") == "1 dari 2 Bapas belum mencatat bimbingan pada Oktober 2026."
    assert quality(region(), "Oktober 2026", "Bapas") == "Belum ada Bapas yang aktif."


def test_units_with_a_secret_share_are_not_counted_as_good_ones():
    low, good, total = unit("A", done=10, missed=20), unit("B", done=40, missed=15), unit("J", done=50, missed=35)
    assert "1 dari 2 Bapas di bawah 70%" in finding(region(low, good, total=total), "Oktober 2026", "Bapas")
    secret = region(low, good, unit("C", done=40, missed=MASKED), unit("D", done=40, missed=HIDDEN), total=total)
    assert "1 dari 2 Bapas yang angkanya dapat ditampilkan di bawah 70%" in finding(secret, "Oktober 2026", "Bapas")


def test_the_trend_names_no_month_when_none_may_be_named():
    secret = trend(region(months=[(date(2026, 9, 1), MASKED, MASKED), (MONTH, MASKED, 0)]))
    assert secret["judul_tren"] == "Bimbingan 12 bulan yang sudah ditutup"
    assert not secret["tren"]
    assert secret["jumlah_tren"] == ["Jumlah", "*", "*"]
    shown = trend(region(months=[(date(2026, 9, 1), 30, 0), (MONTH, 40, 0)]))
    assert shown["judul_tren"] == "Bimbingan 12 bulan yang sudah ditutup, terbanyak pada Oktober 2026"
    assert shown["jumlah_tren"] == ["Jumlah", "70", "0"]


@pytest.mark.parametrize(("needs", "title", "drawn"), [
    ([("Kerja", MASKED, 0), ("Rumah", MASKED, 3)], "per jenis disembunyikan atau nol", False),
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


def programmes(*counts):
    return programmes_released(ProgrammeCount(1, usia, "", name, n) for name, usia, n in counts)


def test_programmes_of_few_clients_are_joined_until_they_are_not_few():
    few = ("Cuti bersyarat", "dewasa", 3), ("Asimilasi", "dewasa", 2)
    assert programmes(("PB", "dewasa", 30), *few) == {"PB": 30, OTHERS: 5}
    assert programmes(("PB", "dewasa", 30), ("CB", "dewasa", 9), few[0]) == {"PB": 30, OTHERS: 12}
    assert programmes(few[0]) == {}
    assert programmes() == {}


def test_programmes_that_only_children_have_do_not_stand_alone():
    found = programmes(("PB", "dewasa", 30), ("PB", "anak", 2), ("Diversi", "anak", 8), (NO_TERM, "dewasa", 6))
    assert found == {"PB": 32, OTHERS: 14}


def test_an_answer_that_is_hidden_has_no_share():
    page = of_bapas(outcomes=[("pekerjaan", HIDDEN, HIDDEN, HIDDEN), ("pekerjaan", 30, 10, 0)])
    assert [line[1:] for line in page["tindak_lanjut"]] == [("–", "*", "*", "*"), ("75%", "30", "10", "0")]


@pytest.mark.django_db
def test_more_than_seven_units_that_ask_for_a_look_are_counted():
    rows = [unit(f"Bapas {n}", active=30, programmes=1) for n in range(9)]
    found = region(*rows, months=[(MONTH, 0, 0)])
    page = region_page(DasborFilter({}, today=MONTH), found, title="", unit_word="Bapas", link=lambda unit: "/")
    assert (page["jumlah_perhatian"], len(page["perhatian"]), page["sisa_perhatian"]) == (9, 7, 2)


def obstacles(**counts):
    faces = Faces({OBSTACLE + kind: n for kind, n in counts.items()})
    return of_faces(faces, [(Unit(1, "A", "", frozenset([1])), faces)])


def test_obstacles_that_are_all_secret_are_no_chart():
    page = obstacles_page(QuarterFilter({}, today=MONTH), obstacles(Jarak="<5", Biaya="*"), title="", link=str)
    assert page["bagan"] == ""
    assert page["kalimat"] == (
        "Angka setiap jenis kendala pada triwulan IV 2026 nol atau disembunyikan karena sedikit klien."
    )


def test_obstacles_stand_in_an_order_that_tells_nothing_about_secret_ones():
    found = obstacles(Waktu="<5", Biaya="<5", Jarak=9)
    assert found.kinds == ("Jarak", "Biaya", "Waktu")


@pytest.mark.django_db
def test_the_filter_of_a_dashboard_is_cleaned_once(queries):
    kategori = make.KategoriFactory()
    form = DasborFilter({"kategori": str(kategori.pk)}, today=MONTH)
    seen = []
    assert queries(lambda: seen.extend((form.month, form.metric, form.category, form.active, form.category))) == 1
    assert seen == [MONTH, "bimbingan", kategori, 1, kategori]
