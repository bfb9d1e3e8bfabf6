"""Odd values: what a field, a parameter or a part of an address is not meant to hold.

Text is sent as UTF-8, bytes as they are. Nothing here is dangerous by itself; each value has broken some program
because it is a digit, a number, a date, a text or a file for one part of it and none for the next.
"""

import os
from dataclasses import dataclass
from itertools import chain
from zlib import crc32

TEXT: list = [
    "", " ", "\0", "a\0b", "\x01\x1b[31m", "\r\nSet-Cookie: a=b", "\u2028", "\u202e", "\ufeff", "\ufffe", "😀" * 300,
    b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", "İ", "ﷺ" * 100, "e" + "\u0301" * 200, "x" * 300, "x" * 70_000,
    "%", "%00", "%s%n{0}{{7*7}}", "<script>alert(1)</script>", "' OR 1=1 --", "\\", "_%_", "../../etc/passwd",
    "a,b;c",
    "null", "true", "[]", "{}", "[1,2]", '{"a":1}', "None", "undefined",
]  # fmt: skip
NUMBERS: list = [
    "0", "-1", "-0", "007", "²", "٣", "１２", "①", "½", "1_0", " 1", "1 ", "+1", "0x1f", "1e5", "1e999", "1,5", "1.5",
    "1.000.000.000.000.000.000", "9" * 10, "9" * 18, "9" * 19, "-" + "9" * 19, "9" * 40, "9" * 5000, "0." + "1" * 200,
    "2147483648", "32768", "inf", "-Infinity", "nan", "sNaN",
]  # fmt: skip
DATES: list = [
    "0000-01-01", "0001-01-01", "0001-01-02T00:00", "1899-12-31", "9999-12-31", "9999-12-31T23:59", "10000-01-01",
    "2026-02-30", "2026-13-01", "٢٠٢٦-١١-٣٠", "2026-W48-1", "20261130", "30/11/2026", "2026-11-30T25:00",
    "2026-11-30T10:00:00+99:99", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "24:00", "99:99",
    "23:59:60",
    "0000", "9999", "10000", "2026-00", "9999-12",
]  # fmt: skip
KEYS: list = [
    "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", "bukan-uuid", "===", "YWJj",
    "p=abc",
    "-id", "__proto__", "id__in", "pk__gt",
]  # fmt: skip
ALL = [*TEXT, *NUMBERS, *DATES, *KEYS]


ASKED = os.environ.get("MASUKAN", "1")
EACH = len(ALL) * 2 if ASKED == "semua" else int(ASKED)
"""How many values each name meets by itself; three times as many where all names of a form hold the same one."""


@dataclass(frozen=True)
class File:
    """One file in a multipart body; `head` replaces the whole Content-Disposition if given."""

    name: str = "berkas.pdf"
    body: bytes = b""
    kind: str = "application/pdf"
    filename: bool = True


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x17p\0\0\x17p\x08\x02\0\0\0"
FILES: list = [
    File(), File("", b"x"), File("a\0b.pdf", b"%PDF-1.7\n"), File("../../../etc/passwd", b"%PDF-1.7\n%%EOF"),
    File("x" * 5000 + ".pdf", b"%PDF-1.7"), File("😀\u202efdp.exe", b"MZ"), File("a.png", PNG, "image/png"),
    File("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"), File("a.xlsx", b"PK\x03\x04", "application/zip"),
    File("a.csv", b"\xff\xfe\0\0", "text/csv"), File("a.csv", b'"', "text/csv; charset=utf-7"),
    File("a.csv", b"\0" * 100, "text/csv"), File("a.csv", b";" * 20_000, "\0"),
    File("a.svg", b"<svg/>", "image/svg+xml"),
    File("berkas.pdf", b"x", "application/pdf", filename=False), File(".", b"x"),
    File("a.heic", b"\0\0\0\x18ftypheic"),
    File("a.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>"),
]  # fmt: skip

