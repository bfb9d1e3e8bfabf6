"""What a report prints, read as somebody with a pencil reads it: sentences, tables and their sums agree."""

import re
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.dasar.disclosure import HIDDEN, MASKED
from apps.laporan.chapters import chapters_of
from apps.laporan.document import headlines, sentences, to_html
from apps.laporan.figures import Figures
from apps.laporan.parts import Chart, Table, Text
from apps.laporan.rows import ActivityCount, GuidanceCount, NeedCount, Programme, Rows, Tally
from apps.laporan.summary import summarise
from tests.dasar.pencil import certain
from tests.laporan import samples

UNITS = {"bapas": "Bapas Kelas I Contoh", "kanwil": "Kantor Wilayah Contoh", "nasional": "Direktorat Jenderal"}
CATEGORIES = [name for name, _ in samples.NEEDS[:5]]
STATUSES = [status for status, _ in samples.STATUSES]
COUNTS = (
    "Klien", "Pokmas", "Terbuka", "Dirujuk", "Dilayani", "Tidak terpenuhi", "Belum (jumlah)", "Terpenuhi",
    "Terlaksana", "Terlewat", "Kegiatan", "Undangan", "Hadir", "PK", "Kebutuhan", "Belum terpenuhi", "Bimbingan",
    "Kegiatan rencana", "Kebutuhan belum terpenuhi", "Target klien",
)  # fmt: skip
SIGNS = re.compile(r"–|<5|\*|(?<!SHA)-\d|None|(?<![\d.,])0 [a-zP]")
ALL_MET = "Semua kebutuhan yang tercatat sudah terpenuhi."

any_report = given(
    level=st.sampled_from(list(UNITS)), seed=st.integers(0, 10**6), most=st.sampled_from([0, 1, 2, 4, 6, 9, 40])
)
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)


def invented(level: str, seed: int, most: int) -> Rows:
    """Rows of a few small offices; half of all counts are nought, none is larger than `most`."""
    random = Random(seed)
    offices = samples.offices(level)[: {"bapas": 1, "kanwil": random.randint(0, 4), "nasional": 7}[level]]
    ids = [office.id for office in offices]

    def n() -> int:
        return random.choice([0, random.randint(0, most)])

    ages = [Tally(o, age, n()) for o in ids for age in ("Dewasa", "Anak")]
    paroled = {o: random.randint(0, sum(row.n for row in ages if row.office == o)) for o in ids}
    planned = [o for o in ids if random.random() < 0.8]
    plans = [replace(samples.plan(o, i), klien_membutuhkan=n()) for o in planned for i in range(6)]
    present = {(o, field): n() for o in ids for field in samples.FIELDS}
    return Rows(
        offices=tuple(offices),
        klien_usia=tuple(ages),
        klien_program=tuple(Tally(o, "Pembebasan bersyarat", paroled[o]) for o in ids)
        + tuple(Tally(o, "Cuti bersyarat", sum(row.n for row in ages if row.office == o) - paroled[o]) for o in ids),
        pk=tuple(Tally(o, "PK", random.randint(0, 3)) for o in ids),
        kebutuhan=tuple(NeedCount(o, name, status, n()) for o in ids for name in CATEGORIES for status in STATUSES),
        bimbingan=tuple(
            GuidanceCount(o, month, n(), n()) for o in ids for month in samples.months(samples.START, samples.END)
        ),
        kegiatan=tuple(
            ActivityCount(o, field, 1 + n(), came + n(), came) for (o, field), came in present.items() if seed % 3
        ),
        pokmas=tuple(Tally(o, form, n()) for o in ids for form in samples.FORMS),
        program=tuple(Programme(o, disetujui=bool(seed % 2)) for o in planned),
        rencana=tuple(plans),
        biaya=tuple(cost for o in planned for i in range(6) for cost in samples.costs(o, i)),
    )


def figures(level: str, seed: int = 0, most: int = 0, rows: Rows | None = None) -> Figures:
    return summarise(samples.cover(level, UNITS[level]), rows or invented(level, seed, most))


def tables(f: Figures) -> list[Table]:
    return [table for chapter in chapters_of(f) for table in chapter.tables]


def read(cell: str) -> int | None:
    signs = {"–": 0, "": 0, "<5": MASKED, "*": HIDDEN}
    return signs[cell] if cell in signs else int(cell.replace(".", ""))


