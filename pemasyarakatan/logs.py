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
        elif isinstance(value, str):
            event[key] = NIK.sub("[NIK]", value)
    return event
