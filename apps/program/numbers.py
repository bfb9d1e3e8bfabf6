"""The factors of a cost line."""

import re
from decimal import Decimal
from math import prod

from apps.dasar.numbers import read_number

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
