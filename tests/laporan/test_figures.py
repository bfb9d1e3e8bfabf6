"""Rows → figures: sums, order, what is printed of released counts; no database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from apps.dasar.disclosure import HIDDEN, MASKED, NO_DATA
from apps.laporan import snapshot
from apps.laporan.figures import Figures
from apps.laporan.persons import Persons
from apps.laporan.rows import Count, Rows
from apps.laporan.summary import months, period, quarters, summarise
from tests.laporan import samples


@pytest.mark.parametrize("level", ["bapas", "kanwil", "nasional"])
def test_order_of_rows_does_not_matter(level):
    figures = getattr(samples, level)()
    offices = samples.offices(level)
    rows = samples.rows(offices)
    shuffled = Rows(
        **{name: tuple(Random(7).sample(getattr(rows, name), len(getattr(rows, name)))) for name in vars(rows)}
    )
    assert summarise(figures.cover, shuffled) == figures


@pytest.mark.parametrize("level", ["bapas", "kanwil", "nasional"])
def test_snapshot_comes_back_unchanged(level):
    figures = getattr(samples, level)()
    stored = snapshot.dump(figures)
    assert snapshot.load(Figures, stored) == figures
    assert snapshot.fingerprint(stored) == snapshot.fingerprint(dict(reversed(stored.items())))


def test_sums_over_the_offices_of_a_region():
    figures, rows = samples.kanwil(), samples.rows(samples.offices("kanwil"))
    assert figures.klien == Persons(rows.orang)("klien") == sum(unit.klien for unit in figures.bapas)
    assert figures.anggaran == sum(row.jumlah for row in rows.biaya) == sum(unit.anggaran for unit in figures.bapas)
    assert figures.realisasi == sum(row.realisasi for row in rows.biaya)
    assert figures.terlaksana == sum(month.terlaksana for month in figures.bimbingan if month.terlaksana != NO_DATA)


def test_the_nation_adds_up_its_regions():
    figures = samples.nasional()
    assert len(figures.bapas) == 99
    assert len(figures.kanwil) == 33
    assert sum(unit.anggaran for unit in figures.kanwil) == figures.anggaran
    assert sum(unit.klien for unit in figures.kanwil) == figures.klien


def test_a_bapas_shows_its_plan_and_cost_lines_a_region_does_not():
    assert samples.bapas().rencana
    assert samples.bapas().rab
    assert samples.kanwil().rencana == samples.kanwil().rab == ()


def of_bapas(**counts) -> Figures:
    """`what=n` or `what={kind: n}` → figures of one office."""
    rows = [
        Count("", what, kind, n)
        for what, found in counts.items()
        for kind, n in (found if isinstance(found, dict) else {"": found}).items()
    ]
    return summarise(samples.cover("bapas", "Bapas"), Rows(orang=tuple(rows)))


@pytest.mark.parametrize(("klien", "children", "others"), [
    (912, 12, 900), (912, MASKED, HIDDEN), (912, HIDDEN, HIDDEN), (HIDDEN, 12, HIDDEN), (NO_DATA, NO_DATA, NO_DATA),
    (912, 0, 912),
])  # fmt: skip
def test_adults_are_printed_only_where_both_numbers_are(klien, children, others):
    ages = {item.label: item.n for item in of_bapas(klien=klien, anak=children).klien_usia}
    assert ages == {"Dewasa": others, "Anak": children}


@pytest.mark.parametrize(("months", "total"), [
    ([7, 9, NO_DATA], 16), ([7, MASKED, NO_DATA], HIDDEN), ([HIDDEN, 9, 8], HIDDEN), ([NO_DATA, NO_DATA], NO_DATA),
    ([0, 0, NO_DATA], 0),
])  # fmt: skip
def test_a_year_is_the_sum_of_its_closed_months_if_all_are_printed(months, total):
    f = of_bapas(terlaksana={f"2026-{i:02}-01": n for i, n in enumerate(months, start=1)}, terlewat={"2026-01-01": 5})
    assert f.terlaksana == total
    assert f.jadwal == (total + 5 if total >= 0 else total)


@pytest.mark.parametrize(("came", "absent", "invited"), [
    (12, 8, 20), (12, MASKED, HIDDEN), (HIDDEN, 8, HIDDEN), (NO_DATA, NO_DATA, NO_DATA),
])  # fmt: skip
def test_the_invited_are_printed_only_where_nobody_can_be_counted_back(came, absent, invited):
    f = of_bapas(hadir={"Kemandirian": came}, absen={"Kemandirian": absent})
    assert (f.kegiatan_jumlah.hadir, f.kegiatan_jumlah.undangan) == (came, invited)


def test_met_needs_are_added_only_if_each_kind_is_printed():
    assert of_bapas(butuh=9, terpenuhi={"A": 7, "B": 9}).kebutuhan_jumlah.terpenuhi == 16
    assert of_bapas(butuh=9, terpenuhi={"A": 7, "B": MASKED}).kebutuhan_jumlah.terpenuhi == HIDDEN
    assert of_bapas(butuh=9).kebutuhan_jumlah.terpenuhi == 0
    assert of_bapas(butuh=NO_DATA).kebutuhan_jumlah.terpenuhi == NO_DATA


def test_every_need_shows_what_the_programme_sets_against_it():
    figures = samples.bapas()
    answer = {row.kategori: row for row in figures.jawaban}
    assert answer["Pelatihan kerja dan keterampilan"].kegiatan == 2
    assert answer["Tempat tinggal sementara"].anggaran == Decimal(0)
    assert sum(row.anggaran for row in figures.jawaban) == figures.anggaran


def test_one_need_has_one_number():
    """A plan once printed the number of the day on which it was drawn up."""
    figures = samples.bapas()
    needs = {need.kategori: need.belum for need in figures.kebutuhan}
    assert {plan.kebutuhan: plan.klien_membutuhkan for plan in figures.rencana}.items() <= needs.items()
    assert {row.kategori: row.belum for row in figures.jawaban} == needs


def test_months_that_are_not_closed_are_shown_without_a_number():
    figures = samples.bapas()
    assert [month.bulan.month for month in figures.bimbingan] == list(range(1, 12))
    assert [month.terlaksana == NO_DATA for month in figures.bimbingan] == [False] * 10 + [True]


def test_spending_on_an_older_version_counts_but_is_no_line_of_the_plan():
    rows = samples.rows(samples.offices("bapas"))
    old = replace(rows.biaya[0], jumlah=Decimal(0), realisasi=Decimal(1000))
    figures = summarise(samples.cover("bapas", "Bapas"), replace(rows, biaya=(*rows.biaya, old)))
    assert figures.realisasi == samples.bapas().realisasi + 1000
    assert len(figures.rab) == len(rows.biaya)


@pytest.mark.parametrize(
    ("tahun", "expected"),
    [
        (2025, (date(2025, 1, 1), date(2025, 12, 31))),
        (2026, (date(2026, 1, 1), date(2026, 11, 20))),
        (2027, (date(2025, 12, 1), date(2026, 11, 20))),
    ],
)
def test_period_is_the_year_so_far_or_the_last_twelve_months(tahun, expected):
    assert period(tahun, date(2026, 11, 20)) == expected


def test_on_new_years_day_the_year_has_no_closed_day_yet():
    assert period(2027, date(2026, 12, 31)) == (date(2026, 1, 1), date(2026, 12, 31))


def test_months_cross_the_year():
    assert months(date(2025, 11, 3), date(2026, 1, 9)) == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]


def test_a_quarter_counts_only_as_a_whole():
    assert quarters(date(2025, 12, 1), date(2026, 11, 20)) == [date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)]
    assert quarters(date(2026, 1, 1), date(2026, 12, 31))[-1] == date(2026, 10, 1)
    assert quarters(date(2026, 1, 1), date(2026, 3, 30)) == []


@pytest.mark.parametrize(("tahun", "day"), [(2025, date(2025, 12, 31)), (2026, date(2026, 11, 21)), (2027, None)])
def test_money_is_counted_up_to_the_moment(tahun, day):
    assert replace(samples.cover("bapas", "Bapas"), tahun=tahun).dana_per == (day or date(2026, 11, 21))
