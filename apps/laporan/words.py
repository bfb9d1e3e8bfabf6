"""Words for figures in the report; `apps/dasar/wording.py` formats numbers, amounts and dates for the whole portal."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.formats import date_format

from apps.dasar.charts import MONTHS, number
from apps.dasar.disclosure import HIDDEN, MASKED, NO_DATA, SECRET, Shown, known
from apps.dasar.wording import grouped

NONE = "–"
SCALES = ((Decimal(10) ** 12, "triliun"), (Decimal(10) ** 9, "miliar"), (Decimal(10) ** 6, "juta"))


def said(value: Shown) -> str:
    """A count inside a sentence: a word instead of a sign for masked numbers."""
    return "kurang dari 5" if value is MASKED else "sejumlah" if value == HIDDEN else number(value)


def guided(unit: str, klien: Shown, pk: int) -> str:
    """ "Unit guides n clients with m PK", without the full stop."""
    if klien == NO_DATA:
        return f"Angka klien {unit} belum dirilis"
    if klien == 0:
        return f"{unit} belum membimbing klien aktif"
    officers = f"dengan {number(pk)} Pembimbing Kemasyarakatan (PK)" if pk else "tanpa PK yang ditetapkan"
    return f"{unit} membimbing {said(klien)} klien {officers}"


def load(klien: Shown, pk: int) -> str:
    """The mean number of clients per PK; "" when it would reveal a masked number."""
    if not known(klien) or not klien or not pk:
        return ""
    return f"rata-rata {'kurang dari 1' if klien < pk else number(round(klien / pk))} klien per PK"


def guidance(done: Shown, missed: Shown) -> str:
    """Contacts done and missed, in lower case and without the full stop."""
    if NO_DATA in (done, missed):
        return "belum ada bulan yang ditutup"
    came = f"{said(done)} bimbingan terlaksana" if done != 0 else "belum ada bimbingan yang terlaksana"
    away = f"{said(missed)} kali klien tidak hadir" if missed != 0 else "klien selalu hadir"
    return f"{came} dan {away}"


def money(value: Decimal) -> str:
    """An amount without "Rp", for a column with (Rp) in its head; sen only when there are any."""
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
    """A whole percentage, or a dash where it has no meaning or reveals a masked count. Only the full amount is 100%."""
    if part in (*SECRET, NO_DATA) or whole in (*SECRET, NO_DATA) or part is None or not whole:
        return NONE
    percent = Decimal(part) * 100 / whole
    if 0 < percent < 1:
        return "<1%"
    return ">99%" if 99 < percent < 100 else f"{grouped(percent)}%"


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
