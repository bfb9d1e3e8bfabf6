"""The list as a file: rows → bytes. Counts only, no client."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from decimal import Decimal

import xlsxwriter

from pemasyarakatan.wording import waktu_unit

HEADS = (
    "Judul", "Jenis", "Bidang", "Kebutuhan yang dilayani", "Mulai", "Selesai", "Tempat", "Penyelenggara", "Bapas",
    "Kuota", "Peserta", "Hadir", "Perkiraan biaya (Rp)", "Biaya sebenarnya (Rp)", "Sumber dana", "Status", "Hasil",
)  # fmt: skip
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Row:
    """One activity, in the order of HEADS."""

    judul: str
    jenis: str
    bidang: str
    kebutuhan: str
    mulai: str
    selesai: str
    tempat: str
    penyelenggara: str
    bapas: str
    kuota: int
    peserta: int
    hadir: int
    biaya_rencana: Decimal
    biaya: Decimal | None
    sumber: str
    status: str
    hasil: str


def rows(queryset) -> Iterator[Row]:
    """The only part that touches the database: two queries."""
    for k in queryset.for_list().prefetch_related("kategori")[:MOST_ROWS]:
        yield Row(
            k.judul, k.get_jenis_display(), k.get_bidang_display(), "; ".join(str(need) for need in k.kategori.all()),
            waktu_unit(k.mulai, k.bapas), waktu_unit(k.selesai, k.bapas), k.tempat, str(k.penyelenggara), str(k.bapas),
            k.kuota, k.peserta, k.hadir, k.biaya_rencana, k.biaya, k.get_sumber_display(), k.get_status_display(),
            k.hasil,
        )  # fmt: skip


def to_csv(table: Iterable[Row]) -> bytes:
    """Semicolons and a byte-order mark: what a spreadsheet program in Indonesia opens without questions."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADS)
    writer.writerows([_harmless(value) for value in astuple(row)] for row in table)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(table: Iterable[Row]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet("Kegiatan")
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, len(HEADS) - 1, 20)
        sheet.write_row(0, 0, HEADS, bold)
        for number, row in enumerate(table, start=1):
            for column, value in enumerate(astuple(row)):
                _write(sheet, number, column, value, money)
    return file.getvalue()


def _write(sheet, row, column, value, money):
    """Text is written as text: a title that starts with "=" is not a formula."""
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value, money if isinstance(value, Decimal) else None)


def _harmless(value):
    """A cell that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t"):
        return f"'{value}"
    return str(value).replace(".", ",") if isinstance(value, Decimal) else value


FORMATS = {
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (to_csv, "text/csv; charset=utf-8"),
}
