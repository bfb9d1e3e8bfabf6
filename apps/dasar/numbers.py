"""Numbers and amounts as people type them or paste them from a spreadsheet: one reader for the whole portal."""

import re
from decimal import Decimal

AMBIGUOUS = "Angka {} dapat dibaca dua cara. Tulis ribuan dengan titik dan desimal dengan koma, misalnya 1.250.000,50."
UNREADABLE = "{} bukan angka. Tulis misalnya 1.250.000 atau 1.250.000,50."

_AROUND = re.compile(r"^Rp\.?|(?:,-+|,=|\.-+)$|\s", re.IGNORECASE)
"""What stands around an amount: Rp before it, ",-" after it."""
_INDONESIAN = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d{1,2})?|-?\d+(,\d{1,2})?")
_MACHINE = re.compile(r"-?\d{1,3}(,\d{3}){2,}(\.\d{1,2})?|-?\d{1,3}(,\d{3})+\.\d{1,2}|-?\d+\.\d{1,2}")
_DIGITS = re.compile(r"-?[\d.,]+")
_SHORTENED = re.compile(r"-?\d{1,3}\.\d{1,2}")


def read_number(text: str) -> Decimal:
    """The only possible reading of `text`; otherwise `ValueError` with a sentence.

    Indonesian notation comes first: "1.250" is one thousand two hundred and fifty. English notation is read only where
    it cannot be Indonesian ("1250000.50", "1,250,000"); "1,250" and "0.500" could be either and are refused.
    """
    written = _AROUND.sub("", _AROUND.sub("", text.strip()))
    if _INDONESIAN.fullmatch(written) and not written.lstrip("-").startswith("0."):
        return Decimal(written.replace(".", "").replace(",", "."))
    if _MACHINE.fullmatch(written):
        return Decimal(written.replace(",", ""))
    raise ValueError((AMBIGUOUS if _DIGITS.fullmatch(written) else UNREADABLE).format(f"“{text.strip()}”"))


def read_money(text: str) -> Decimal:
    """An amount of rupiah; "1.5" may be a million and a half, so it is refused like every ambiguous number."""
    if _SHORTENED.fullmatch(_AROUND.sub("", text.strip())):
        raise ValueError(AMBIGUOUS.format(f"“{text.strip()}”"))
    return read_number(text)
