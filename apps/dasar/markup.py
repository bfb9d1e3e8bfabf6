"""HTML that functions write where a template would cost too much. Whatever goes in is escaped, unless it is safe
already. Of all that draws, only this module declares a text safe."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

NOTHING = SafeString("")


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """` name="value"` for each. True stands without a value; False and None are left out.

    Values are what a browser sends back, so they are never in the reader's notation.
    """
    return mark_safe("".join(_attribute(name, value) for name, value in attrs.items()))  # noqa: S308 escaped below


def tag(name: str, attrs: Mapping[str, Any], *inner: Any) -> SafeString:
    """An element with what stands in it, one part behind the other."""
    return mark_safe(f"{start(name, attrs)}{joined(inner)}</{name}>")  # noqa: S308 all parts are safe


def start(name: str, attrs: Mapping[str, Any]) -> SafeString:
    """The start tag, which is all of an element like `input`."""
    return mark_safe(f"<{name}{attributes(attrs)}>")  # noqa: S308 names are those of our code


def joined(parts: Iterable[Any]) -> SafeString:
    return mark_safe("".join(map(conditional_escape, parts)))  # noqa: S308 escaped


def words(value: Any) -> SafeString:
    """What people read: numbers and dates in their notation."""
    return conditional_escape(value if isinstance(value, str) else localize(value))


def _attribute(name: str, value: Any) -> str:
    if value is False or value is None:
        return ""
    return f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
