"""Checks every cell of a file with its reader, and every row by the rules. Finds rows to store, and all mistakes.

Rows are read, checked and inserted into the table of waiting rows in packages. Each package has a transaction of its
own, so that progress shows. If a worker dies, the next one deletes what it has left.
"""

import gc
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from operator import itemgetter

from django.db import connection

from apps.dasar.errors import Refused
from apps.impor.kinds import Column, Kind, Memory, Record
from apps.impor.models import BarisImpor, Impor, TemuanImpor
from apps.impor.parsing import Row
from apps.impor.storing import send
from apps.impor.values import Wrong
from apps.wilayah.scope import Scope, database_scope

PACKAGE = 10_000
MOST_FINDINGS = 50_000
TOO_MANY = "Lebih dari 50.000 isian perlu diperbaiki. Periksa kecocokan kolom, lalu coba lagi."

Finding = tuple[str, int, str, str, str]
"""(kind, row, column, cell, sentence)."""
GALAT, GANDA = TemuanImpor.Jenis.GALAT.value, TemuanImpor.Jenis.GANDA.value
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass
class Tally:
    rows: int = 0
    fresh: int = 0
    known: int = 0
    twice: int = 0
    wrong: int = 0
    findings: int = 0
    refused: list[Row] = field(default_factory=list)
    """The rows with findings, unchanged; MOST_FINDINGS limits their number too."""


@dataclass
class Package:
    """Up to PACKAGE checked rows: how many, the good ones, the others and their mistakes."""

    rows: int
    found: list[tuple[int, Record]]
    refused: list[Row]
    findings: list[Finding]


@dataclass
class Checker:
    """State that lasts over all packages: which keys and persons were seen, and in which row first."""

    kind: Kind
    columns: dict[str, Column]
    layout: list[tuple[int, str, Memory]]
    places: dict[str, int]
    keys: dict[tuple, tuple[int, tuple]] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)

    @classmethod
    def for_columns(cls, kind: Kind, names: list[str]) -> "Checker":
        columns = {column.name: column for column in kind.columns}
        layout = [
            (at, name, Memory(kind.plan[name], columns[name].dash_is_empty))
            for at, name in enumerate(names)
            if name in columns
        ]
        places = {name: at for at, name, _ in layout}
        return cls(kind, columns, layout, places)

    def packages(self, rows: Iterable[Row]) -> Iterator[Package]:
        """Checked rows, in packages. Makes no query, so it may run while the database works."""
        source = iter(rows)
        while taken := list(islice(source, PACKAGE)):
            yield self.check(taken)

    def check(self, taken: list[Row]) -> Package:
        """Each row as a record; a row that may not be stored has at least one finding."""
        package = Package(len(taken), [], [], [])
        findings = package.findings

        named: set[str] = set()

        def say(name: str, sentence: str) -> None:
            """Add a finding about the current row. A cell has one: what is said after the first follows from it."""
            if name in named:
                return
            named.add(name)
            position = self.places.get(name, len(cells))
            cell = self.columns[name].quote(cells[position]) if position < len(cells) else ""
            findings.append((GALAT, number, self.columns[name].title, cell, sentence))

        for (number, cells), values, flawed in zip(taken, *self._read(taken), strict=True):
            before = len(findings)
            named.clear()
            record = self.kind.record(self._without_flaws(values, say) if flawed else values, say)
            if record and len(findings) == before and self._once(number, record, say, findings):
                package.found.append((number, record))
            else:
                package.refused.append((number, cells))
        return package

    def _read(self, taken: list[Row]) -> tuple[list[dict], list[bool]]:
        """The values of each row by column, and whether something is wrong or missing in it.

        Column by column, because `Memory` reads equal cells of a column only once.
        """
        cells = list(zip_longest(*(cells for _, cells in taken), fillvalue=""))
        flawed = [not self.kind.required <= self.places.keys()] * len(taken)
        columns = []
        for position, name, memory in self.layout:
            column = list(map(memory.__getitem__, cells[position])) if position < len(cells) else [None] * len(taken)
            if memory.flawed:
                flawed = [before or type(value) is Wrong for before, value in zip(flawed, column, strict=True)]
            if name in self.kind.required and None in column:
                flawed = [before or value is None for before, value in zip(flawed, column, strict=True)]
            columns.append(column)
        names = [name for _, name, _ in self.layout]
        return [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in zip(*columns, strict=True)
        ], flawed

    def _without_flaws(self, values: dict, say) -> dict:
        for name, value in values.items():
            if isinstance(value, Wrong):
                say(name, str(value))
        for name in self.kind.required.difference(values):
            say(name, f"Isi {_lower(self.columns[name].title)}.")
        return {name: value for name, value in values.items() if not isinstance(value, Wrong)}

    def _once(self, number: int, record: Record, say, findings) -> Record | None:
        first, likeness = self.keys.setdefault(record.key, (number, record.likeness))
        if first != number:
            if likeness == record.likeness:
                findings.append((GANDA, number, "", "", f"Sama dengan baris {first}; satu kali saja yang disimpan."))
            else:
                say("nomor_register", self.kind.clash.format(first=first))
            return None
        if record.person and not record.known:
            first = self.persons.setdefault(record.person, number)
            if first != number:
                say("nik", f"NIK ini juga dipakai baris {first}.")
                return None
        return record


