"""Log lines contain ids and codes, never personal data."""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

PERSONAL = frozenset({"nama", "panggilan", "nik", "alamat", "telepon", "email", "catatan", "password"})
NIK = re.compile(r"\b\d{16}\b")


def drop_personal_data(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """structlog processor: remove values of personal keys, query strings, and anything that looks like a NIK."""
    for key, value in event.items():
        if key in PERSONAL:
            event[key] = "[disembunyikan]"
        elif key == "request" and isinstance(value, str):
            event[key] = value.partition("?")[0]
        else:
            event[key] = _without_nik(value)
    return event


def _without_nik(value: Any) -> Any:
    """`value` without anything that looks like a NIK, however deep it lies in lists and dictionaries."""
    if isinstance(value, str):
        return NIK.sub("[NIK]", value)
    if isinstance(value, Mapping):
        return {key: "[disembunyikan]" if key in PERSONAL else _without_nik(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_without_nik(part) for part in value]
    return "[NIK]" if isinstance(value, int) and NIK.fullmatch(str(value)) else value
