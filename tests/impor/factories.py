"""Files as offices bring them."""

import datetime as dt
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

CLIENT_HEADS = [
    "Nama", "NIK", "Tgl Lahir", "JK", "Kab/Kota", "No Reg", "Tgl Registrasi", "PK", "Program", "No SK", "Tgl SK",
    "Mulai", "HMB", "No HP", "Alamat",
]  # fmt: skip
GUIDANCE_HEADS = ["Kode Klien", "Tanggal", "Metode", "Hadir", "Hasil"]


def client_row(number: int = 1, **changes) -> list:
    row = dict(
        zip(
            CLIENT_HEADS,
            [
                f"Klien Impor {number}", f"3171010101{number:06}", "17-05-1990", "L", "Kota Uji", f"{number}/A",
                "05-01-2026", "Siti Pembimbing", "PB", f"SK-{number}", "02-01-2026", "05-01-2026", "04-01-2028",
                "0812 3456 7890", "Jalan Contoh 1",
            ],
            strict=True,
        )
    )  # fmt: skip
    return list((row | dict(changes.items())).values())


def csv_file(rows, heads=CLIENT_HEADS, *, delimiter=";", encoding="utf-8", name="klien.csv") -> SimpleUploadedFile:
    lines = [delimiter.join(map(str, row)) for row in (heads, *rows)]
    return SimpleUploadedFile(name, "\r\n".join(lines).encode(encoding))


def workbook(
    rows, heads=CLIENT_HEADS, *, above=(), formula="", cell="", options=None, before=(), hidden=(), hidden_columns=""
) -> bytes:
    """XLSX with real dates where a cell is a date; `above` are lines before the headings, `before` other sheets.
    424242 becomes an error cell, which no writer writes."""
    out = BytesIO()
    settings = {"strings_to_formulas": False, "strings_to_numbers": False, **(options or {})}
    with xlsxwriter.Workbook(out, settings) as book:
        for name in before:
            book.add_worksheet(name).write(0, 0, "Petunjuk")
        sheet, day = book.add_worksheet("Data"), book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate([*([line] for line in above), heads, *rows]):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
        for number in hidden:
            sheet.set_row(number, None, None, {"hidden": True})
        if hidden_columns:
            sheet.set_column(hidden_columns, None, None, {"hidden": True})
        if formula:
            sheet.write_formula("Z2", formula)
        if cell:
            sheet.write(cell, "x")
    return _with_errors(out.getvalue())


def _with_errors(body: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(body)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            xml = re.sub(rb'(<c r="[A-Z]+\d+")(><v>)424242<', rb'\1 t="e"\2#N/A<', old.read(part))
            new.writestr(part.filename, xml)
    return out.getvalue()


def xlsx_file(rows, heads=CLIENT_HEADS, *, name="klien.xlsx", **layout) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, workbook(rows, heads, **layout))
