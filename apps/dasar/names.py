"""Names of files and papers stand in lists, headings and logs, so they hold no NIK."""

import re

from django.db.models import Q

HIDDEN = "[NIK]"
NO_NIK = "Jangan tulis NIK di sini: judul tampil pada daftar."
_IN_GROUPS = re.compile(r"\d(?:[ ._-]?\d){15,}")


def without_nik(name: str) -> str:
    """`name` with a mark for sixteen digits, also in groups; a longer number may hold a NIK and goes too."""
    return _IN_GROUPS.sub(HIDDEN, name)


def holds_nik(column: str) -> Q:
    """True where the text of `column` holds sixteen digits in a row, for a constraint."""
    return Q(**{f"{column}__regex": r"\d{16}"})
