"""The RAB as a workbook. Text cells are written as text, so none is read as a formula."""

from io import BytesIO

import xlsxwriter

from apps.program.plan import Plan

COLUMNS = (
    ("Kegiatan", 32), ("Kebutuhan", 24), ("Akun", 10), ("Nama akun", 28), ("Uraian", 32), ("Rincian hitungan", 22),
    ("Volume", 10), ("Satuan", 10), ("Harga satuan (Rp)", 18), ("Jumlah (Rp)", 20), ("Sumber dana", 14),
)  # fmt: skip
MONEY, FIRST_ROW, TOTAL_COLUMN = "#,##0.00", 4, 9


def workbook(plan: Plan) -> bytes:
    """One sheet: heading, one row per cost line, totals per source."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": f"RAB {plan.program}", "author": plan.program.bapas.nama})
    sheet = book.add_worksheet("RAB")
    formats = {
        "bold": book.add_format({"bold": True}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "money": book.add_format({"num_format": MONEY}),
        "total": book.add_format({"num_format": MONEY, "bold": True, "top": 1}),
    }
    _write_heading(sheet, plan, formats)
    last = _write_lines(sheet, plan, formats)
    _write_totals(sheet, plan, formats, last)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW - 1)
    book.close()
    return buffer.getvalue()


def _write_heading(sheet, plan, formats):
    program = plan.program
    sheet.write_string(0, 0, f"Rencana Anggaran Biaya {program.tahun} – {program.bapas.nama}", formats["bold"])
    sheet.write_string(1, 0, f"Versi {program.versi} · {program.get_status_display()}")
    for column, (title, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(FIRST_ROW - 1, column, title, formats["head"])


def _write_lines(sheet, plan, formats):
    row = FIRST_ROW
    for activity in plan.activities:
        for line in activity.biaya.all():
            texts = (activity.judul, activity.kategori.nama, line.akun.kode, line.akun.nama, line.uraian, line.hitungan)
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text)
            sheet.write_number(row, 6, line.volume)
            sheet.write_string(row, 7, line.satuan)
            sheet.write_number(row, 8, line.harga, formats["money"])
            sheet.write_number(row, TOTAL_COLUMN, line.jumlah, formats["money"])
            sheet.write_string(row, 10, line.get_sumber_display())
            row += 1
    return row


def _write_totals(sheet, plan, formats, row):
    sheet.write_string(row, 0, "Total", formats["bold"])
    sheet.write_number(row, TOTAL_COLUMN, plan.total, formats["total"])
    for offset, (label, amount) in enumerate(plan.per_source, row + 1):
        sheet.write_string(offset, 0, f"Sumber {label}")
        sheet.write_number(offset, TOTAL_COLUMN, amount, formats["money"])