def columns(table: Table):
    """(label, cells, sum) of the columns that count something and have a sum."""
    for place, column in enumerate(table.columns):
        if table.total and column.label in COUNTS and table.total[place] != "":
            yield column.label, [read(row[place]) for row in table.rows], read(table.total[place])


def words(f: Figures) -> list[str]:
    """Every sentence of the report, those under its charts too."""
    blocks = [block for chapter in chapters_of(f) for block in chapter.blocks]
    texts = [block.body for block in blocks if isinstance(block, Text) and "Tanda “<5”" not in block.body]
    return [*sentences(f), *texts, *(block.caption for block in blocks if isinstance(block, Chart))]


@patient
@any_report
def test_every_table_has_its_sum_and_it_is_right(level, seed, most):
    for table in tables(figures(level, seed, most)):
        assert table.total or table.columns[0].label == "Uraian", table.caption
        for label, cells, total in columns(table):
            if MASKED not in (*cells, total) and HIDDEN not in (*cells, total):
                assert sum(cells) == total, (table.caption, label)


@patient
@any_report
def test_no_sum_of_a_column_gives_a_cell_away(level, seed, most):
    for table in tables(figures(level, seed, most)):
        for label, cells, total in columns(table):
            assert not certain(cells, total), (table.caption, label, cells, total)


@patient
@any_report
def test_no_row_gives_a_cell_away(level, seed, most):
    for table in tables(figures(level, seed, most)):
        for row in [*table.rows, table.total]:
            cells = dict(zip((column.label for column in table.columns), row, strict=False))
            if "Belum (jumlah)" in cells:
                status = [read(cells[label]) for label in ("Terbuka", "Dirujuk", "Dilayani", "Tidak terpenuhi")]
                assert not certain(status, read(cells["Belum (jumlah)"])), row
            for whole, part in (("Undangan", "Hadir"), ("Kebutuhan", "Belum terpenuhi")):
                both = [read(cells[label]) for label in (whole, part) if {whole, part} <= cells.keys()]
                if both and MASKED not in both and HIDDEN not in both:
                    assert not 0 < both[0] - both[1] < 5, row


@patient
@any_report
def test_a_share_is_not_printed_beside_a_secret_number(level, seed, most):
    f = figures(level, seed, most)
    for table in tables(f):
        labels = [column.label for column in table.columns]
        for row in [*table.rows, table.total]:
            cells = dict(zip(labels, row, strict=False))
            shares = [cell for label, cell in cells.items() if "(%)" in label and "Realisasi" not in label]
            parts = ("Terlaksana", "Terlewat") if "Terlewat" in labels else ("Undangan", "Hadir")
            if any(cells.get(part) in ("<5", "*") for part in parts):
                assert set(shares) <= {"–"}, row


@patient
@any_report
def test_small_counts_are_masked_and_open_ones_are_true(level, seed, most):
    rows = invented(level, seed, most)
    f = figures(level, rows=rows)
    for month in f.bimbingan:
        for name in ("terlaksana", "terlewat"):
            truth = sum(getattr(row, name) for row in rows.bimbingan if row.bulan == month.bulan)
            assert getattr(month, name) in ({MASKED} if 0 < truth < 5 else {truth, HIDDEN})
    for need in f.kebutuhan:
        for status in STATUSES:
            truth = sum(row.n for row in rows.kebutuhan if (row.kategori, row.status) == (need.kategori, status))
            assert getattr(need, status) in ({MASKED} if 0 < truth < 5 else {truth, HIDDEN})
    for row in f.kegiatan:
        truth = sum(count.hadir for count in rows.kegiatan if count.bidang == row.bidang)
        assert row.hadir in ({MASKED} if 0 < truth < 5 else {truth, HIDDEN})


@patient
@any_report
def test_the_same_label_has_the_same_number_in_every_table(level, seed, most):
    seen: dict[tuple[str, str], str] = {}
    for chapter in chapters_of(figures(level, seed, most)):
        for table in chapter.tables:
            labels = [column.label for column in table.columns]
            rows = [*table.rows, table.total] if not chapter.appendix else table.rows
            for row in rows if "Uraian" not in labels and "Akun" not in labels else []:
                for label, cell in list(zip(labels, row, strict=False))[1:]:
                    if cell and "%" not in label:
                        assert seen.setdefault((row[0], label), cell) == cell, (table.caption, row[0], label)


