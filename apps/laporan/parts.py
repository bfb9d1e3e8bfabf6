"""The blocks of a report. One template prints all kinds (`laporan/pdf/blok.html`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

SHORT = 10


@dataclass(frozen=True)
class Text:
    kind = "teks"
    body: str


@dataclass(frozen=True)
class Heading:
    kind = "subjudul"
    body: str
    new_page: bool = False


@dataclass(frozen=True)
class Column:
    label: str
    width: int  # percent
    numeric: bool = True


@dataclass(frozen=True)
class Table:
    kind = "tabel"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    number: int = 0

    @property
    def short(self) -> bool:
        """Whether the table is kept on one page."""
        return len(self.rows) <= SHORT

    @property
    def cells(self) -> list[list[tuple[str, bool]]]:
        """Rows of (cell, whether it is a number)."""
        return [self._typed(row) for row in self.rows]

    @property
    def total_cells(self) -> list[tuple[str, bool]]:
        return self._typed(self.total)

    def _typed(self, row: tuple[str, ...]) -> list[tuple[str, bool]]:
        return [(cell, column.numeric) for cell, column in zip(row, self.columns, strict=True)]


@dataclass(frozen=True)
class Chart:
    kind = "bagan"
    caption: str
    draw: Callable[[str], SafeString]
    number: int = 0
    svg: SafeString | None = None


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and a value."""

    kind = "fakta"
    pairs: tuple[tuple[str, str], ...]


Block = Text | Heading | Table | Chart | Facts


@dataclass(frozen=True)
class Chapter:
    number: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def anchor(self) -> str:
        return self.number.lower().replace(" ", "-")

    @property
    def appendix(self) -> bool:
        return self.number.startswith("Lampiran")

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def charts(self) -> list[Chart]:
        return [block for block in self.blocks if isinstance(block, Chart)]


def numbered(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """Number tables and charts through the whole document, and give each chart the number of its table."""
    tables = charts = 0
    result = []
    for chapter in chapters:
        blocks: list[Block] = []
        for block in chapter.blocks:
            if isinstance(block, Table):
                tables += 1
                blocks.append(replace(block, number=tables))
            elif isinstance(block, Chart):
                charts += 1
                alt = f"{block.caption} Angka lengkap di Tabel {tables + 1}."
                blocks.append(replace(block, number=charts, svg=block.draw(alt)))
            else:
                blocks.append(block)
        result.append(replace(chapter, blocks=tuple(blocks)))
    return tuple(result)
