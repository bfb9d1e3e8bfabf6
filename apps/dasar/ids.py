"""Ids that come as text: in an address, from a form."""

from collections.abc import Iterable

LONGEST = 18
"""So many digits always fit into PostgreSQL's bigint."""


def id_of(text: str | None) -> int | None:
    """The id that `text` names in plain digits; None for everything else, which is then nobody's id."""
    return int(text) if text and len(text) <= LONGEST and text.isascii() and text.isdecimal() else None


def ids_of(texts: Iterable[str]) -> list[int]:
    """The ids among `texts`, in their order."""
    return [found for text in texts if (found := id_of(text)) is not None]
