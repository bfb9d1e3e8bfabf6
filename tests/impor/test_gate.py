"""Files that must not reach a parser."""

import subprocess
import zipfile
from io import BytesIO

import pytest

from apps.dasar import limited
from apps.dasar.errors import Refused
from apps.impor import gate, parsing
from apps.impor.gate import inspect
from tests.impor.factories import CLIENT_HEADS, client_row, workbook

BOOK = workbook([client_row()])


def with_part(name, body, *, base=BOOK, instead=False, **how):
    """A workbook with one part more, or with one part replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(base)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if not (instead and part.filename == name):
                new.writestr(part, old.read(part))
        new.writestr(name, body, **how)
    return out.getvalue()


def sheet(text):
    return with_part("xl/worksheets/sheet1.xml", text, instead=True)


CELL = '<worksheet><sheetData><row r="1"><c {}><v>1</v></c></row></sheetData></worksheet>'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "kosong"),
        (b"x" * (gate.MOST_BYTES + 1), "terlalu besar"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "format lama"),
        (b"PK\x03\x04" + b"x" * 600, "buku kerja biasa"),
        (b"%PDF-1.7\n\x00\x01", "bukan XLSX atau CSV"),
        (b"<html><table><tr><td>Nama</td></tr></table>", "halaman web"),
        (b"\xef\xbb\xbf<!doctype html>", "halaman web"),
        (with_part("xl/vbaProject.bin", b"x"), "makro"),
        (with_part("xl/macrosheets/sheet1.xml", b"<x/>"), "makro"),
        (with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), "berkas lain"),
        (with_part("xl/connections.xml", b"<x/>"), "berkas lain"),
        (with_part("../../etc/passwd", b"x"), "buku kerja biasa"),
        (with_part("xl/workbook.xml", b"<x/>"), "buku kerja biasa"),
        (with_part("xl/extra.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "buku kerja biasa"),
        (with_part("xl/sharedStrings.xml", '<?xml version="1.0"?><a/>'.encode("utf-16"), instead=True), "kerja biasa"),
        (with_part("xl/media/image1.png", b"0" * 60_000_000), "terlalu besar setelah dibuka"),
        (workbook([client_row()], formula="=1+1"), "rumus"),
        (workbook([client_row()], formula='=WEBSERVICE("x")'), "rumus"),
        (workbook([client_row()], cell="XFD1048576"), "sel terlalu jauh"),
        (workbook([client_row()], cell="CW3"), "sel terlalu jauh"),
        (workbook([client_row()], cell="A200000"), "sel terlalu jauh"),
        (sheet(CELL.format("r = 'xfd1'")), "sel terlalu jauh"),
        (sheet(CELL.format('r="A0001048576"')), "sel terlalu jauh"),
        (sheet("<x:worksheet><x:f>1</x:f></x:worksheet>"), "rumus"),
        (with_part("xl/hidden.dat", b'<c r="XFD1"/>'), "sel terlalu jauh"),
    ],
)
def test_hostile_files_are_refused_in_words_before_anything_parses_them(body, words):
    with pytest.raises(Refused, match=words):
        inspect(body)


def test_too_many_parts_or_a_lying_directory():
    many = BOOK
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(many)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(part, old.read(part))
        for number in range(gate.MOST_PARTS):
            new.writestr(f"xl/a{number}.xml", "<a/>")
    with pytest.raises(Refused, match="buku kerja biasa"):
        inspect(out.getvalue())
    directory = BOOK.rindex(b"PK\x01\x02")
    with pytest.raises(Refused):
        inspect(BOOK[: directory + 24] + b"\x01\x00\x00\x00" + BOOK[directory + 28 :])


def test_honest_files_pass():
    assert inspect(BOOK) == "xlsx"
    assert inspect(b"Nama;NIK\nA;1") == "csv"
    assert inspect(workbook([client_row()], cell="CV9")) == "xlsx"
    assert inspect(with_part("xl/printerSettings/printerSettings1.bin", b"\x00\x01")) == "xlsx"
    assert inspect(workbook([["r='XYZ1'", "<f>x</f>", '<c r="ZZZ9">']], ["a", "b", "c"])) == "xlsx"


def test_a_workbook_that_the_parser_cannot_stand_kills_only_the_child():
    broken = sheet("<worksheet><sheetData><row")
    assert inspect(broken) == "xlsx"
    with pytest.raises(Refused, match="tidak dapat dibaca"):
        list(parsing.rows(broken, "xlsx"))


@pytest.mark.parametrize(("memory", "ends_well"), [(1_024, True), (12, False)])
def test_the_child_has_little_memory(memory, ends_well):
    command = limited.command(parsing.CHILD, gate.MOST_ROWS, "nama,nik", memory=memory, seconds=60)
    ended = subprocess.run(command, input=BOOK, capture_output=True, env={}, timeout=60, check=False).returncode
    assert (ended == 0) is ends_well


def test_rows_keep_the_numbers_that_people_see():
    assert [number for number, _ in parsing.rows(workbook([client_row()], above=["Judul", ""]), "xlsx")] == [1, 3, 4]
    assert [number for number, _ in parsing.rows(b"a;b\n;\n1;2\n", "csv")] == [1, 3]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_every_usual_coding(delimiter, encoding):
    body = "\r\n".join(delimiter.join(row) for row in [["Nama", "Kota"], ["André", "Makassar"]]).encode(encoding)
    assert [cells for _, cells in parsing.rows(body, inspect(body))] == [["Nama", "Kota"], ["André", "Makassar"]]


def test_csv_may_name_its_delimiter_and_quote_its_cells():
    assert [cells for _, cells in parsing.rows(b'sep=,\nNama,Kota\n"A; B","x\ny"\n', "csv")][1] == ["A; B", "x\ny"]


def test_csv_has_limits():
    wide = ";".join("x" * 1 for _ in range(gate.MOST_COLUMNS + 1)).encode()
    with pytest.raises(Refused, match="100 kolom"):
        list(parsing.rows(wide, "csv"))
    with pytest.raises(Refused, match="tidak dapat dibaca"):
        list(parsing.rows(b"a;" + b"x" * 40_000, "csv"))
    with pytest.raises(Refused, match=r"150\.000 baris"):
        list(parsing.rows(b"a;b\n" * (gate.MOST_ROWS + 1), "csv"))


def test_headings_of_a_template_are_all_known():
    from apps.impor.headings import guess
    from apps.impor.kinds import KINDS

    for kind in KINDS.values():
        assert guess([c.title for c in kind.columns], kind.columns, {}) == [c.name for c in kind.columns]
    assert "" not in guess(CLIENT_HEADS, KINDS["klien"].columns, {})
