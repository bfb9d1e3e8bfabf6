"""One odd request after another, each undone afterwards, and what is wrong with its answer."""

import re
import traceback
from contextlib import contextmanager
from itertools import chain, groupby
from urllib.parse import quote_from_bytes

from django.db import transaction
from lxml import html

from tests.masukan.forms import Form
from tests.masukan.odd import File

LIMIT = b"--batas-uji"
WORDS = re.compile(r"[A-Za-z]{2,}")


def as_bytes(value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


def query_of(pairs) -> str:
    return "&".join(
        f"{quote_from_bytes(as_bytes(name), safe='')}={quote_from_bytes(as_bytes(value), safe='')}"
        for name, value in pairs
        if not isinstance(value, File) and value is not None
    )


def multipart_of(pairs) -> bytes:
    return b"".join(_part(as_bytes(name), value) for name, value in pairs if value is not None) + LIMIT + b"--\r\n"


def _part(name: bytes, value) -> bytes:
    head = b'\r\nContent-Disposition: form-data; name="' + name + b'"'
    if isinstance(value, File):
        if value.filename:
            head += b'; filename="' + as_bytes(value.name) + b'"'
        head += b"\r\nContent-Type: " + as_bytes(value.kind)
        value = value.body
    return LIMIT + head + b"\r\n\r\n" + as_bytes(value) + b"\r\n"


class Browser:
    """Sends odd requests as one person and collects what is wrong in `faults`: (what was sent, what came back)."""

    def __init__(self, client):
        self.client, self.faults, self.sent, self.stored = client, [], 0, 0

    def get(self, address: str, pairs=(), *, why: str, **headers):
        query = query_of(pairs)
        return self.send("GET", f"{address}?{query}" if query else address, why=why, **headers)

    def submit(self, form: Form, pairs, *, why: str, **headers):
        if form.method != "post":
            return self.get(form.action, pairs, why=why, **headers)
        if form.multipart:
            kind, body = f"multipart/form-data; boundary={LIMIT[2:].decode()}", multipart_of(pairs)
        else:
            kind, body = "application/x-www-form-urlencoded", query_of(pairs).encode()
        return self.send("POST", form.action, body, kind, why=why, **headers)

    def send(self, method: str, address: str, body=b"", kind: str = "", *, why: str, **headers):
        """The answer, or None if there was an exception; nothing of it is left in the database."""
        cookies = {name: one.value for name, one in self.client.cookies.items()}
        with undone():
            answer = self._answer(method, address, body, kind, why, headers)
            if answer is not None and method == "POST" and answer.status_code in (302, 303):
                self.stored += 1
                target = answer.headers["Location"]
                if target.startswith("/"):
                    self._answer("GET", target, b"", "", f"{why}, lalu {target}", {})
        self.client.cookies.clear()
        self.client.cookies.load(cookies)
        return answer

    def _answer(self, method, address, body, kind, why, headers):
        self.sent += 1
        try:
            answer = self.client.generic(method, address, body, kind, headers=headers)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        except Exception as problem:
            self.faults.append(f"{why} → {_where(problem)}")
            return None
        answer.words = content
        if fault := fault_of(answer, content, method):
            self.faults.append(f"{why} → {fault}")
        return answer


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _where(problem: Exception) -> str:
    ours = [one for one in traceback.extract_tb(problem.__traceback__) if "/apps/" in one.filename]
    place = ours[-1] if ours else traceback.extract_tb(problem.__traceback__)[-1]
    return f"{type(problem).__name__}: {str(problem)[:150]!r} at {place.filename.split('/apps/')[-1]}:{place.lineno}"


def fault_of(answer, content: bytes, method: str) -> str:
    """What is wrong with an answer: an error of the program, or a refusal without a sentence."""
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    if answer.status_code >= 400 and method != "HEAD":
        kind = answer.headers.get("Content-Type", "")
        if "json" in kind:
            return "" if len(WORDS.findall(content.decode())) > 2 else f"{answer.status_code} JSON without a sentence"
        if len(WORDS.findall(_body_text(content))) < 3:
            return f"{answer.status_code} without a sentence"
    return ""


def _body_text(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    if not text.strip():
        return ""
    page = html.fromstring(text)
    main = page.xpath("//main") or [page]
    return main[0].text_content()


def told(faults: list[str]) -> str:
    """Faults by what came back, three examples of each."""
    ordered = sorted(faults, key=_outcome)
    groups = ((what, list(found)) for what, found in groupby(ordered, key=_outcome))
    lines = [[f"{len(found)} × {what}", *(f"    {one[:200]}" for one in found[:3])] for what, found in groups]
    return "\n".join(chain.from_iterable(lines))


def _outcome(fault: str) -> str:
    return fault.partition(" → ")[2]
