"""A list and its file: typed cells, widths, filters, order. Pure, without a database."""

import csv
import datetime as dt
import io
import re
import zipfile
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from django.http import QueryDict
from django.template import Context, Template
from python_calamine import CalamineWorkbook

from apps.dasar.lists import Column, Listing
from apps.dasar.tables import Percent, to_csv, to_xlsx
from apps.dasar.wording import on_clock
from apps.dasar.workbook import LONGEST, NARROWEST, WIDEST

DAY = dt.date(2026, 11, 21)
NOON = dt.datetime(2026, 11, 21, 6, 5, tzinfo=dt.UTC)
HEADS = ("Tanggal", "Waktu", "Biaya (Rp)", "Bagian", "Jumlah", "Rumus", "Kosong")
ROW = [DAY, on_clock(NOON, "Asia/Jayapura"), Decimal("1234.5"), Percent(0.74), 7, "=1+1", None]


def part(body: bytes, name: str) -> str:
    """One XML file of a workbook."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return book.read(f"xl/{name}.xml").decode()


def sheet(body: bytes) -> str:
    return part(body, "worksheets/sheet1")


def test_a_workbook_keeps_the_type_of_each_cell():
    body = to_xlsx("Uji", HEADS, [ROW])
    _, cells = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert cells == [DAY, dt.datetime(2026, 11, 21, 15, 5), 1234.5, 0.74, 7.0, "=1+1", ""]
    for pattern in ("[$-421]d mmmm yyyy", "[$-421]d mmmm yyyy hh:mm &quot;WIT&quot;", "#,##0.00", "0%"):
        assert f'formatCode="{pattern}"' in part(body, "styles")
    assert "<f>" not in sheet(body)


def test_a_csv_has_days_that_sort_and_numbers_as_people_write_them():
    _, row = csv.reader(io.StringIO(to_csv(HEADS, [ROW]).decode("utf-8-sig")), delimiter=";")
    assert row == ["2026-11-21", "2026-11-21 15:05 WIT", "1234,5", "74%", "7", "'=1+1", ""]


@pytest.mark.parametrize(
    ("value", "written"), [(32.0, "32"), (2.5, "2,5"), (-0.25, "-0,25"), (Decimal("7.00"), "7,00")]
)
def test_numbers_of_a_csv_have_a_decimal_comma(value, written):
    assert to_csv((), [[value]]).decode("utf-8-sig").split("\r\n")[1] == written


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\n1", " =1", "\xa0=1", " \u3000+1", "\uff1d1", "\uff0b1",
     "\uff0d1", " \uff20A1"],
)  # fmt: skip
def test_no_text_is_ever_a_formula(text):
    body = to_xlsx("Uji", ("Isi",), [[text]])
    assert "<f>" not in sheet(body)
    assert CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()[1] == [text]
    assert next(iter(csv.reader([to_csv((), [[text]]).decode("utf-8-sig").split("\n", 1)[1]])), [""])[0][:1] == "'"


def test_other_texts_stay_as_they_are():
    texts = ["1 = 1", " kata", "\xa0", "", "é", "a\n=1"]
    _, row = csv.reader(io.StringIO(to_csv(texts, [texts]).decode("utf-8-sig"), newline=""), delimiter=";")
    assert row == texts


@pytest.mark.parametrize(
    "text",
    [
        "<b>&",
        "<r><t>x</t></r>",
        " tepi ",
        "baris\nkedua",
        "a\x01b",
        "_x0041_",
        "]]>",
        "x" * LONGEST,
        "Ça, 👍🏽",
        "\ufffe",
    ],
)
def test_a_text_is_read_again_as_it_was_written(text):
    (_, (read,)) = CalamineWorkbook.from_filelike(
        io.BytesIO(to_xlsx("Uji", ("Isi",), [[text]]))
    ).get_sheet_by_index(0).to_python()  # fmt: skip
    written = re.findall(r"<t[^>]*>(.*?)</t>", sheet(to_xlsx("Uji", ("Isi",), [[text]])), re.DOTALL)[1]
    assert read == text or "_x" in written  # a control character, as a workbook writes it


def test_a_text_that_no_cell_can_hold_is_cut_off():
    body = to_xlsx("Uji", ("Isi",), [["x" * (LONGEST + 1)]])
    assert CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()[1] == ["x" * LONGEST]


@pytest.mark.parametrize("day", [dt.date(1900, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1), dt.date(2026, 2, 28)])
def test_days_are_counted_as_a_workbook_counts_them(day):
    body = to_xlsx("Uji", ("Hari",), [[day]])
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_datetime(1, 0, day, book.add_format({"num_format": "dd-mm-yyyy"}))
    serial = re.search(r'r="A2"[^>]*><v>(\d+)</v>', sheet(body))[1]
    assert serial == re.search(r'r="A2"[^>]*><v>(\d+)</v>', sheet(out.getvalue()))[1]


def test_a_moment_of_the_database_is_written_on_the_clock_of_the_reader(settings):
    settings.TIME_ZONE = "Asia/Makassar"
    body = to_csv(("Waktu",), [[NOON]]).decode("utf-8-sig")
    assert re.search(r"2026-11-21 \d\d:05 WI", body)
    assert "UTC" not in body


def test_a_day_before_the_first_of_a_workbook_is_text():
    cells = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx("Uji", ("Lahir",), [[dt.date(1899, 5, 1)]])))
    assert cells.get_sheet_by_index(0).to_python()[1] == ["1 Mei 1899"]


def test_columns_are_as_wide_as_their_content_within_bounds():
    body = to_xlsx("Uji", ("A", "B", "C"), [["x" * 30, "x" * 500, "x"]])
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', sheet(body))]
    assert widths == pytest.approx([31, WIDEST, NARROWEST], abs=1)


def test_headings_filter_the_rows_and_never_the_sum():
    body = to_xlsx("Uji", ("A", "B"), [["x", 1], ["y", 2]], total=["Jumlah", 3])
    assert '<autoFilter ref="A1:B3"/>' in sheet(body)
    assert CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()[3] == ["Jumlah", 3.0]


# --- a list -----------------------------------------------------------------------------------


def person(nama="Budi", **facts):
    return SimpleNamespace(nama=nama, kota=SimpleNamespace(nama="Palu"), get_status_display=lambda: "Aktif", **facts)


COLUMNS = (
    Column("Nama", "nama", link=lambda row: f"/orang/{row.nama}/", sort="nama"),
    Column("Nomor SK", "sk", only="file"),
    Column("Kota asal", "kota.nama", short="Kota"),
    Column("Biaya (Rp)", "biaya", number=True),
    Column("Tindakan", cell="tests/no_such_template.html", silent=True, when=False),
)


def taken(listing) -> str:
    return listing.file("csv", "x", "X", note=lambda taken: None).render().content.decode("utf-8-sig")


def shown(listing, query="") -> str:
    page = '{% include "komponen/daftar.html" with judul="Orang" kosong="Belum ada." tak_cocok="Tidak cocok." %}'
    return Template(page).render(Context({"tabel": listing, "request": SimpleNamespace(GET=QueryDict(query))}))


def test_columns_declared_once_are_the_page_and_the_file():
    rows = [person(sk="SK 1", biaya=Decimal(1500))]
    listing = Listing(QueryDict(), COLUMNS, rows)
    html = shown(listing)
    assert '<th scope="row" role="rowheader"><a class="govuk-link" href="/orang/Budi/">Budi</a></th>' in html
    assert '<td role="cell" data-label="Kota">Palu</td>' in html
    assert '<td role="cell" data-label="Biaya (Rp)" class="p-angka-sel">1.500,00</td>' in html
    assert "SK 1" not in html
    assert "Tindakan" not in html
    heads, cells = csv.reader(io.StringIO(taken(listing)), delimiter=";")
    assert heads == ["Nama", "Nomor SK", "Kota asal", "Biaya (Rp)"]
    assert cells == ["Budi", "SK 1", "Palu", "1500"]


def test_a_missing_value_is_a_dash_on_the_page_and_nothing_in_the_file():
    rows = [SimpleNamespace(nama="Budi", kota=None, sk=None, biaya=None)]
    listing = Listing(QueryDict(), COLUMNS, rows)
    assert '<td role="cell" data-label="Kota">–</td>' in shown(listing)
    assert "Budi;;;\r\n" in taken(listing)


def test_a_name_that_no_row_has_is_a_mistake_and_no_empty_cell():
    with pytest.raises(AttributeError):
        Column("Nama", "nmaa").value_of(person())


def test_the_sum_stands_below_its_numbers():
    listing = Listing(
        QueryDict(), COLUMNS, [person(sk="", biaya=Decimal(2))], total=("Jumlah", person(biaya=Decimal(2)))
    )
    html = shown(listing)
    assert (
        '<tfoot role="rowgroup"><tr role="row"><th scope="row" role="rowheader">Jumlah</th><td role="cell"></td>'
        in html
    )
    assert "Jumlah;;;2" in taken(listing)


def test_a_list_without_rows_says_so_or_names_the_filter():
    listing = Listing(QueryDict(), COLUMNS, [])
    assert "Belum ada." in shown(listing)
    page = Template('{% include "komponen/daftar.html" with kosong="Belum ada." tak_cocok="Tidak cocok." %}')
    html = page.render(Context({"tabel": listing, "keping": [{"label": "Status: Aktif", "url": "?"}]}))
    assert "Tidak cocok." in html
    assert "Status: Aktif" in html


class Rows:
    """What a list asks of a QuerySet, and what it was asked."""

    ordered = None
    query = SimpleNamespace(order_by=("-tanggal",))

    def order_by(self, *fields):
        self.ordered = fields
        return self

    def __getitem__(self, part):
        return self


@pytest.mark.parametrize(
    ("asked", "falling", "direction", "next_url"),
    [
        ("nama", False, "ascending", "?urut=-nama"),
        ("-nama", True, "descending", "?urut=nama"),
    ],
)
def test_a_heading_orders_the_list_one_way_and_then_the_other(asked, falling, direction, next_url):
    rows = Rows()
    head = Listing(QueryDict(f"urut={asked}&page=3"), COLUMNS, rows).heads[0]
    first, *rest = rows.ordered
    assert (first.expression.name, first.descending, first.nulls_last) == ("nama", falling, True)
    assert rest == ["-tanggal", "pk"]  # ties keep the order that the list has anyway
    assert (head.direction, head.url) == (direction, next_url)


@pytest.mark.parametrize("asked", ["", "kota-asal", "nomor-sk", "pk_pembimbing__orang__nik", "-"])
def test_an_order_that_no_column_offers_changes_nothing(asked):
    rows = Rows()
    heads = Listing(QueryDict(f"urut={asked}"), COLUMNS, rows).heads
    assert rows.ordered is None
    assert [head.direction for head in heads] == ["", "", ""]


def test_a_heading_says_to_everybody_how_the_list_is_ordered():
    rows = [person(sk="", biaya=None)]
    listing = Listing(QueryDict(), COLUMNS, rows)
    listing.query = QueryDict("urut=-nama&status=aktif")
    html = shown(listing)
    assert 'aria-sort="descending"><a class="govuk-link" href="?urut=nama&amp;status=aktif">Nama</a>' in html


def test_moments_have_the_clock_of_their_unit():
    moment = on_clock(NOON, SimpleNamespace(zona_waktu="Asia/Jakarta"))
    assert moment.tzinfo == ZoneInfo("Asia/Jakarta")
    assert Column("Mulai", lambda _: moment).words(None) == "21 November 2026, 13.05 WIB"
