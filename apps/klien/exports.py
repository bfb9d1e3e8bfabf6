"""The list of clients as a file. Cells never become formulas: what people typed stays text."""

import csv
import io
from collections.abc import Iterable, Iterator

import xlsxwriter

from apps.klien.models import Klien
from pemasyarakatan.wording import tanggal

HEAD = (
    "Kode", "Nama", "Kategori usia", "Jenis program", "Akhir masa", "Status", "PK", "Bimbingan terakhir",
    "Bimbingan berikutnya", "Hari terlewat", "Tidak hadir berturut-turut", "Kebutuhan belum terpenuhi",
)  # fmt: skip
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cells(klien: Klien, today) -> list:
    """One client as plain values, in the order of `HEAD`."""
    schedule = klien.jadwal
    return [
        klien.kode, klien.nama, klien.get_kategori_usia_display(), klien.program_nama or "",
        _date(klien.program_selesai), klien.get_status_display(), klien.pk_pembimbing.nama, _date(schedule.terakhir),
        _date(schedule.berikutnya), schedule.hari_terlewat(today), schedule.absen_beruntun, klien.kebutuhan_terbuka,
    ]  # fmt: skip


def to_csv(rows: Iterable[list]) -> bytes:
    """CSV that spreadsheet programs open in the right encoding."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Iterable[list]) -> bytes:
    """A workbook, written row by row so that the size of the list does not matter."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet, bold = book.add_worksheet("Klien"), book.add_format({"bold": True})
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, len(HEAD) - 1, 20)
        sheet.write_row(0, 0, HEAD, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(map(defused, row)):
                sheet.write(number, column, cell)
    return out.getvalue()


def table(clients: Iterable[Klien], today) -> Iterator[list]:
    return (cells(klien, today) for klien in clients)


def defused(cell):
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _date(value) -> str:
    return tanggal(value) if value else ""


WRITERS = {"xlsx": to_xlsx, "csv": to_csv}
