"""Charts: the finding is the text alternative, every value is printed, nothing needs style or script."""

from datetime import date
from xml.etree import ElementTree

import pytest

from apps.wilayah.disclosure import HIDDEN, MASKED
from pemasyarakatan.charts import SHADES, Tile, bar_chart, bar_list, grid, month_chart, number, tile_map

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg):
    root = ElementTree.fromstring(svg)
    texts = [text.text for text in root.iter(f"{SVG}text")]
    return root, texts


@pytest.mark.parametrize(
    "svg",
    [
        bar_chart([("Hunian & <dokumen>", 3)], "Temuan & <satu>"),
        month_chart([(date(2026, 1, 1), 3)], "Temuan & <satu>", also=[(date(2026, 1, 1), 1)], names=("A", "B")),
        tile_map([Tile("AC", "Aceh", 3)], "Temuan & <satu>"),
    ],
)
def test_finding_is_the_text_alternative_and_csp_holds(svg):
    root, _ = drawn(svg)
    assert root.find(f"{SVG}title").text == "Temuan & <satu>"
    assert root.get("role") == "img"
    assert not {"style", "onclick", "class"} & {name for node in root.iter() for name in node.attrib} - {"class"}
    assert not root.findall(f".//{SVG}style") + root.findall(f".//{SVG}script")


def test_bars_are_sorted_and_say_their_value():
    _, texts = drawn(bar_chart([("Kecil", 7), ("Besar", 1243), ("Samar", MASKED), ("Tutup", HIDDEN)], "t", "klien"))
    assert texts == ["Besar", "1.243 klien", "Kecil", "7", "Samar", "<5", "Tutup", "*"]


def test_lines_of_a_page_say_the_finding_and_grow_to_the_whole_width():
    figure = ElementTree.fromstring(
        bar_list([("Kecil", 50), ("Besar & <tua>", 200), ("Samar", MASKED)], "Temuan", "klien")
    )
    assert figure.get("aria-label") == "Temuan"
    assert [rect.get("width") for rect in figure.iter("rect")] == ["100%", "25%", "0%"]
    assert [word.text for word in figure.iter("b")] == ["200 klien", "50", "<5"]
    assert next(figure.iter("span")).text == "Besar & <tua>"


def test_longest_bar_stays_inside_the_picture():
    root, _ = drawn(bar_chart([("a", 141.6), ("b", 1)], "t", "juta rupiah"))
    longest = max(int(rect.get("width")) for rect in root.iter(f"{SVG}rect"))
    assert 250 + longest + 8 + 9 * len("141,6 juta rupiah") <= 720


def test_a_masked_bar_has_no_length():
    root, _ = drawn(bar_chart([("Samar", MASKED)], "t"))
    assert root.findall(f".//{SVG}rect") == []


def test_months_are_named_and_the_year_is_said_once():
    points = [(date(2025, 12, 1), 4), (date(2026, 1, 1), 5), (date(2026, 2, 1), 0)]
    _, texts = drawn(month_chart(points, "t"))
    assert texts == ["4", "Des", "2025", "5", "Jan", "2026", "0", "Feb"]


def test_no_months_no_crash():
    assert "<title>t</title>" in month_chart([], "t")


def test_tiles_are_links_with_names_when_there_is_somewhere_to_go():
    root, texts = drawn(tile_map([Tile("AC", "Aceh", 49, href="?kanwil=1")], "Peta", "%"))
    assert root.get("role") == "group"
    assert root.get("aria-label") == "Peta"
    assert root.find(f".//{SVG}a/{SVG}title").text == "Aceh: 49%"
    assert texts == ["AC", "49"]


def test_dark_tiles_have_light_ink():
    root, _ = drawn(tile_map(grid([Tile("A", "A", 0), Tile("B", "B", 100)], 2), "t"))
    low, high = root.findall(f"{SVG}g")
    assert (low.find(f"{SVG}rect").get("fill"), low.get("fill")) == (SHADES[0], "#1f1f1f")
    assert (high.find(f"{SVG}rect").get("fill"), high.get("fill")) == (SHADES[-1], "#ffffff")


def test_grid_fills_row_by_row():
    tiles = grid([Tile(str(n), str(n), n) for n in range(5)], columns=2)
    assert [(tile.column, tile.row) for tile in tiles] == [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2)]


@pytest.mark.parametrize(("value", "text"), [(1234, "1.234"), (1234.5, "1.234,5"), (2.0, "2"), (MASKED, "<5")])
def test_number(value, text):
    assert number(value) == text
