"""Charts: the finding is the text alternative, every value is printed, nothing needs style or script."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from apps.dasar.charts import (
    NO_DATA,
    SHADES,
    Tile,
    bar_chart,
    bar_list,
    drawable,
    grid,
    month_chart,
    number,
    tile_map,
)
from apps.dasar.disclosure import HIDDEN, MASKED

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
    assert texts == ["Besar", "1.243 klien", "Kecil", "7", "Tutup", "*", "Samar", "<5"]


def test_no_tail_is_cut_off_silently():
    rows = [(f"Jenis {n:02}", n) for n in range(1, 16)]
    _, texts = drawn(bar_chart(rows, "t"))
    assert texts[:2] == ["Jenis 15", "15"]
    assert texts[-4:] == ["Jenis 05", "5", "dan 4 lainnya", "10"]
    assert drawn(bar_chart(rows, "t", most=15))[1][-2:] == ["Jenis 01", "1"]
    lines = ElementTree.fromstring(bar_list(rows, "t", most=3))
    assert [word.text for word in lines.iter("span")] == ["Jenis 15", "Jenis 14", "dan 13 lainnya"]
    assert [word.text for word in lines.iter("b")] == ["15", "14", "91"]


def test_a_tail_with_a_secret_count_has_no_sum():
    _, texts = drawn(bar_chart([("a", 9), ("b", 8), ("c", 0), ("d", MASKED)], "t", most=3))
    assert texts == ["a", "9", "b", "8", "dan 2 lainnya", "*"]


def test_a_picture_of_nothing_is_not_drawable():
    assert drawable([0, 7, MASKED])
    assert not drawable([0, MASKED, HIDDEN, NO_DATA])


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


@pytest.mark.parametrize(("done", "missed"), [(1, 0), (MASKED, 9), (HIDDEN, HIDDEN), (0, 40), (40, MASKED), (3, 40)])
def test_both_values_of_a_month_are_printed_however_small(done, missed):
    days = [date(2026, 1, 1), date(2026, 2, 1)]
    svg = month_chart([(days[0], done), (days[1], 40)], "t", also=[(days[0], missed)], names=("Hadir", "Tidak hadir"))
    root, texts = drawn(svg)
    assert texts == ["Hadir", "Tidak hadir", number(missed), number(done), "Jan", "2026", "0", "40", "Feb"]
    first, second = [int(text.get("y")) for text in root.iter(f"{SVG}text")][2:4]
    assert second - first >= 15
    assert first - 15 > 16, "below the legend"


def test_the_legend_of_the_months_ends_at_the_newest_month():
    root, _ = drawn(month_chart([(date(2026, 1, 1), 3)], "t", also=[(date(2026, 1, 1), 1)], names=("A", "Bb")))
    ends = [int(text.get("x")) + 8 * len(text.text) for text in root.iter(f"{SVG}text") if text.text in ("A", "Bb")]
    assert ends == sorted(ends)
    assert 700 <= ends[-1] <= 720


def test_the_legend_of_the_map_is_no_wider_than_a_phone_shows():
    shades = [Tile(str(n), "", n) for n in (7, 30, 55, 80, 106)] + [Tile("S", "", MASKED), Tile("N", "", NO_DATA)]
    svg = tile_map(grid(shades, 7), "t", "kebutuhan")
    root, _ = drawn(svg)
    legend = root.findall(f"{SVG}g")[-1]
    assert all(int(text.get("x")) + 6 * len(text.text) <= 400 for text in legend.iter(f"{SVG}text"))
    lines = [group.get("transform") for group in legend.iter(f"{SVG}g")]
    assert lines == ["translate(0 64)", "translate(0 66)", "translate(0 88)"]
    assert {text.get("y") for text in legend.findall(f"{SVG}text")} == {"14", "36", "58"}
    assert root.get("viewBox").endswith(f" {58 + 5 * 22 + 4}")


def test_no_months_no_crash():
    assert "<title>t</title>" in month_chart([], "t")


def test_tiles_are_links_with_names_when_there_is_somewhere_to_go():
    root, texts = drawn(tile_map([Tile("AC", "Aceh", 49, href="?kanwil=1")], "Peta", "%"))
    assert root.get("role") == "group"
    assert root.get("aria-label") == "Peta"
    assert root.find(f".//{SVG}a/{SVG}title").text == "Aceh: 49%"
    assert texts[:2] == ["AC", "49"]


def tiles_of(svg):
    """The drawn tiles by their code."""
    root, _ = drawn(svg)
    groups = [group for group in root.iter(f"{SVG}g") if group.find(f"{SVG}rect").get("width") == "54"]
    return {group.find(f"{SVG}text").text: group for group in groups}


def test_dark_tiles_have_light_ink():
    tiles = tiles_of(tile_map(grid([Tile("A", "A", 0), Tile("B", "B", 100)], 2), "t"))
    assert (tiles["A"].find(f"{SVG}rect").get("fill"), tiles["A"].get("fill")) == (SHADES[0], "#1f1f1f")
    assert (tiles["B"].find(f"{SVG}rect").get("fill"), tiles["B"].get("fill")) == (SHADES[-1], "#ffffff")


def test_the_legend_names_the_range_of_every_shade():
    values = (7, 30, 55, 80, 106)
    svg = tile_map(grid([Tile(str(n), "", n) for n in values], 5), "t", "kebutuhan")
    root, texts = drawn(svg)
    assert texts[-6:] == ["Jumlah kebutuhan", "7–26", "27–46", "47–66", "67–86", "87–106"]
    swatches = [rect.get("fill") for rect in root.iter(f"{SVG}rect") if rect.get("width") == "18"]
    assert swatches == [tile.find(f"{SVG}rect").get("fill") for tile in tiles_of(svg).values()] == list(SHADES)


@pytest.mark.parametrize(
    ("values", "ranges"),
    [((5,), ["5%"]), ((5, 6), ["5%", "6%"]), ((0, 5), ["0–1%", "2–3%", "4–5%"]), ((MASKED, HIDDEN), [])],
)
def test_near_values_need_fewer_shades(values, ranges):
    _, texts = drawn(tile_map(grid([Tile("A", "", n) for n in values], 2), "t", "%"))
    assert [text for text in texts if text.endswith("%")] == ranges


def test_secret_units_do_not_look_like_the_lowest_and_no_data_is_a_third_look():
    units = [
        Tile("L", "Rendah", 5),
        Tile("S", "Samar", MASKED),
        Tile("T", "Tutup", HIDDEN),
        Tile("N", "Kosong", NO_DATA),
    ]
    svg = tile_map(grid([replace(tile, href="/") for tile in units], 4), "t", "klien")
    tiles = tiles_of(svg)
    fills = {code: tile.find(f"{SVG}rect").get("fill") for code, tile in tiles.items()}
    assert fills == {"L": SHADES[0], "S": "#ffffff", "T": "#ffffff", "N": "#ffffff"}
    assert [code for code, tile in tiles.items() if tile.find(f"{SVG}path") is not None] == ["S", "T"]
    assert [code for code, tile in tiles.items() if tile.find(f"{SVG}rect").get("stroke-dasharray")] == ["N"]
    root, texts = drawn(svg)
    names = [title.text for title in root.iter(f"{SVG}title")]
    assert names == ["Rendah: 5 klien", "Samar: disamarkan", "Tutup: disamarkan", "Kosong: tidak ada data"]
    assert texts[-2:] == ["disamarkan: angka kecil (<5) atau yang dapat membukanya (*)", "tidak ada data"]


def test_the_legend_explains_only_what_is_on_the_map():
    _, texts = drawn(tile_map([Tile("A", "", 5), Tile("B", "", NO_DATA, 1)], "t", "klien"))
    assert texts[-1] == "tidak ada data"
    assert not any("disamarkan" in text for text in texts)


def test_grid_fills_row_by_row():
    tiles = grid([Tile(str(n), str(n), n) for n in range(5)], columns=2)
    assert [(tile.column, tile.row) for tile in tiles] == [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2)]


@pytest.mark.parametrize(
    ("value", "text"), [(1234, "1.234"), (1234.5, "1.234,5"), (2.0, "2"), (MASKED, "<5"), (NO_DATA, "–")]
)
def test_number(value, text):
    assert number(value) == text