METHODS = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get", "²"]
HEADERS: list = [
    {"If-None-Match": '"\\x'}, {"If-None-Match": "W/," * 500},
    {"If-Modified-Since": "Thu, 99 Foo 99999 25:61:61 GMT"},
    {"If-Modified-Since": "Mon, 01 Jan 0000 00:00:00 GMT"}, {"If-Unmodified-Since": "\xff"},
    {"Range": "bytes=9-1,-0,a-"},
    {"Accept-Language": "id-\xff;q=1e999,*;q=nan"}, {"Accept-Language": "x-" * 3000}, {"Accept": "\xff/*;q=²"},
    {"Accept": "text/html;q=inf, */*;q=-1"}, {"Accept-Encoding": "\x01, gzip;q=nan"},
    {"Authorization": "Token \xff\xfe"},
    {"Authorization": "Basic ===="}, {"Authorization": "Token"}, {"Authorization": "Token a b"},
    {"X-Otomatis": "\xff"},
    {"Host": "a..b:99999999"}, {"X-Forwarded-For": "\xff, ::1%², 999.1.1.1"}, {"X-Forwarded-Proto": "\xff"},
    {"Referer": "http://[::1"}, {"Origin": "http://[:"}, {"User-Agent": "\xff" * 3000}, {"X-Request-Id": "\x01²"},
    {"HX-Request": "true", "HX-Target": "\xff", "HX-Current-URL": "http://[::1", "HX-Trigger": "{"},
    {"HX-Request": "true", "HX-Current-URL-URI-AutoEncoded": "true", "HX-Current-URL": "%ff%zz"},
    {"HX-Request": "true", "HX-Boosted": "²", "HX-History-Restore-Request": "\x01"},
]  # fmt: skip
COOKIES = [
    "csrftoken=\xff",
    "messages=junk",
    "messages=.eJy",
    "csrftoken=" + "x" * 5000,
    "=; ;;a",
    "django_language=\x01",
]
"""Beside the cookie of the session."""
SESSIONS = ["\xff", "²" * 32, "a" * 5000, "\x01", "'", ""]
"""In place of the cookie of the session."""
LINE = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n'
BODIES: list[tuple[str, bytes]] = [  # (content type, body)
    ("multipart/form-data", b"x"), ("multipart/form-data; boundary=", b"x"), ("multipart/form-data; boundary=b", b""),
    ("multipart/form-data; boundary=b", LINE), ("multipart/form-data; boundary=b", b"--b\r\n\r\n\r\n--b--"),
    ("multipart/form-data; boundary=b", LINE.replace(b'"a"', b'"\xff\0"') + b"x\r\n--b--\r\n"),
    ("multipart/form-data; boundary=\xff", b"x"), ("multipart/form-data; boundary=" + "b" * 300, b"x"),
    ("multipart/form-data; boundary=b; charset=utf-7", LINE + b"+AGE\r\n--b--\r\n"),
    ("multipart/form-data; boundary=b", LINE.replace(b"\r\n\r\n",
    b"\r\nContent-Transfer-Encoding: base64\r\n\r\n") + b"=\r\n--b--"),
    ("multipart/form-data; boundary=b", (LINE + b"\r\n") * 1100 + b"--b--\r\n"),
    ("multipart/form-data; boundary=b", (LINE.replace(b'"a"', b'"a"; filename="a"') + b"\r\n") * 120 + b"--b--\r\n"),
    ("multipart/mixed; boundary=b", LINE), ("application/x-www-form-urlencoded", b"&" * 3000),
    ("application/x-www-form-urlencoded", b"a=1&" * 1100),
    ("application/x-www-form-urlencoded", b"%ff%00=%zz&\xff\0"),
    ("application/x-www-form-urlencoded; charset=bukan", b"a=1"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=1"),
    ("application/json", b"{"), ("application/json", b"[" * 100_000), ("application/json", b'{"a":1e999}'),
    ("application/json; charset=utf-16", b"{}"), ("application/json; charset=bukan", b"{}"),
    ("application/json", b"\xff"),
    ("text/xml", b"<a/>"), ("\xff", b"x"), ("", b"x"), ("a" * 3000, b"x"), ("application/json", b'"\\ud800"'),
    ("application/x-www-form-urlencoded", b"a=" + b"x" * 6_000_000),
]  # fmt: skip

OF_KIND = {
    "number": NUMBERS, "date": DATES, "datetime-local": DATES, "time": DATES, "month": DATES, "file": FILES,
    "hidden": [*KEYS, *NUMBERS], "select": [*NUMBERS, *KEYS], "radio": [*NUMBERS, *KEYS], "checkbox": [*NUMBERS, *KEYS],
}  # fmt: skip


def turns(place: str, values: list, how_many: int) -> list:
    """`how_many` of `values` for a place: always the same, and at every place others."""
    start = crc32(place.encode())
    return values if how_many >= len(values) else [values[(start + 7 * n) % len(values)] for n in range(how_many)]


def chosen(place: str, kind: str, how_many: int) -> list:
    """`how_many` values for what stands at `place` (an address and a name), or all: always the same, and everywhere
    others, first those that its kind of field is not meant to hold."""
    apt, start = OF_KIND.get(kind, TEXT), crc32(place.encode())
    everything = [*apt, *(value for value in ALL if value not in apt)]
    if how_many >= len(everything):
        return everything
    other = everything[len(apt) :]
    turns = range(how_many)
    return list(
        chain.from_iterable((apt[(start + 7 * n) % len(apt)], other[(start + 11 * n) % len(other)]) for n in turns)
    )[:how_many]
