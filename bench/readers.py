"""Reads every page with counts of persons that an audience can open, as it is printed, for `apps.rilis.adversary`.

A cell is (measure, when, unit): two pages that print the same cell must print the same face.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import lxml.html

from apps.rilis.adversary import Adversary

NUMBER = re.compile(r"^(\d[\d.]*|<5|\*|–)$")
CLIENTS, OVERDUE, DONE, MISSED, IN_NEED = "klien", "terlewat", "terlaksana", "tidak hadir", "butuh"
COLUMNS = (CLIENTS, OVERDUE, DONE, MISSED, "%", IN_NEED)
"""The columns of the dashboard's table after the name of the unit."""
SUM = "Jumlah"


@dataclass
class Table:
    caption: str
    heads: list[str]
    rows: list[list[str]]


def tables(html: str) -> list[Table]:
    """Every table of a page, cells as the words that a person reads."""
    page = lxml.html.document_fromstring(html)
    return [
        Table(
            " ".join(_words(caption) for caption in table.iter("caption")),
            [_words(cell) for cell in table.iterfind("./thead/tr/th")],
            [[_words(cell) for cell in row.iterchildren("th", "td")] for row in _body(table)],
        )
        for table in page.iter("table")
    ]


def _body(table) -> Iterator[Any]:
    yield from (row for part in table.iterchildren("tbody", "tfoot") for row in part.iterchildren("tr"))


def _words(element) -> str:
    return " ".join(element.text_content().split())


