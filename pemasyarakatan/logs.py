"""Log lines contain ids and codes, never personal data."""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

PERSONAL = frozenset({"nama", "panggilan", "nik", "alamat", "telepon", "email", "catatan", "password"})
HIDDEN = "[disembunyikan]"
NIK = re.compile(r"(?<!\d)\d(?:(?:[ -]|%20|\+)?\d){15}(?!\d)")
"""Sixteen digits, also in groups as people type them into an address."""
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
OF_A_ROW = re.compile(
    r"\b(DETAIL|CONTEXT|QUERY|STATEMENT|LINE \d+):.*?"
    r"(?=\s*\n(?:The above exception|During handling|Traceback \(most recent)|\Z)",
    re.DOTALL,
)
"""What PostgreSQL adds to an error: values of the row, parts of the statement; in a traceback up to the next one."""
AS_TYPED = re.compile(r"""((?:invalid|out of range)[^:\n]*): (["']).*?\2(?=[\n.)]|\\n|\Z)""", re.DOTALL)
"""The value that a sentence ends with: invalid input syntax for type integer: "…"."""


def drop_personal_data(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """structlog processor, the last before an event is written, when tracebacks are text already.

    Removes values of personal keys, query strings, values that an error of the database names, addresses of mail, and
    anything that looks like a NIK.
    """
    for key, value in event.items():
        if key in PERSONAL:
            event[key] = HIDDEN
        elif key == "request" and isinstance(value, str):
            event[key] = _clean_text(value.partition("?")[0])
        else:
            event[key] = _clean(value)
    return event


def _clean(value: Any) -> Any:
    """`value` without personal data, however deep it lies in lists and dictionaries."""
    if isinstance(value, str):
        return _clean_text(value)
    if isinstance(value, Mapping):
        return {key: HIDDEN if key in PERSONAL else _clean(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(part) for part in value]
    if isinstance(value, BaseException):
        return _clean_text(f"{type(value).__name__}: {value}")
    return "[NIK]" if isinstance(value, int) and NIK.fullmatch(str(value)) else value


def _clean_text(text: str) -> str:
    text = OF_A_ROW.sub(rf"\1: {HIDDEN}", text)
    text = AS_TYPED.sub(rf"\1: {HIDDEN}", text)
    return MAIL.sub("[surel]", NIK.sub("[NIK]", text))
