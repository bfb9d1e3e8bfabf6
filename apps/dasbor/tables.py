"""The table behind every chart of a dashboard: the same rows on the page, in XLSX and in CSV."""

from decimal import Decimal

from django.utils.dateformat import format as date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from apps.dasar.charts import number
from apps.dasar.wording import grouped
from apps.dasbor.region import Region, UnitRow

COLUMNS = (
    "Unit", "Klien aktif", "Melewati tanggal lapor", "Bimbingan terlaksana", "Tidak hadir", "Terlaksana (%)",
    "Klien dengan kebutuhan belum terpenuhi", "Kegiatan terlaksana", "Anggaran disetujui (Rp)", "Dana terealisasi (Rp)",
)  # fmt: skip
PERIODS = ("Bimbingan selama", "Klien dan kebutuhan pada", "Kegiatan selama", "Dana pada")
"""Further columns of a file, which people read without the page."""


def columns(kind: str = "") -> tuple[str, ...]:
    """The heads; `kind` names the category of needs that was asked for."""
    return tuple(f"{head}{kind}" if "kebutuhan" in head else head for head in COLUMNS)


def values(row: UnitRow) -> list[int | Decimal | str | None]:
    """One row as plain values; masked counts become their printed sign."""
    share = None if row.share is None else round(row.share * 100)
    return [
        row.unit.name,
        *(_count(count) for count in (row.active, row.overdue, row.done, row.missed)),
        "–" if share is None else share,
        _count(row.need_clients),
        row.activities,
        row.planned,
        row.spent,
    ]


def words(row: UnitRow) -> list[str]:
    """The same row as a person reads it, without the name of the unit."""
    return [value if isinstance(value, str) else grouped(value) for value in values(row)[1:]]


def cells(row: UnitRow) -> SafeString:
    """`words` as cells of a table: a template would take ten times as long for a nation."""
    return format_html_join("", '<td class="p-angka-sel">{}</td>', ((word,) for word in words(row)))


def _count(count):
    return number(count) if count is None or count < 0 else count


def rows(region: Region) -> list[list]:
    """Every line of a file, the sum last, each with the months and the days that it is about."""
    months = [date_format(month, "F Y") if month else None for month in (region.contacts, region.month)]
    about = [months[0], region.day, months[1], region.until]
    return [[*values(row), *about] for row in (*region.rows, region.total)]
