"""What a report prints, read as somebody with a pencil reads it: every count of persons is a face that was released,
the same one in the reports of all levels, and sentences, tables and their sums agree."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.dasar.disclosure import HIDDEN, MASKED, NO_DATA, SECRET
from apps.klien.figures import ProgrammeCount, programmes_released
from apps.klien.models import Kebutuhan
from apps.laporan.chapters import chapters_of
from apps.laporan.document import headlines, sentences, to_html
from apps.laporan.figures import Figures, Unit
from apps.laporan.parts import Chart, Table, Text
from apps.laporan.persons import STEPS
from apps.laporan.rows import Count, Office, Programme, Rows, Tally
from apps.laporan.summary import summarise
from apps.rilis.measures import (
    ABSENT,
    CHILDREN,
    CLIENTS,
    DONE,
    IN_NEED,
    MET,
    MISSED,
    NEED,
    ONCE_MET,
    PRESENT,
    PROGRAMME,
    STATUS,
)
from apps.rilis.reading import Faces, Released
from tests.dasar.pencil import certain
from tests.laporan import samples

UNITS = {"bapas": "Bapas Kelas I Contoh", "kanwil": "Kantor Wilayah Contoh", "nasional": "Direktorat Jenderal"}
KINDS = {pk: name for pk, name in samples.NAMES.items() if int(pk) < 6}
IDS = {name: pk for pk, name in KINDS.items()}
ADDED = (
    "Klien", "Pokmas", "Terlaksana", "Tidak hadir", "Kegiatan", "Undangan", "Hadir", "PK", "Bimbingan",
    "Kebutuhan terpenuhi", "Kegiatan rencana", "Target klien",
)  # fmt: skip
"""Heads of columns that add up to their last row; clients in need do so over offices, but not over kinds of needs."""
OF_PERSONS = {
    "Klien", "Klien, belum terpenuhi", "Kebutuhan terpenuhi", "Terlaksana", "Tidak hadir", "Undangan", "Hadir",
    "Bimbingan",
}  # fmt: skip
SIGNS = re.compile(r"–|<5|\*|(?<!SHA)-\d|None|(?<![\d.,])0 [a-zP]")
MONTHS = samples.months(samples.START, samples.END)
QUARTERS = samples.quarters(samples.START, samples.END)

any_country = given(seed=st.integers(0, 10**6), most=st.sampled_from([0, 1, 2, 4, 6, 9, 40]))
any_report = given(
    level=st.sampled_from(list(UNITS)), seed=st.integers(0, 10**6), most=st.sampled_from([0, 1, 2, 4, 6, 9, 40])
)
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)


@dataclass(frozen=True)
class Country:
    """Seven small offices under three Kanwil, and what is released of them."""

    seed: int
    offices: list[Office]
    truth: samples.Truth
    released: samples.Release

    def of(self, level: str) -> list[Office]:
        """The offices in a report: the first office, its Kanwil, or all."""
        return self.offices[: {"bapas": 1, "kanwil": samples.OFFICES_PER_REGION, "nasional": 7}[level]]

    def figures(self, level: str, offices: list[Office] | None = None) -> Figures:
        offices = self.of(level) if offices is None else offices
        return summarise(samples.cover(level, UNITS[level]), self.rows(level, offices))

    def rows(self, level: str, offices: list[Office]) -> Rows:
        random, ids = Random(self.seed), [office.id for office in offices]
        planned = [o for o in ids if random.random() < 0.8]
        held = self.seed % 3
        return Rows(
            offices=tuple(offices),
            orang=samples.persons(offices, self.released, level),
            pk=tuple(Tally(o, "PK", random.randint(0, 3)) for o in ids),
            kegiatan=tuple(Tally(o, field.label, 1 + o % 3) for o in ids for field in samples.FIELDS if held),
            pokmas=tuple(Tally(o, form, random.randint(0, 4)) for o in ids for form in samples.FORMS),
            program=tuple(Programme(o, disetujui=bool(self.seed % 2)) for o in planned),
            rencana=tuple(samples.plan(o, i) for o in planned for i in range(6)),
            biaya=tuple(cost for o in planned for i in range(6) for cost in samples.costs(o, i)),
        )


@lru_cache(maxsize=64)
def country(seed: int, most: int) -> Country:
    """Half of all numbers are nought, and no office has more than `most` clients, contacts or visitors of a kind."""
    random = Random(seed)
    offices = samples.offices("nasional")[:7]

    def n() -> int:
        return random.choice([0, random.randint(0, most)])

    truth: samples.Truth = {samples.END: {}}
    day: dict[str, Counter] = {name: Counter() for name in (CLIENTS, CHILDREN, IN_NEED, ONCE_MET)}
    for kind in KINDS:
        day |= {NEED + kind: Counter(), MET + kind: Counter()}
    day |= {STATUS + step: Counter() for step in STEPS}
    for office in offices:
        lines: Counter = Counter()
        for _ in range(n()):
            day[CLIENTS][office.id] += 1
            age = random.choice(("anak", "dewasa", "dewasa"))
            day[CHILDREN][office.id] += age == "anak"
            lines[random.choice(("Pembebasan bersyarat", "Diversi", "Cuti bersyarat")), age] += 1
            needs = {kind: random.choice((*STEPS, Kebutuhan.Status.TERPENUHI)) for kind in random.sample([*KINDS], 2)}
            unmet = {kind: step for kind, step in needs.items() if step in STEPS and random.random() < 0.6}
            met = [kind for kind, step in needs.items() if step not in STEPS]
            day[IN_NEED][office.id] += bool(unmet)
            day[ONCE_MET][office.id] += bool(met)
            for measure in {*(NEED + kind for kind in unmet), *(STATUS + step for step in unmet.values())}:
                day[measure][office.id] += 1
            for kind in met:
                day[MET + kind][office.id] += 1
        counts = [ProgrammeCount(office.id, age, "", name, number) for (name, age), number in lines.items()]
        for name, number in programmes_released(counts).items():
            day.setdefault(PROGRAMME + name, Counter())[office.id] = number
    truth[samples.END] = day
    for month in MONTHS:
        truth[month] = {name: {o.id: n() for o in offices} for name in (DONE, MISSED)}
    for quarter in QUARTERS:
        visits = [prefix + field for prefix in (PRESENT, ABSENT) for field in samples.FIELDS]
        truth[quarter] |= {name: {o.id: n() for o in offices} for name in visits}
    return Country(seed, offices, truth, samples.release(offices, truth))


def tables(f: Figures) -> list[Table]:
    return [table for chapter in chapters_of(f) for table in chapter.tables]


def read(cell: str) -> int | None:
    signs = {"–": NO_DATA, "": 0, "<5": MASKED, "*": HIDDEN}
    return signs[cell] if cell in signs else int(cell.replace(".", ""))


def columns(table: Table):
    """(label, cells, sum) of the columns that count something and have a sum; months without a number are left out."""
    per_unit = table.columns[0].label in ("Bapas", "Kanwil")
    for place, column in enumerate(table.columns):
        added = column.label in ADDED or (per_unit and column.label == "Klien, belum terpenuhi")
        if table.total and added and table.total[place] not in ("", "–"):
            cells = [read(row[place]) for row in table.rows]
            yield column.label, [cell for cell in cells if cell != NO_DATA], read(table.total[place])


def words(f: Figures) -> list[str]:
    """Every sentence of the report, those under its charts too."""
    blocks = [block for chapter in chapters_of(f) for block in chapter.blocks]
    texts = [block.body for block in blocks if isinstance(block, Text) and "“<5”" not in block.body]
    return [*sentences(f), *texts, *(block.caption for block in blocks if isinstance(block, Chart))]


# ── what is printed, and what was released ──


class Expected:
    """The face that stands behind a printed cell, by caption, row and column."""

    def __init__(self, there: Country, level: str, offices: list[Office]):
        self.level, self.there = level, there
        self.units = {office.nama: ("offices", office.id) for office in offices}
        if level == "nasional":
            self.units |= {o.kanwil.nama: ("regions", samples.region_id(o.kanwil)) for o in offices}
        first = offices[0]
        own = {
            "bapas": ("offices", first.id), "kanwil": ("regions", samples.region_id(first.kanwil)),
            "nasional": ("nation", 0),
        }  # fmt: skip
        self.units[""] = own[level]

    def faces(self, unit: str, released: Released) -> Faces:
        where, pk = self.units[unit]
        return released.nation if where == "nation" else getattr(released, where)[pk]

    def day(self, measure: str, unit: str = ""):
        return self.faces(unit, self.there.released[samples.END])(measure)

    def year(self, measure: str, unit: str = "", periods=tuple(MONTHS)):
        """The sum over closed periods of the faces that are printed."""
        found = [self.faces(unit, self.there.released[p])(measure) for p in periods if p in self.there.released]
        return HIDDEN if set(found) & set(SECRET) else sum(found)

    def cell(self, table: Table, row: str, column: str):
        """None for a cell that counts no persons or is checked elsewhere."""
        if table.caption.startswith("Klien aktif menurut kategori usia"):
            return {"Jumlah": self.day(CLIENTS), "Anak": self.day(CHILDREN)}.get(row) if column == "Klien" else None
        if table.caption.startswith("Klien aktif menurut program") and column == "Klien":
            return self.day(CLIENTS) if row == "Jumlah" else self.day(PROGRAMME + row)
        if table.columns[0].label == "Jenis kebutuhan" and column == "Klien, belum terpenuhi" and row in IDS:
            return self.day(NEED + IDS[row])
        if table.columns[0].label == "Jenis kebutuhan" and column == "Kebutuhan terpenuhi" and row in IDS:
            return self.day(MET + IDS[row])
        if row == "Klien (tiap klien sekali)" and column == "Klien, belum terpenuhi":
            return self.day(IN_NEED)
        if table.caption.startswith("Langkah"):
            return self.day(STATUS + {step.label: step for step in STEPS}[row])
        if table.caption == "Bimbingan per bulan" and column in ("Terlaksana", "Tidak hadir"):
            measure = DONE if column == "Terlaksana" else MISSED
            month = {samples_month(m): m for m in MONTHS}.get(row)
            if month:
                return self.faces("", self.there.released.get(month, Released()))(measure) if month.month < 11 else -2
            return self.year(measure)
        if table.columns[0].label in ("Bapas", "Kanwil"):
            named = [name for name in self.units if name and row.startswith(name)]
            unit = named[0] if named else table.caption.removeprefix("Bapas di ") if "Bapas di" in table.caption else ""
            day = {"Klien": CLIENTS, "Klien, belum terpenuhi": IN_NEED}
            if column in day:
                return self.day(day[column], unit)
            return self.year(DONE, unit) if column == "Bimbingan" else None
        return None


def samples_month(month) -> str:
    from apps.laporan.words import month as name

    return name(month)


@patient
@any_report
def test_every_count_of_persons_is_a_face_that_was_released(level, seed, most):
    there = country(seed, most)
    expected, seen = Expected(there, level, there.of(level)), 0
    for table in tables(there.figures(level)):
        for row in [*table.rows, *([table.total] if table.total else [])]:
            for column, cell in list(zip(table.columns, row, strict=True))[1:]:
                face = expected.cell(table, row[0], column.label)
                if cell and (face is not None or cell == "<5"):
                    seen += 1
                    assert read(cell) == face, (table.caption, row[0], column.label)
    assert seen >= 20


@patient
@any_country
def test_an_office_and_a_region_have_the_same_numbers_in_every_report(seed, most):
    there = country(seed, most)
    nation = there.figures("nasional")

    def same(unit: Unit, own: Figures) -> bool:
        mine = (own.klien, own.kebutuhan_jumlah.belum, own.terlaksana, own.terlewat, own.kegiatan_jumlah.hadir)
        return mine == (unit.klien, unit.belum, unit.terlaksana, unit.terlewat, unit.hadir)

    for unit, office in zip(nation.bapas, there.offices, strict=True):
        assert same(unit, there.figures("bapas", [office]))
    for region in nation.kanwil:
        inside = [office for office in there.offices if office.kanwil == region.kanwil]
        own = there.figures("kanwil", inside)
        assert same(region, own)
        people = ("klien", "belum", "terlaksana", "terlewat", "hadir", "kebutuhan_utama")
        mine = [[getattr(unit, name) for name in people] for unit in own.bapas]
        assert mine == [[getattr(u, name) for name in people] for u in nation.bapas if u.kanwil == region.kanwil]


@patient
@any_report
def test_no_number_of_one_to_four_persons_is_printed(level, seed, most):
    for table in tables(country(seed, most).figures(level)):
        for row in [*table.rows, *([table.total] if table.total else [])]:
            for column, cell in zip(table.columns, row, strict=True):
                if column.label in OF_PERSONS and cell:
                    assert read(cell) not in range(1, 5), (table.caption, row)


@patient
@any_report
def test_every_sum_is_right(level, seed, most):
    for table in tables(country(seed, most).figures(level)):
        for label, cells, total in columns(table):
            if not set(SECRET) & {*cells, total}:
                assert sum(cells) == total, (table.caption, label)


@patient
@any_report
def test_no_sum_of_a_column_gives_a_cell_away(level, seed, most):
    for table in tables(country(seed, most).figures(level)):
        for label, cells, total in columns(table):
            assert not certain(cells, total), (table.caption, label, cells, total)


@patient
@any_report
def test_who_stayed_away_is_no_small_number(level, seed, most):
    for table in tables(country(seed, most).figures(level)):
        for row in [*table.rows, table.total]:
            cells = dict(zip((column.label for column in table.columns), row, strict=False))
            both = [read(cells[label]) for label in ("Undangan", "Hadir") if "Undangan" in cells]
            if both and min(0 if n is None else n for n in both) >= 0 and MASKED not in both:
                assert not 0 < both[0] - both[1] < 5, row


@patient
@any_report
def test_a_share_is_not_printed_beside_a_secret_number(level, seed, most):
    for table in tables(country(seed, most).figures(level)):
        labels = [column.label for column in table.columns]
        for row in [*table.rows, table.total]:
            cells = dict(zip(labels, row, strict=False))
            shares = [cell for label, cell in cells.items() if "(%)" in label and "Realisasi" not in label]
            parts = ("Terlaksana", "Tidak hadir") if "Tidak hadir" in labels else ("Undangan", "Hadir")
            if any(cells.get(part) in ("<5", "*", "–") for part in parts):
                assert set(shares) <= {"–"}, row


@patient
@any_report
def test_the_same_label_has_the_same_number_in_every_table(level, seed, most):
    seen: dict[tuple[str, str], str] = {}
    for chapter in chapters_of(country(seed, most).figures(level)):
        for table in chapter.tables:
            labels = [column.label for column in table.columns]
            rows = [*table.rows, table.total] if table.total and not chapter.appendix else table.rows
            for row in rows if "Uraian" not in labels and "Akun" not in labels else []:
                for label, cell in list(zip(labels, row, strict=False))[1:]:
                    if cell and "%" not in label and (row[0], label) != ("Jumlah", "Kegiatan"):
                        assert seen.setdefault((row[0], label), cell) == cell, (table.caption, row[0], label)


@patient
@any_report
def test_sentences_read_nothing_secret_as_nought_and_nothing_as_a_sign(level, seed, most):
    there = country(seed, most)
    f = there.figures(level)
    day = Expected(there, level, there.of(level)).day
    said = words(f)
    nobody = "Tidak ada klien dengan kebutuhan yang belum terpenuhi"
    assert any(nobody in sentence for sentence in sentences(f)) <= (day(IN_NEED) == 0)
    assert any("Belum ada kebutuhan yang tercatat" in s for s in said) <= (day(IN_NEED) == 0)
    assert any("belum membimbing klien aktif" in s for s in sentences(f)) == (day(CLIENTS) == 0)
    for sentence in said:
        assert not SIGNS.search(sentence), sentence


@patient
@any_report
def test_the_numbers_of_the_summary_stand_in_the_tables(level, seed, most):
    f = country(seed, most).figures(level)
    printed = {cell for table in tables(f) for row in [*table.rows, table.total] for cell in row}
    summary = " ".join(sentences(f)[1:-1])
    for word in re.findall(r"(?<![\d.])\d[\d.]*(?=[ )])", summary.lower().replace("kurang dari 5", "")):
        assert word in printed or read(word) == f.jadwal, (word, summary)
    for headline in headlines(f):
        assert "None" not in headline.value
        assert "-" not in headline.value


# ── single cases ──


def persons(**counts) -> Figures:
    """A report of one office of `what=n` or `what={kind: n}`."""
    rows = [
        Count("", what, kind, n)
        for what, found in counts.items()
        for kind, n in (found if isinstance(found, dict) else {"": found}).items()
    ]
    return summarise(samples.cover("bapas", UNITS["bapas"]), Rows(orang=tuple(rows)))


@pytest.mark.parametrize(("belum", "met", "told"), [
    (23, {"A": 41}, "23 klien mempunyai kebutuhan yang belum terpenuhi; 41 kebutuhan sudah terpenuhi."),
    (MASKED, {"A": 41}, "Kurang dari 5 klien mempunyai kebutuhan yang belum terpenuhi; 41 kebutuhan sudah terpenuhi."),
    (HIDDEN, {"A": HIDDEN}, "Sejumlah klien mempunyai kebutuhan yang belum terpenuhi; sejumlah kebutuhan sudah "
     "terpenuhi."),
    (23, {}, "23 klien mempunyai kebutuhan yang belum terpenuhi; belum ada kebutuhan yang terpenuhi."),
    (0, {"A": 41}, "Tidak ada klien dengan kebutuhan yang belum terpenuhi; 41 kebutuhan sudah terpenuhi."),
    (0, {}, "Belum ada kebutuhan yang tercatat."),
    (NO_DATA, {}, "Angka kebutuhan belum dirilis."),
])  # fmt: skip
def test_needs_in_a_sentence(belum, met, told):
    assert sentences(persons(butuh=belum, terpenuhi=met))[1] == told


def needs(**unmet) -> Figures:
    return persons(klien=900, butuh={"": 30, **unmet})


def test_a_masked_largest_need_is_not_read_as_none():
    assert sentences(needs(A=MASKED, B=MASKED))[2] == (
        "Jumlah klien per jenis kebutuhan yang belum terpenuhi disembunyikan."
    )


def test_a_hidden_need_may_be_the_largest():
    f = needs(Pelatihan=12, Dokumen=HIDDEN, Modal=MASKED)
    assert (
        "paling banyak belum terpenuhi di antara yang dapat ditampilkan adalah pelatihan (12 klien)" in sentences(f)[2]
    )
    f = needs(Pelatihan=12, Dokumen=9)
    assert sentences(f)[2] == "Kebutuhan yang paling banyak belum terpenuhi adalah pelatihan (12 klien)."


@pytest.mark.parametrize(("klien", "belum", "value", "detail"), [
    (900, 90, "90", "10% dari klien aktif"), (900, MASKED, "<5", "dari 900 klien aktif"),
    (HIDDEN, 90, "90", "dari * klien aktif"), (NO_DATA, NO_DATA, "–", "dari – klien aktif"),
])  # fmt: skip
def test_the_headline_has_a_share_only_of_printed_numbers(klien, belum, value, detail):
    headline = headlines(persons(klien=klien, butuh=belum))[1]
    assert (headline.value, headline.label, headline.detail) == (
        value, "Klien dengan kebutuhan belum terpenuhi", detail,
    )  # fmt: skip


def test_a_new_office_reads_well():
    f = persons(klien=0, butuh=0)
    assert sentences(f) == [
        "Bapas Kelas I Contoh belum membimbing klien aktif.",
        "Belum ada kebutuhan yang tercatat.",
        "Belum ada bulan yang ditutup; belum ada kegiatan yang selesai dan belum ada Pokmas aktif.",
        "Sampai 21 November 2026 belum ada anggaran 2026 yang disetujui.",
    ]
    assert [headline.detail for headline in headlines(f)][1:] == [
        "dari 0 klien aktif",
        "belum ada bulan yang ditutup",
        "belum disetujui",
    ]


def test_programmes_are_printed_only_where_all_clients_are():
    """One office of three clients: they would be the difference of two sums."""
    few = "Angka menurut program disembunyikan."
    open_, shut = of_sizes(40, 40), of_sizes(40, 3)
    assert "Klien aktif menurut program bimbingan" in [table.caption for table in tables(open_)]
    assert "Klien aktif menurut program bimbingan" not in [table.caption for table in tables(shut)]
    assert few in words(shut)


def of_sizes(most: int, second: int) -> Figures:
    """The report of a nation of offices with `most` clients on parole each, the second with `second`."""
    there = country(1, 40)
    clients = {office.id: second if office == there.offices[1] else most for office in there.offices}
    truth = there.truth | {samples.END: {CLIENTS: clients, f"{PROGRAMME}Pembebasan bersyarat": clients}}
    return replace(there, truth=truth, released=samples.release(there.offices, truth)).figures("nasional")


def test_months_that_are_not_closed_are_said_to_come():
    waiting = "Bulan yang belum ditutup terbit tujuh hari sesudah berakhir."
    f = samples.bapas()
    (table,) = [table for table in tables(f) if table.caption == "Bimbingan per bulan"]
    assert table.rows[-1] == ("November 2026", "–", "–", "–")
    assert waiting in words(f)
    assert waiting not in words(replace(f, bimbingan=f.bimbingan[:-1]))


def test_attendance_before_the_first_closed_quarter():
    f = persons(hadir={"Kemandirian": NO_DATA}, absen={"Kemandirian": NO_DATA})
    f = replace(
        f, kegiatan=(replace(f.kegiatan_jumlah, kegiatan=3),), kegiatan_jumlah=replace(f.kegiatan_jumlah, kegiatan=3)
    )
    assert "Terselenggara 3 kegiatan; kehadirannya terbit sesudah triwulan ditutup." in words(f)


@pytest.mark.parametrize(("approved", "words"), [
    (7, "semua 7 program sudah disetujui Kepala Bapas masing-masing"),
    (3, "3 dari 7 program yang sudah disetujui Kepala Bapas masing-masing"),
    (0, "belum ada dari 7 program yang sudah disetujui Kepala Bapas masing-masing"),
])  # fmt: skip
def test_who_approved_the_programmes_is_said(approved, words):
    rows = samples.rows(samples.offices("kanwil"))
    rows = replace(rows, program=tuple(Programme(n, n <= approved) for n in range(1, 8)))
    assert words in chapters_of(summarise(samples.cover("kanwil", UNITS["kanwil"]), rows))[3].blocks[0].body


def test_clients_who_need_it_are_those_of_the_last_day():
    rows = samples.rows(samples.offices("bapas"))
    f = summarise(samples.cover("bapas", UNITS["bapas"]), rows)
    labels = {table.caption: [c.label for c in table.columns] for table in tables(f)}
    assert "Klien membutuhkan, keadaan 20 November 2026" in labels["Rencana kegiatan 2026"]
    assert "Klien, belum terpenuhi" in labels["Kebutuhan yang belum terpenuhi dan program 2026"]


def test_a_chart_of_secret_numbers_is_a_sentence():
    html = to_html(needs(A=MASKED, B=MASKED), samples.ISSUE)
    assert "Jumlah klien per jenis kebutuhan yang belum terpenuhi disembunyikan." in html
    assert "gambar-1" not in html


def test_the_tail_of_a_chart_is_named_and_not_summed():
    """One client counts in several rows."""
    many = {f"Jenis {n:02}": 10 + n for n in range(14)}
    html = to_html(needs(**many), samples.ISSUE)
    for tail in ("dan 7 lainnya", "dan 3 lainnya"):  # eight bars of the summary, twelve of the chapter
        assert re.search(rf">{tail}</text>\s*<text [^>]*></text>", html)