def check(
    impor: Impor, scope: Scope, table: Callable[[], Iterable[Row]], beat: Callable[[int], None], kind: Kind
) -> Tally:
    """Check all rows of `table()`; good ones become waiting rows. Calls `beat(rows so far)` after every package."""
    checker, tally = Checker.for_columns(kind, impor.peta), Tally()
    with database_scope(scope):
        BarisImpor.objects.filter(bapas=impor.bapas_id, impor=impor).delete()
        TemuanImpor.objects.filter(bapas=impor.bapas_id, impor=impor).delete()
    with _undisturbed():
        for package in _ahead(checker.packages(table())):
            with database_scope(scope), connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = off")  # waiting rows would not outlive a crash anyway
                _send_package(impor, kind, package, tally, cursor)
                beat(tally.rows)
    with database_scope(scope), connection.cursor() as cursor:
        _settle_doubts(impor, kind, tally, cursor, table)
    return tally


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Turn garbage collection off: rows hold no cycles, and searching for them takes time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _ahead(packages: Iterator[Package]) -> Iterator[Package]:
    """Read and check the next package in a thread while the caller sends the current one to the database."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, packages, None)
        while (package := coming.result()) is not None:
            coming = thread.submit(next, packages, None)
            yield package


def _send_package(impor: Impor, kind: Kind, package: Package, tally: Tally, cursor) -> None:
    found, findings = package.found, package.findings
    kind.complete([record for _, record in found], cursor)
    send(impor, [(row, "ada" if record.known else "baru", record.tables) for row, record in found], cursor)
    _send_findings(impor, findings, cursor)
    known = sum([record.known for _, record in found])
    twice = sum(finding[0] == GANDA for finding in findings)
    tally.rows += package.rows
    tally.fresh, tally.known, tally.twice = tally.fresh + len(found) - known, tally.known + known, tally.twice + twice
    tally.wrong += package.rows - len(found) - twice
    tally.findings += len(findings)
    tally.refused += package.refused
    if tally.findings > MOST_FINDINGS:
        raise Refused(TOO_MANY)


def _settle_doubts(impor: Impor, kind: Kind, tally: Tally, cursor, table: Callable[[], Iterable[Row]]) -> None:
    """Rows that only the database could refuse become mistakes like all others."""
    refused = kind.doubtful(cursor, impor)
    if not refused:
        return
    rows = {row for row, _, _ in refused}
    titles = {column.name: column.title for column in kind.columns}
    BarisImpor.objects.filter(bapas=impor.bapas_id, impor=impor, baris__in=rows).delete()
    findings = [(GALAT, row, titles[name], "", sentence) for row, name, sentence in refused]
    _send_findings(impor, findings, cursor)
    tally.fresh -= len(rows)
    tally.wrong += len(rows)
    tally.refused = sorted(tally.refused + [row for row in table() if row[0] in rows], key=itemgetter(0))


def _send_findings(impor: Impor, findings: list[Finding], cursor) -> None:
    if findings:
        cursor.execute(SEND_FINDINGS, [impor.bapas_id, impor.pk, encode(findings)])


SEND_FINDINGS = (
    "INSERT INTO impor_temuanimpor (bapas_id, impor_id, jenis, baris, kolom, nilai, kalimat)"
    " SELECT %s, %s, row ->> 0, (row ->> 1)::int, row ->> 2, left(row ->> 3, 80), left(row ->> 4, 300)"
    " FROM jsonb_array_elements(%s::jsonb) row"
)


def _lower(title: str) -> str:
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
