"""Log lines contain ids and codes, never personal data."""

import json
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.template import VariableDoesNotExist
from django_structlog.middlewares import RequestMiddleware

PERSONAL = frozenset({"nama", "panggilan", "nik", "alamat", "telepon", "email", "catatan", "password"})
HIDDEN = "[disembunyikan]"
SEPARATOR = r"(?:[^\w\n]|_|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}){0,3}"
"""Between two digits: marks and spaces of all kinds, also as `repr` writes them."""
NIK = re.compile(rf"(?<!\d)\d(?:{SEPARATOR}\d){{15}}(?!\d)")
"""Sixteen digits, also in groups as people type them into an address."""
TELEPHONE = re.compile(r"(?<!\w)(?:\+?62[ .-]?|0)8\d(?:[ .-]?\d){7,10}(?!\d)")
LONG_NUMBER = re.compile(r"\d{10,}")
"""No id of a row: a telephone, a NIK, a number of a register."""
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
OF_A_ROW = re.compile(
    r"\b(DETAIL|CONTEXT|QUERY|STATEMENT|LINE \d+):.*?"
    r"(?=\s*\n(?:The above exception|During handling|Traceback \(most recent)|\Z)",
    re.DOTALL,
)
"""What PostgreSQL adds to an error: values of the row, parts of the statement; in a traceback up to the next one."""
AS_TYPED = re.compile(r"""((?:invalid|out of range)[^:\n]*): (["']).*?\2(?=[\n.)]|\\n|\Z)""", re.DOTALL)
"""The value that a sentence ends with: invalid input syntax for type integer: "…"."""
FROM_OUTSIDE = re.compile(r"(Invalid HTTP_HOST header: |checking failed - (?=\S+ does not match)).*", re.DOTALL)
"""Host, origin and referer, as Django repeats them."""
TELLING = (ValueError, LookupError, ValidationError, VariableDoesNotExist)
"""Errors whose text repeats the value that was wrong. Their class and their traceback stay in the log."""
POSITIONS = (UnicodeError, json.JSONDecodeError)
"""…and those of them that say only where."""


class LogMiddleware(RequestMiddleware):
    """One line per request, with the address as the portal knows it."""

    @staticmethod
    def format_request(request) -> str:
        return f"{request.method} {known_address(request)}"


def known_address(request) -> str:
    """The path with the ids and words of the portal; "…" stands for what somebody typed into it."""
    match = request.resolver_match
    if match is None:
        return "…"
    typed = {value for value in match.kwargs.values() if isinstance(value, str)}
    return "/".join("…" if part in typed or LONG_NUMBER.search(part) else part for part in request.path.split("/"))


def tell_errors(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: the traceback as text, without the values that errors repeat; nor in the event itself."""
    error = event.pop("exc_info", None)
    error = sys.exc_info()[1] if error is True else error[1] if isinstance(error, tuple) else error
    if not isinstance(error, BaseException):
        return event
    text = "".join(traceback.format_exception(error)).rstrip()
    for one in _with_causes(error, set()):
        for note in getattr(one, "__notes__", ()):
            text = text.replace(str(note), HIDDEN)
        if isinstance(one, TELLING) and not isinstance(one, POSITIONS) and str(one):
            text = text.replace(f": {one}", f": {HIDDEN}")
            event["event"] = str(event["event"]).replace(repr(one), type(one).__name__)
    event["exception"] = text
    return event


def _with_causes(error: BaseException | None, seen: set[int]) -> Iterator[BaseException]:
    """`error`, what it came from, and the members of a group."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    yield error
    for other in (error.__cause__, error.__context__, *getattr(error, "exceptions", ())):
        yield from _with_causes(other, seen)


def drop_personal_data(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """structlog processor, the last before an event is written, when tracebacks are text already.

    Removes values of personal keys, query strings, values that an error of the database names, addresses of mail, and
    anything that looks like a NIK or a mobile telephone. Of the path of a request stays what the portal knows.
    """
    if request := getattr(event.get("_record"), "request", None):
        event["event"] = str(event["event"]).replace(request.path, known_address(request))
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
        silent = isinstance(value, TELLING) and not isinstance(value, POSITIONS)
        return type(value).__name__ if silent else _clean_text(f"{type(value).__name__}: {value}")
    return "[NIK]" if isinstance(value, int) and NIK.fullmatch(str(value)) else value


def _clean_text(text: str) -> str:
    for _ in range(2):  # an address may be quoted twice
        text = unquote(text) if "%" in text else text
    if ":" in text:
        text = AS_TYPED.sub(rf"\1: {HIDDEN}", OF_A_ROW.sub(rf"\1: {HIDDEN}", text))
    if "@" in text:
        text = MAIL.sub("[surel]", text)
    text = FROM_OUTSIDE.sub(rf"\1{HIDDEN}", text)
    return TELEPHONE.sub("[telepon]", NIK.sub("[NIK]", text))
