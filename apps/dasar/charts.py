"""Charts as SVG made on the server: the same code in a web page, a dashboard and a PDF.

    bar_chart(rows=[("Pelatihan kerja", 120), ("Dokumen", None)], title="…", unit="klien")     # for paper
    bar_list(rows=[("Pelatihan kerja", 120), ("Dokumen", None)], title="…", unit="klien")      # for screens
    month_chart(points=[(date(2026, 1, 1), 87), …], title="…", unit="bimbingan",
                also=[(date(2026, 1, 1), 9), …], names=("Terlaksana", "Terlewat"))
    tile_map(tiles=[Tile("AC", "Aceh", 49, column=0, row=0, href="?kanwil=11"), …], title="…", unit="%")
    grid(tiles, columns=6)     # gives tiles that have no place on the map one, in their own order

Each returns a SafeString. In a template: `{% load bagan %}{% bar_chart rows title unit %}`.

- `title` says the *finding* ("Pelatihan kerja paling banyak dibutuhkan: 120 klien"); it becomes `<title>`,
  the text alternative in the browser and in the PDF. Put the table with the same numbers after it.
- A value of `disclosure.MASKED` (None) is a small count that must not be shown. It prints as "<5": a bar has no length,
  a tile is hatched. If no value can be drawn (`drawable`), print a sentence instead of the chart.
- Bars beyond `most` become one last bar, "dan 8 lainnya", with their sum unless a secret count is among them.
- Only presentation attributes, no style and no script, so a strict Content-Security-Policy holds. Values are
  printed beside the marks and the shades differ in lightness, so the charts read in grey and in forced colours.
- A drawing has its natural width (`WIDTH` for bars and months): put it into a
  `<figure class="p-bagan">`, the map also into a `.p-scroll` region. A `bar_list` fills the width of its container.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from textwrap import wrap

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.dasar.disclosure import HIDDEN, MASKED, NO_DATA, SECRET, Shown, in_order, known
from apps.dasar.wording import grouped

WIDTH = 720
SHADES = ("#eff5fd", "#c0d7f9", "#629cef", "#0a489f", "#022a5b")
BAR, DARK, LIGHT = SHADES[3], "#1f1f1f", "#ffffff"
MASKED_SIGN, HIDDEN_SIGN, NO_DATA_SIGN = "<5", "*", "–"
BARS = 12
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")

Number = int | float


def drawable(values: Iterable[Number | None]) -> bool:
    """True when at least one value has a size that a chart can show."""
    return any(value is not MASKED and value > 0 for value in values)


def largest(rows: Iterable[tuple[str, Shown]]) -> tuple[str, int, str] | None:
    """(label, count, caveat) of the largest printed count. The caveat is empty unless a hidden count may be larger."""
    rows = tuple(rows)
    opened = [(label, n) for label, n in rows if known(n) and n]
    if not opened:
        return None
    label, n = max(opened, key=lambda row: row[1])
    return label, n, " di antara yang dapat ditampilkan" if any(value == HIDDEN for _, value in rows) else ""


def bar_list(
    rows: Iterable[tuple[str, Number | None]], title: str, unit: str = "", most: int = BARS, *, adds_up: bool = True
) -> SafeString:
    """The bars of `bar_chart` as HTML. On a phone each label stands above a bar of the full width.

    Rows do not add up if one thing counts in several of them: then the last line only says how many rows are left out.
    """
    shown = _largest_first(rows, most)
    top = max((value or 0 for _, value, fill in shown if adds_up or fill == BAR), default=0)
    bars = [
        (label, number(value), _length(value, top, 100), fill) if adds_up or fill == BAR else (label, "", 0, fill)
        for label, value, fill in shown
    ]
    return render_to_string("komponen/batang.html", {"judul": title, "satuan": unit, "batang": bars})


def bar_chart(
    rows: Iterable[tuple[str, Number | None]], title: str, unit: str = "", most: int = BARS, *, adds_up: bool = True
) -> SafeString:
    """Horizontal bars from the largest to the smallest, with zero as the base; `adds_up` as for `bar_list`."""
    shown = _largest_first(rows, most)
    top = max((value or 0 for _, value, fill in shown if adds_up or fill == BAR), default=0)
    bars, y = [], 0
    for label, value, fill in shown:
        lines = tuple(wrap(label, 34))[:2] or ("",)
        height = 28 if len(lines) == 1 else 40
        text, length = number(value), _length(value, top, BAR_SPACE - 8 * len(unit))
        if not adds_up and fill != BAR:
            text, length = "", 0
        bars.append(_Bar(lines, y, height, length, text, fill))
        y += height
    return _draw("batang", title, height=y + 4, batang=bars, satuan=unit)


def _largest_first(rows: Iterable[tuple[str, Number | None]], most: int) -> list[tuple[str, Number | None, str]]:
    """(label, value, fill) of at most `most` bars; the last one stands for all rows without a bar of their own."""
    ordered = in_order(rows, count=lambda row: row[1], name=lambda row: row[0])
    head, rest = (ordered[: most - 1], ordered[most - 1 :]) if len(ordered) > most else (ordered, [])
    shown = [(label, value, BAR) for label, value in head]
    if rest:
        values = [value for _, value in rest]
        total = HIDDEN if set(values) & set(SECRET) else sum(value or 0 for value in values)
        shown.append((f"dan {len(rest)} lainnya", total, SHADES[2]))
    return shown


def month_chart(
    points: Sequence[tuple[date, Number | None]],
    title: str,
    unit: str = "",
    *,
    also: Sequence[tuple[date, Number | None]] = (),
    names: tuple[str, str] = ("", ""),
) -> SafeString:
    """One column per month; `also` stands on top of it in a lighter shade, both with their values."""
    second = dict(also)
    stacks = [(day, value, second.get(day, 0)) for day, value in points]
    top = max(((value or 0) + (extra or 0) for _, value, extra in stacks), default=0)
    step = WIDTH // max(len(stacks), 1)
    columns = [
        _Column(
            x=index * step + step // 16,
            middle=index * step + step // 2,
            width=step - step // 8,
            height=_length(value, top, COLUMN_SPACE),
            extra_height=_length(extra, top, COLUMN_SPACE),
            value=number(value),
            extra=number(extra) if also else "",
            month=MONTHS[day.month - 1],
            year=str(day.year) if index == 0 or day.month == 1 else "",
        )
        for index, (day, value, extra) in enumerate(stacks)
    ]
    return _draw("bulan", title, height=COLUMN_BASE + 40, bulan=columns, satuan=unit, legenda=_series(names))


def _series(names: tuple[str, str]) -> list[tuple[int, str, str]]:
    """(x, shade, name) of the legend. It ends at the right edge, because a phone shows the newest months first."""
    x = WIDTH
    found: list[tuple[int, str, str]] = []
    for name, shade in reversed([(name, shade) for name, shade in zip(names, (BAR, SHADES[1]), strict=True) if name]):
        x -= 28 + LETTER * len(name)
        found.insert(0, (x, shade, name))
    return found


@dataclass(frozen=True)
class Tile:
    """One unit on the tile map. All tiles have the same size, whatever the area of the unit."""

    code: str
    label: str
    value: Number | None
    column: int = 0
    row: int = 0
    href: str = ""


def tile_map(tiles: Sequence[Tile], title: str, unit: str = "") -> SafeString:
    """Equal tiles in roughly geographical places and five shades. Each prints its value; the legend stands below."""
    scale = _Scale([round(tile.value) for tile in tiles if tile.value is not None and tile.value >= 0])
    columns = max((tile.column for tile in tiles), default=0) + 1
    rows = max((tile.row for tile in tiles), default=0) + 1
    legend = scale.legend(unit)
    below = LEGEND_LINE * (1 + ceil(len(legend) / LEGEND_COLUMNS)) if legend else 0
    secret = any(tile.value in SECRET for tile in tiles)
    missing = any(tile.value == NO_DATA for tile in tiles)
    return _draw(
        "ubin",
        title,
        width=max(columns * TILE - 4, WIDTH),
        height=rows * TILE + below + LEGEND_LINE * (secret + missing),
        ubin=[_placed(tile, scale, unit) for tile in tiles],
        bertaut=any(tile.href for tile in tiles),
        satuan=unit,
        y_legenda=rows * TILE + 6,
        legenda=[
            (LEGEND_STEP * (n % LEGEND_COLUMNS), LEGEND_LINE * (1 + n // LEGEND_COLUMNS), *entry)
            for n, entry in enumerate(legend)
        ],
        disamarkan=secret,
        tanpa_data=missing,
        y_disamarkan=below,
        y_tanpa_data=below + LEGEND_LINE * secret,
    )


def grid(tiles: Iterable[Tile], columns: int) -> list[Tile]:
    """The tiles in reading order on a plain grid."""
    return [replace(tile, column=i % columns, row=i // columns) for i, tile in enumerate(tiles)]


def number(value: Number | None) -> str:
    """Print a value the Indonesian way, or the sign of one that cannot be printed."""
    if value is MASKED:
        return MASKED_SIGN
    if value in (HIDDEN, NO_DATA):
        return HIDDEN_SIGN if value == HIDDEN else NO_DATA_SIGN
    return grouped(value, 1 if value % 1 else 0)


BAR_START, BAR_SPACE = (
    250,
    390,
)  # labels left of the start, room for the value after the longest bar
COLUMN_BASE, COLUMN_SPACE = 200, 144  # the base line from the top, the tallest column; above it two values and a legend
VALUE_LINE, LETTER = 15, 8  # the height of a printed value, the width of a letter
TILE = 58
LEGEND_COLUMNS, LEGEND_STEP, LEGEND_LINE = 3, 130, 22  # as many shades in a line as a phone shows beside each other


@dataclass(frozen=True)
class _Bar:
    lines: tuple[str, ...]
    y: int
    height: int
    length: int
    value: str
    fill: str

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def value_x(self) -> int:
        return BAR_START + self.length + 8


@dataclass(frozen=True)
class _Column:
    x: int
    middle: int
    width: int
    height: int
    extra_height: int
    value: str
    extra: str
    month: str
    year: str

    @property
    def y(self) -> int:
        return COLUMN_BASE - self.height

    @property
    def extra_y(self) -> int:
        return self.y - self.extra_height

    @property
    def value_fits_inside(self) -> bool:
        return self.height >= 24

    @property
    def value_y(self) -> int:
        """Inside its bar if it fits there, or else above the whole column."""
        return self.y + 18 if self.extra and self.value_fits_inside else self.extra_y - 6

    @property
    def extra_value_y(self) -> int:
        return self.extra_y - 6 - (0 if self.value_fits_inside else VALUE_LINE)


class _Scale:
    """Five equal ranges of whole numbers between the smallest and the largest value, fewer if the two are close."""

    def __init__(self, values: Sequence[int]):
        self.values = values
        self.low, self.high = min(values, default=0), max(values, default=0)
        self.step = (self.high - self.low) // len(SHADES) + 1

    def shade(self, value: Number) -> int:
        return (round(value) - self.low) // self.step

    def legend(self, unit: str) -> list[tuple[str, str]]:
        """(shade, range in words) from the smallest to the largest; empty without values."""
        starts = range(self.low, self.high + 1, self.step) if self.values else ()
        ends = [min(start + self.step - 1, self.high) for start in starts]
        sign = unit if unit == "%" else ""
        words = [
            f"{grouped(a)}{sign}" if a == b else f"{grouped(a)}–{grouped(b)}{sign}"
            for a, b in zip(starts, ends, strict=True)
        ]
        return list(zip(SHADES, words, strict=False))


@dataclass(frozen=True)
class _PlacedTile:
    code: str
    label: str
    value: str
    x: int
    y: int
    fill: str
    ink: str
    href: str
    secret: bool
    missing: bool


def _placed(tile: Tile, scale: _Scale, unit: str) -> _PlacedTile:
    secret, missing = tile.value in SECRET, tile.value == NO_DATA
    shade = 0 if tile.value is None or tile.value < 0 else scale.shade(tile.value)
    words = "disamarkan" if secret else "tidak ada data" if missing else f"{number(tile.value)}{_spaced(unit)}"
    return _PlacedTile(
        code=tile.code,
        label=f"{tile.label}: {words}",
        value=number(tile.value),
        x=tile.column * TILE,
        y=tile.row * TILE,
        fill=LIGHT if secret or missing else SHADES[shade],
        ink=LIGHT if shade >= 3 else DARK,
        href=tile.href,
        secret=secret,
        missing=missing,
    )


def _spaced(unit: str) -> str:
    return unit if unit in ("", "%") else f" {unit}"


def _length(value: Number | None, top: Number, space: int) -> int:
    return round(max(value or 0, 0) / top * space) if top else 0


def _draw(kind: str, title: str, *, height: int, width: int = WIDTH, **drawing) -> SafeString:
    context = {"judul": title, "width": width, "height": height, **drawing}
    return render_to_string(f"komponen/svg/{kind}.svg", context)
