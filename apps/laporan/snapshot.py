"""Frozen dataclasses ↔ plain JSON, so that a report stores its figures in one column."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


def dump(value: Any) -> Any:
    """Plain lists, dicts and strings; Decimal and dates as text, so nothing is rounded."""
    if is_dataclass(value):
        return {field.name: dump(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def load(kind: Any, value: Any) -> Any:
    """The inverse of `dump` for the annotated type `kind`."""
    if isinstance(kind, UnionType):
        return None if value is None else load(get_args(kind)[0], value)
    if get_origin(kind) is tuple:
        return tuple(load(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: load(hints[name], value[name]) for name in hints})
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value


def fingerprint(snapshot: Any) -> str:
    """SHA-256 of the snapshot, independent of the order of its keys."""
    text = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def short(digest: str) -> str:
    return f"{digest[:4]}…{digest[-4:]}"
