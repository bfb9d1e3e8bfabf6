"""How the report words its figures; the portal-wide wording says how a number, an amount and a date look."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.formats import date_format

from apps.wilayah.disclosure import HIDDEN, MASKED
from pemasyarakatan.charts import MONTHS, number
from pemasyarakatan.wording import grouped

NONE = "–"
SCALES = ((Decimal(10) ** 12, "triliun"), (Decimal(10) ** 9, "miliar"), (Decimal(10) ** 6, "juta"))


def count(value: int | None) -> str:
    """A cell of a table: a dash for nothing."""
    return NONE if value == 0 else number(value)


def money(value: Decimal) -> str:
    """A bare amount for a column whose head says (Rp); sen only when there are any."""
    return grouped(value, 2 if value % 1 else 0) if value else NONE


def amount(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def short_rupiah(value: Decimal) -> str:
    """Rounded for a headline: Rp1,01 miliar."""
    for scale, name in SCALES:
        if value >= scale:
            return f"Rp{grouped(value / scale, 2)} {name}"
    return f"Rp{grouped(value)}"


def share(part: Decimal | int | None, whole: Decimal | int | None) -> str:
    """A whole percentage, or a dash where it would say nothing or betray a masked count."""
    if part in (MASKED, HIDDEN) or whole in (MASKED, HIDDEN) or not whole:
        return NONE
    percent = Decimal(part) * 100 / whole
    return "<1%" if 0 < percent < 1 else f"{grouped(percent)}%"


def month(value: date) -> str:
    return date_format(value, "F Y")


def month_ranges(numbers: Iterable[int]) -> str:
    """(1, 2, 3, 6) → "Jan–Mar, Jun"."""
    runs = []
    for _, group in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        run = [MONTHS[value - 1] for _, value in group]
        runs.append(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return ", ".join(runs) or NONE


def listing(words: Iterable[str]) -> str:
    """a, b, dan c"""
    *head, last = words
    if not head:
        return last
    return f"{', '.join(head)}{',' if len(head) > 1 else ''} dan {last}"


def lower(text: str) -> str:
    """A label inside a sentence; abbreviations keep their capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
