"""Numbers as people type them or paste them from a spreadsheet, and the factors of a cost line."""

import re
from decimal import Decimal
from math import prod

AMBIGUOUS = "Angka {} dapat dibaca dua cara. Tulis ribuan dengan titik dan desimal dengan koma, misalnya 1.250.000,50."
UNREADABLE = "{} bukan angka. Tulis misalnya 1.250.000 atau 1.250.000,50."

_INDONESIAN = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d{1,2})?|-?\d+(,\d{1,2})?")
_MACHINE = re.compile(r"-?\d{1,3}(,\d{3}){2,}(\.\d{1,2})?|-?\d{1,3}(,\d{3})+\.\d{1,2}|-?\d+\.\d{1,2}")
_DIGITS = re.compile(r"-?[\d.,]+")


def read_number(text: str) -> Decimal:
    """The only possible reading of `text`; otherwise `ValueError` with a sentence.

    Indonesian notation comes first: "1.250" is one thousand two hundred and fifty. English notation is read only where
    it cannot be Indonesian ("1250000.50", "1,250,000"); "1,250" and "0.500" could be either and are refused.
    """
    written = re.sub(r"^Rp\.?|\s", "", text.strip(), flags=re.IGNORECASE)
    if _INDONESIAN.fullmatch(written) and not written.lstrip("-").startswith("0."):
        return Decimal(written.replace(".", "").replace(",", "."))
    if _MACHINE.fullmatch(written):
        return Decimal(written.replace(",", ""))
    raise ValueError((AMBIGUOUS if _DIGITS.fullmatch(written) else UNREADABLE).format(f"“{text.strip()}”"))


_TIMES = re.compile(r"\s*[×*]\s*|(?<=[\s\d])[xX](?=[\s\d])")
_FACTOR = re.compile(r"\s*(?:Rp\s*)?([\d.,]+)\s*[^\d.,]*", re.IGNORECASE)


def read_product(text: str) -> Decimal | None:
    """ "15 org x 2 keg" → 30. None when the words are not a product of numbers."""
    factors = [_FACTOR.fullmatch(part) for part in _TIMES.split(text)]
    try:
        return (
            prod((read_number(factor[1]) for factor in factors if factor), start=Decimal(1)) if all(factors) else None
        )
    except ValueError:
        return None