@patient
@any_report
def test_sentences_read_nothing_secret_as_nought_and_nothing_as_a_sign(level, seed, most):
    rows = invented(level, seed, most)
    f = figures(level, rows=rows)
    unmet = sum(row.n for row in rows.kebutuhan if row.status != "terpenuhi")
    recorded = sum(row.n for row in rows.kebutuhan)
    said = words(f)
    assert (ALL_MET in said) == (recorded > 0 and unmet == 0)
    assert any("Belum ada kebutuhan" in sentence for sentence in said) == (recorded == 0)
    assert any("belum membimbing klien aktif" in s for s in sentences(f)) == (not sum(r.n for r in rows.klien_usia))
    for sentence in said:
        assert not SIGNS.search(sentence), sentence


@patient
@any_report
def test_the_numbers_of_the_summary_stand_in_the_tables(level, seed, most):
    f = figures(level, seed, most)
    printed = {cell for table in tables(f) for row in [*table.rows, table.total] for cell in row}
    summary = " ".join(sentences(f)[1:-1])
    for word in re.findall(r"(?<![\d.])\d[\d.]*(?=[ )])", summary.lower().replace("kurang dari 5", "")):
        jadwal = f.jadwal not in (MASKED, HIDDEN) and read(word) == f.jadwal
        recorded = read(word) == f.kebutuhan_tercatat
        assert word in printed or jadwal or recorded, (word, summary)
    for headline in headlines(f):
        assert "None" not in headline.value
        assert "-1" not in headline.value


@patient
@given(level=st.sampled_from(list(UNITS)), seed=st.integers(0, 10**6))
def test_a_need_behind_a_plan_is_masked_where_the_need_of_today_is(level, seed):
    f = figures(level, seed, 9)
    today = {need.kategori: need.belum for need in f.kebutuhan}
    for plan in f.rencana:
        if plan.klien_membutuhkan not in (0, MASKED, HIDDEN):
            assert plan.klien_membutuhkan >= 5
            assert today.get(plan.kebutuhan, 0) not in (MASKED, HIDDEN)


# ── single cases ──


def needs(**unmet: int) -> Rows:
    return Rows(kebutuhan=tuple(NeedCount(1, name, "terbuka", n) for name, n in unmet.items()))


def test_a_masked_largest_need_is_not_read_as_none():
    """Seen: "Tercatat 22 kebutuhan; 64% sudah terpenuhi dan 8 belum." above "Semua … sudah terpenuhi."."""
    few = needs(A=3, B=3, C=2)
    rows = replace(few, kebutuhan=(*few.kebutuhan, NeedCount(1, "A", "terpenuhi", 14)))
    assert sentences(figures("bapas", rows=rows))[1:3] == [
        "Tercatat 22 kebutuhan; 64% sudah terpenuhi dan 8 belum.",
        "Kebutuhan yang belum terpenuhi terlalu sedikit per jenis untuk ditampilkan.",
    ]


def test_a_hidden_need_may_be_the_largest():
    f = figures("bapas", rows=needs(Pelatihan=12, Dokumen=9, Modal=2))
    assert "paling banyak belum terpenuhi di antara yang dapat ditampilkan adalah pelatihan (12)" in sentences(f)[2]
    f = figures("bapas", rows=needs(Pelatihan=12, Dokumen=9))
    assert sentences(f)[2] == "Kebutuhan yang paling banyak belum terpenuhi adalah pelatihan (12)."


def test_nearly_all_is_not_all():
    rows = replace(needs(A=5), kebutuhan=(NeedCount(1, "A", "terbuka", 5), NeedCount(1, "A", "terpenuhi", 1995)))
    assert sentences(figures("bapas", rows=rows))[1] == "Tercatat 2.000 kebutuhan; >99% sudah terpenuhi dan 5 belum."


def test_a_new_office_reads_well():
    f = figures("bapas", rows=Rows())
    assert sentences(f) == [
        "Bapas Kelas I Contoh belum membimbing klien aktif.",
        "Belum ada kebutuhan yang tercatat.",
        "Belum ada bimbingan yang dicatat; belum ada kegiatan yang selesai dan belum ada Pokmas aktif.",
        "Sampai 21 November 2026 belum ada anggaran 2026 yang disetujui.",
    ]
    assert [headline.detail for headline in headlines(f)][1:] == [
        "belum ada yang tercatat",
        "belum ada yang dicatat",
        "belum disetujui",
    ]


