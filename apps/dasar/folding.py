"""Words as a search and an order see them: small letters without accents, apostrophes, dots, dashes and strokes.

`fold` does in Python what `Folded` does in PostgreSQL; a test compares them. No rule depends on a collation of the
machine, so a stored key stays right when the system is updated.
"""

import re
import unicodedata

from django.db.models import CharField, Expression, Func

MARKS = "\u0300-\u036f"
DROPPED = r"!-/:-@\[-`{-~\u2010-\u2015\u2018\u2019\u201b-\u201d\u00b4\u02b9-\u02be"
"""Signs that nobody types twice in the same way: ASCII punctuation, dashes, typographic apostrophes and quotes."""
_SIGNS = re.compile(f"[{DROPPED}{MARKS}]")
_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def fold(words: str) -> str:
    """ "Ma’ruf, H. Aḥmad" is "maruf h ahmad"; "KL-2026-02427" is "kl202602427"."""
    return _SIGNS.sub("", unicodedata.normalize("NFKD", words)).translate(_SMALL)


class Folded(Func):
    """`fold` of a text, at most `most` characters. Immutable, so that a column can be generated from it."""

    template = (
        "left(lower(regexp_replace(normalize(%(expressions)s, NFKD), "
        f"'[{DROPPED}{MARKS}]', '', 'g') COLLATE \"C\"), %(most)s)"
    )
    output_field = CharField()

    def __init__(self, expression: Expression | str, *, most: int):
        super().__init__(expression, most=most)


class Side(Func):
    """Texts with a space between them, as an immutable expression (`Concat` of Django is none)."""

    template = "(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = CharField()
