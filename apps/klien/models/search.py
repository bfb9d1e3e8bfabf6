"""What a typed search asks of the stored text of a client. Pure."""

import re

from django.db import models
from django.db.models.lookups import PostgresOperatorLookup

from apps.dasar.entries import TELEPHONE
from apps.dasar.folding import fold
from apps.klien.crypto import telephone_index

LEAST_ALIKE = 0.3
"""Lowest trigram similarity at which two names resemble each other: Muhamad and Mohammad still do."""
SHORTEST_TERM = 3
"""Letters or digits; fewer find half of the office."""
MOST_WORDS = 6
"""Words of a search that count; nobody is found better by more."""


@models.CharField.register_lookup
class Like(PostgresOperatorLookup):
    """The operator LIKE on a folded column: no upper-casing, no collation."""

    lookup_name = "like"
    postgres_operator = "LIKE"


def asked_for(term: str) -> dict[str, str]:
    """What `KlienQuerySet.matching` has to find for a typed term: a pattern per word, in any order, and the HMAC of a
    telephone number. A word may be a part of name, alias, call name, code, register number or village."""
    words = fold(term).split()[:MOST_WORDS]
    if TELEPHONE.fullmatch(term.strip()):
        return {"kata_0": contains("".join(words)), "telepon": telephone_index(term)}
    return {f"kata_{place}": contains(word) for place, word in enumerate(words)} or {"kata_0": contains(term)}


def contains(term: str) -> str:
    """The pattern of text that contains `term`."""
    literal = re.sub(r"([\\%_])", r"\\\1", term)
    return f"%{literal}%"
