"""Rows → figures: sums, order, masking; no database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from apps.dasar.disclosure import HIDDEN, MASKED
from apps.laporan import snapshot
from apps.laporan.figures import Figures
from apps.laporan.rows import Rows, Tally
from apps.laporan.summary import months, period, summarise
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
    assert figures.klien == sum(row.n for row in rows.klien_usia) == sum(unit.klien for unit in figures.bapas)
    assert figures.anggaran == sum(row.jumlah for row in rows.biaya) == sum(unit.anggaran for unit in figures.bapas)
    assert figures.realisasi == sum(row.realisasi for row in rows.biaya)
    assert figures.terlaksana == sum(row.terlaksana for row in rows.bimbingan)
    assert figures.kebutuhan_tercatat == sum(row.n for row in rows.kebutuhan)


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


def test_small_counts_leave_neither_directly_nor_by_difference():
    rows = Rows(klien_usia=(Tally(1, "Dewasa", 908), Tally(1, "Anak", 4)))
    figures = summarise(samples.cover("bapas", "Bapas"), rows)
    assert [(item.label, item.n) for item in figures.klien_usia] == [("Dewasa", HIDDEN), ("Anak", MASKED)]
    assert figures.klien == 912


def test_small_offices_are_covered_by_their_neighbours():
    counts = tuple(Tally(office, "Dewasa", n) for office, n in enumerate((3, 60, 700), start=1))
    rows = Rows(offices=tuple(samples.offices("kanwil")[:3]), klien_usia=counts)
    figures = summarise(samples.cover("kanwil", "Kanwil"), rows)
    assert [unit.klien for unit in figures.bapas] == [MASKED, HIDDEN, 700]
    assert figures.klien == 763


def test_unmet_needs_are_the_sum_of_their_statuses():
    total = samples.nasional().kebutuhan_jumlah
    assert total.belum == total.terbuka + total.dirujuk + total.dilayani + total.tidak_terpenuhi
    assert samples.nasional().kebutuhan_tercatat == total.belum + total.terpenuhi


def test_every_need_shows_what_the_programme_sets_against_it():
    figures = samples.bapas()
    answer = {row.kategori: row for row in figures.jawaban}
    assert answer["Pelatihan kerja dan keterampilan"].kegiatan == 2
    assert answer["Tempat tinggal sementara"].anggaran == Decimal(0)
    assert sum(row.anggaran for row in figures.jawaban) == figures.anggaran


def test_months_without_guidance_are_shown():
    cover = samples.cover("bapas", "Bapas")
    figures = summarise(cover, Rows())
    assert len(figures.bimbingan) == 11
    assert figures.terlaksana == 0


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
        (2026, (date(2026, 1, 1), date(2026, 11, 21))),
        (2027, (date(2025, 12, 1), date(2026, 11, 21))),
    ],
)
def test_period_is_the_year_so_far_or_the_last_twelve_months(tahun, expected):
    assert period(tahun, date(2026, 11, 21)) == expected


def test_months_cross_the_year():
    assert months(date(2025, 11, 3), date(2026, 1, 9)) == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]
