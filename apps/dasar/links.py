"""Addresses of pages. `reverse` searches the URLconf at every call, which a list does for every row."""

from functools import cache

from django.urls import get_script_prefix, reverse

_FIRST = 7_770_000_001
"""Numbers that stand for ids while the address of a page is worked out; no other part of an address looks like them."""


def to(name: str, *ids: int) -> str:
    """What `reverse(name, args=ids)` gives for ids that are whole numbers."""
    return _pattern(name, len(ids), get_script_prefix()).format(*ids)


@cache
def _pattern(name: str, count: int, prefix: str) -> str:
    """The address of a page with `{}` in place of each id."""
    ids = range(_FIRST, _FIRST + count)
    address = reverse(name, args=ids).replace("{", "{{").replace("}", "}}")
    for one in ids:
        address = address.replace(str(one), "{}")
    return address
