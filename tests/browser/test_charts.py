"""Figures on a phone: a wide chart says so and shows first what matters, an amount is never broken."""

import datetime as dt

import pytest

from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHART = ".p-scroll:has(.p-tren)"
LINES_OF_AMOUNTS = """all => all.flatMap(dd => [...dd.childNodes])
  .filter(node => node.nodeType === Node.TEXT_NODE)
  .flatMap(node => [...node.data.matchAll(/Rp[\\d.,]*\\d/g)].map(found => {
    const range = document.createRange();
    range.setStart(node, found.index);
    range.setEnd(node, found.index + found[0].length);
    return range.getClientRects().length;
  }))"""


@pytest.fixture
def months(ours, today):
    klien = make.KlienFactory(bapas=ours, diregistrasi=today - dt.timedelta(days=400))
    for days in (0, 40, 80, 340):
        make.CatatanFactory(klien=klien, tanggal=today - dt.timedelta(days=days))


def hint(page, scroller):
    return page.locator(scroller).evaluate("e => getComputedStyle(e, '::before').content")


@pytest.mark.parametrize("js", [True, False])
def test_a_phone_shows_the_newest_months_and_the_legend_first(open_page, officer, months, js):
    page = open_page("/kinerja/", user=officer("kabapas"), width=390, js=js)
    assert "Geser ke samping" in hint(page, CHART)
    texts = page.locator(f"{CHART} text")
    for seen in (texts.last, texts.filter(has_text="Tidak hadir")):
        box = seen.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert page.locator(CHART).evaluate("e => e.scrollWidth > e.clientWidth")


def test_a_desk_shows_the_whole_chart_from_the_left(open_page, officer, months):
    page = open_page("/kinerja/", user=officer("kabapas"), width=1366)
    assert hint(page, CHART) == "none"
    assert page.locator(f"{CHART} svg").bounding_box()["x"] == page.locator(CHART).bounding_box()["x"]
    assert page.locator(CHART).evaluate("e => e.scrollWidth === e.clientWidth")


def test_a_map_that_a_phone_cannot_show_says_so(open_page, officer, months):
    page = open_page("/wilayah/dasbor/", user=officer("kanwil"), width=390)
    assert "Geser ke samping" in hint(page, ".p-scroll:has(.p-peta)")


def test_an_amount_of_money_stands_on_one_line(open_page, officer, ours, today):
    program = make.ProgramFactory(bapas=ours, tahun=today.year, approved=True)
    make.BiayaFactory(rencana__program=program, harga=9_876_543_210)
    page = open_page("/kinerja/", user=officer("kabapas"), width=390)
    lines = page.locator(".p-angka dd").evaluate_all(LINES_OF_AMOUNTS)
    assert lines
    assert set(lines) == {1}