def test_the_row_of_sums_of_the_needs_gives_nothing_away():
    """Seen: 18 · 7 · <5 · 5 · total 32, which makes the masked one 2."""
    counts = {"terbuka": 18, "dirujuk": 7, "dilayani": 2, "tidak_terpenuhi": 5}
    f = figures("bapas", rows=Rows(kebutuhan=tuple(NeedCount(1, "A", status, n) for status, n in counts.items())))
    total = f.kebutuhan_jumlah
    assert (total.terbuka, total.dirujuk, total.dilayani, total.tidak_terpenuhi) == (18, 7, MASKED, HIDDEN)
    assert total.belum == 32


def test_attendance_and_missed_guidance_are_persons_and_masked():
    month = samples.months(samples.START, samples.END)
    rows = Rows(
        bimbingan=(GuidanceCount(1, month[0], 20, 2), GuidanceCount(1, month[1], 30, 5)),
        kegiatan=(ActivityCount(1, "Hukum", 1, 12, 11), ActivityCount(1, "Kemandirian", 1, 20, 12)),
    )
    f = figures("bapas", rows=rows)
    assert [(m.terlaksana, m.terlewat) for m in f.bimbingan[:2]] == [(20, MASKED), (30, HIDDEN)]
    assert (f.terlaksana, f.terlewat, f.jadwal) == (50, 7, 57)
    assert [(a.undangan, a.hadir) for a in f.kegiatan] == [(12, HIDDEN), (20, HIDDEN)]
    assert (f.kegiatan_jumlah.undangan, f.kegiatan_jumlah.hadir) == (32, 23)


def test_a_kanwil_of_one_small_office_is_masked_like_that_office():
    """The sum of a Kanwil is a cell of the nation, its offices are the parts of that sum."""
    offices = tuple(samples.offices("nasional")[:6])
    counts = (3, 60, 700, 2, 0, 0)
    rows = Rows(offices, klien_usia=tuple(Tally(o.id, "Dewasa", n) for o, n in zip(offices, counts, strict=True)))
    f = figures("nasional", rows=rows)
    assert [unit.klien for unit in f.kanwil] == [HIDDEN, MASKED]
    assert [unit.klien for unit in f.bapas] == [MASKED, 60, 700, MASKED, 0, 0]


@pytest.mark.parametrize(("approved", "words"), [
    (7, "semua 7 program sudah disetujui Kepala Bapas masing-masing"),
    (3, "3 dari 7 program yang sudah disetujui Kepala Bapas masing-masing"),
    (0, "belum ada dari 7 program yang sudah disetujui Kepala Bapas masing-masing"),
])  # fmt: skip
def test_who_approved_the_programmes_is_said(approved, words):
    rows = samples.rows(samples.offices("kanwil"))
    rows = replace(rows, program=tuple(Programme(n, n <= approved) for n in range(1, 8)))
    assert words in chapters_of(figures("kanwil", rows=rows))[3].blocks[0].body


def test_needs_of_the_plan_and_of_today_are_named_apart():
    rows = samples.rows(samples.offices("bapas"))
    rows = replace(rows, rencana=tuple(replace(p, potret_pada=date(2025, 10, 5)) for p in rows.rencana))
    labels = {table.caption: [c.label for c in table.columns] for table in tables(figures("bapas", rows=rows))}
    assert "Klien membutuhkan saat program disusun (5 Oktober 2025)" in labels["Rencana kegiatan 2026"]
    assert "Kebutuhan belum terpenuhi" in labels["Kebutuhan yang belum terpenuhi dan program 2026"]


def test_a_chart_of_secret_numbers_is_a_sentence():
    f = figures("bapas", rows=needs(A=3, B=2, C=1))
    html = to_html(f, samples.ISSUE)
    assert "Kebutuhan yang belum terpenuhi terlalu sedikit per jenis untuk ditampilkan." in html
    assert "gambar-1" not in html


def test_the_tail_of_a_chart_is_named():
    many = {f"Jenis {n:02}": 10 + n for n in range(14)}
    html = to_html(figures("bapas", rows=needs(**many)), samples.ISSUE)
    assert "dan 7 lainnya" in html  # of the summary, eight bars
    assert "dan 3 lainnya" in html  # of the chapter, twelve bars