@dataclass
class Reader:
    """What somebody at a Kanwil, or at headquarters for one Kanwil, writes down. `client` is logged in."""

    client: Any
    kanwil: Any
    offices: Sequence[Any]
    adversary: Adversary = field(default_factory=Adversary)
    pages: int = 0
    quarters: set[str] = field(default_factory=set)

    def get(self, address: str, **query: object):
        self.pages += 1
        answer = self.client.get(address, query)
        if answer.status_code != 200:
            raise ValueError(f"{address} {query}: {answer.status_code}")
        return answer.content.decode() if hasattr(answer, "content") else answer.text

    @property
    def region(self) -> str:
        return f"Kanwil {self.kanwil.pk}"

    def saw(self, measure: str, when: str, unit: str, face: str) -> None:
        if NUMBER.match(face):
            self.adversary.saw((measure, when, self.region if unit == SUM else unit), face)

    # --- pages ---------------------------------------------------------------------------------

    def dashboards(self, months: Sequence[str], categories: Sequence[tuple[str, str]]) -> None:
        """The region, month by month, and with every kind of need."""
        for month in months:
            for pk, name in [("", ""), *categories]:
                html = self.get("/wilayah/dasbor/", bulan=month, kategori=pk, kanwil=self.kanwil.pk)
                table, trend = tables(html)[:2]
                contact, day = _when(html)
                for unit, *cells in table.rows:
                    for measure, face in zip(COLUMNS, cells, strict=False):
                        if measure == IN_NEED:
                            self.saw(f"{IN_NEED} {name}".strip(), day, unit, face)
                        elif measure == "%" and face.isdigit():
                            who = self.region if unit == SUM else unit
                            self.adversary.share(int(face), (DONE, contact, who), (MISSED, contact, who))
                        elif measure != "%":
                            self.saw(measure, contact if measure in (DONE, MISSED) else day, unit, face)
                self._trend(trend, self.region)

    def _trend(self, trend: Table, unit: str) -> None:
        for month, *faces in trend.rows:
            for measure, face in zip((DONE, MISSED), faces, strict=True):
                if month != SUM:  # printed only where all of its months are
                    self.saw(measure, month, unit, face)

    def office_pages(self, months: Sequence[str]) -> None:
        for office in self.offices:
            for month in months:
                html = self.get(f"/wilayah/bapas/{office.pk}/", bulan=month)
                _contact, day = _when(html)
                tiles = dict(_tiles(html))
                self.saw(CLIENTS, day, office.nama, tiles["Klien aktif"][0])
                self.saw(OVERDUE, day, office.nama, tiles["Klien aktif"][1].split()[0])
                self.saw(IN_NEED, day, office.nama, tiles["Klien dengan kebutuhan belum terpenuhi"][0])
                for table in tables(html):
                    self._office_table(table, day, office.nama, html)

    def _office_table(self, table: Table, day: str, unit: str, html: str) -> None:
        match table.heads:
            case ["Bulan", *_]:
                self._trend(table, unit)
            case ["Jenis kebutuhan", *_]:
                for kind, unmet, met in table.rows:
                    self.saw(f"{IN_NEED} {kind}", day, unit, unmet)
                    self.saw(f"terpenuhi {kind}", day, unit, met)
            case ["Jenis kendala", *_]:
                quarter = re.search(r"Kendala (triwulan [IV]+ \d{4})", html)
                for kind, clients in table.rows:
                    self.saw(f"kendala {kind}", quarter.group(1) if quarter else "", unit, clients)
            case ["Jenis program", _]:
                for name, clients in table.rows:
                    self.saw(CLIENTS if name == SUM else f"program {name}", day, unit, clients)
                parts = [(f"program {name}", day, unit) for name, _ in table.rows if name != SUM]
                self.adversary.adds_up((CLIENTS, day, unit), parts)
            case ["Keadaan", *_]:
                for question, _, *answers in table.rows:
                    for answer, face in zip(table.heads[2:], answers, strict=True):
                        self.saw(f"{question} {answer}", "setahun", unit, face)

    def obstacles(self, quarters: Sequence[str]) -> None:
        for quarter in quarters:
            html = self.get("/wilayah/kendala-per-jenis/", triwulan=quarter, kanwil=self.kanwil.pk)
            year, part = quarter.split("-")
            when = f"triwulan {('I', 'II', 'III', 'IV')[int(part) - 1]} {year}"
            for table in tables(html)[:1]:
                for unit, *faces in table.rows:
                    for kind, face in zip(table.heads[1:], faces, strict=True):
                        self.saw(f"kendala {kind}", when, unit, face)

    def needs(self, places: Sequence[Any], unit: str) -> None:
        """The needs of a region, and place by place."""
        for place in (None, *places):
            html = self.get("/kebutuhan/", kabkota=place.pk if place else "")
            day = re.search(r"Keadaan pada akhir (\d+ \w+ \d{4})", html)
            for table in tables(html)[:1] if day else ():
                for kind, _, face in table.rows:
                    self.saw(f"{IN_NEED} {kind}", day.group(1), f"tempat {place.pk}" if place else unit, face)

    def daily_reports(self, days: Sequence[tuple[str, str]]) -> None:
        """(kind, day) of the reports to the region, each office and their sum."""
        for kind, day in days:
            for office in (None, *self.offices):
                html = self.get(f"/laporan-harian/{kind}/{day}/" + (f"{office.pk}/" if office else ""))
                section = ""
                for label, *faces in (row for table in tables(html) for row in table.rows):
                    section = section if faces else label
                    for head, face in zip(("kini", "setahun"), faces, strict=False):
                        if face:
                            name = f"{kind} {head}: {section}, {label}"
                            self.saw(name, day, office.nama if office else self.region, face)

    def programmes(self, year: int) -> None:
        for office in self.offices:
            html = self.client.get(f"/program/{year}-{office.pk}/").content.decode()
            day = re.search(r"Data kebutuhan per (\d+ \w+ \d{4})", html)
            for table in tables(html) if day else ():
                if table.heads[:2] == ["Kebutuhan", "Klien"]:
                    for kind, face, *_ in table.rows:
                        self.saw(f"{IN_NEED} {kind}", day.group(1), office.nama, face)

    def report(self, html: str, unit: str) -> None:
        """The tables of an annual report of one office or of the region.

        It hides more than the pages: a sign tells nothing about what they tell as a number.
        """
        day = re.search(r"s\.d\. (\d+ \w+ \d{4})", html)
        when = day.group(1) if day else ""
        for table in tables(html):
            match table.heads:
                case ["Jenis kebutuhan", "Klien, belum terpenuhi", "Kebutuhan terpenuhi"]:
                    for kind, unmet, met in table.rows:
                        self._told(IN_NEED if kind.startswith("Klien (") else f"{IN_NEED} {kind}", when, unit, unmet)
                        self._told(f"terpenuhi {kind}", when, unit, met)
                case ["Langkah", *_]:
                    for step, clients in table.rows:
                        self.saw(f"langkah {step}", when, unit, clients)
                case ["Bulan", *_]:
                    for month, done, missed, _ in table.rows:
                        if month != SUM:
                            self._told(DONE, month, unit, done)
                            self._told(MISSED, month, unit, missed)
                case [head, *_] if "usia" in table.caption:
                    for age, clients, *_ in table.rows:
                        self._told(CLIENTS if age == SUM else f"{head} {age}", when, unit, clients)
                case ["Bapas", "Klien", *_] if unit == self.region:
                    for row in table.rows:
                        cells = dict(zip(table.heads, row, strict=True))
                        who = self.region if row[0] == SUM else row[0]
                        self._told(CLIENTS, when, who, cells["Klien"])
                        self._told(IN_NEED, when, who, cells["Klien, belum terpenuhi"])

    def _told(self, measure: str, when: str, unit: str, face: str) -> None:
        """What an annual report prints for a cell that pages print too."""
        known = self.adversary.faces.get((measure, when, unit))
        if face.replace(".", "").isdigit() or known in (None, face):
            self.saw(measure, when, unit, face)

    # --- what must hold ------------------------------------------------------------------------

    def rules(self, places: dict[str, Sequence[Any]], factors: dict[str, Sequence[str]]) -> None:
        """Sums over offices, places inside their offices, factors over their categories, comparisons at one office."""
        names = [office.nama for office in self.offices]
        seen = {(measure, when) for measure, when, _ in self.adversary.cells}
        for measure, when in seen:
            if when != "setahun":
                self.adversary.adds_up((measure, when, self.region), [(measure, when, name) for name in names])
            for name, inside in places.items():
                cells = [(measure, when, f"tempat {place.pk}") for place in inside]
                cells = [cell for cell in cells if cell in self.adversary.cells]
                if cells:
                    self.adversary.covered_by((measure, when, name), cells)
        for when in {when for measure, when in seen if measure == CLIENTS}:
            kinds = sorted(m for m, w in seen if w == when and m.startswith(f"{IN_NEED} "))
            for name in names:
                whole = (IN_NEED, when, name)
                self.adversary.at_least((CLIENTS, when, name), whole)
                self.adversary.at_least((CLIENTS, when, name), (OVERDUE, when, name))
                for kind in kinds:
                    self.adversary.at_least(whole, (kind, when, name))
                self._factors(factors, when, name)

    def _factors(self, factors: dict[str, Sequence[str]], when: str, unit: str) -> None:
        for factor, kinds in factors.items():
            told = (f"{IN_NEED} {factor} (semua jenisnya)", when, unit)
            if told in self.adversary.cells:
                cells = [(f"{IN_NEED} {kind}", when, unit) for kind in kinds]
                self.adversary.covered(told, cells)
                for cell in cells:
                    self.adversary.at_least(told, cell)


def _when(html: str) -> tuple[str, str]:
    """(month of the guidance, day of the state) as the page says them."""
    said = re.search(r"Bimbingan: selama (\w+ \d{4})\. Klien dan kebutuhan: keadaan pada (\d+ \w+ \d{4})\.", html)
    return (said.group(1), said.group(2)) if said else ("", "")


def _tiles(html: str) -> Iterator[tuple[str, tuple[str, str]]]:
    page = lxml.html.document_fromstring(html)
    for tile in page.iterfind(".//dl[@class='p-angka']/div"):
        value = _words(tile.find(".//b"))
        yield _words(tile.find("dt")), (value, _words(tile.find("dd")).removeprefix(value).strip())
