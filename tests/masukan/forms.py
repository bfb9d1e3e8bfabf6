"""What a page offers to fill in or to follow: its forms with every field, and the queries of its links."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import html

FILLED = {
    "date": "2026-11-02", "time": "09:00", "datetime-local": "2026-11-02T09:00", "month": "2026-11", "number": "1",
    "email": "orang@contoh.go.id", "tel": "081234567890", "url": "https://contoh.go.id",
}  # fmt: skip
"""What is typed into an empty field of a kind; words into all others."""


@dataclass
class Form:
    """`values` is what a browser would send, empty fields filled in; `kinds` names the kind of every field."""

    method: str
    action: str
    multipart: bool = False
    values: list[tuple[str, object]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, kind: str, value: object) -> None:
        self.kinds.setdefault(name, kind)
        self.values.append((name, value))


def forms_of(page: str, address: str) -> list[Form]:
    """The forms of a page, and the parts of it that htmx sends by itself; addresses without host."""
    tree = _parsed(page)
    if tree is None:
        return []
    made = [_form(form, form.get("method", "get").lower(), form.get("action"), address) for form in tree.iter("form")]
    for form in tree.iter("form"):
        for button in form.xpath(".//*[@formaction]"):
            made.append(_form(form, button.get("formmethod", "post").lower(), button.get("formaction"), address))
    for method in ("get", "post"):
        for part in tree.xpath(f"//*[@hx-{method}]"):
            form = next(part.iterancestors("form"), part)
            made.append(_form(form, method, part.get(f"hx-{method}"), address))
    return made


def links_of(page: str, address: str) -> list[Form]:
    """The links with a query, as forms: their names are parameters too."""
    tree = _parsed(page)
    found = [] if tree is None else [link.get("href") for link in tree.iter("a") if "?" in (link.get("href") or "")]
    return [_link(urljoin(address, href)) for href in found]


def _link(href: str) -> Form:
    return _with_query(Form("get", href), href)


def _with_query(form: Form, href: str) -> Form:
    if form.method == "get":
        form.action = urlsplit(href).path
        for name, value in parse_qsl(urlsplit(href).query, keep_blank_values=True):
            form.take(name, "text", value)
    return form


def _parsed(page: str):
    return html.fromstring(page) if page.strip() else None


def _form(element, method: str, action: str | None, address: str) -> Form:
    href = urljoin(address, action or "")
    made = _with_query(Form(method, href, "multipart" in element.get("enctype", "")), href)
    for part in element.iter("input", "select", "textarea", "button"):
        name, kind = part.get("name"), part.get("type", "text") if part.tag == "input" else part.tag
        if name and part.get("disabled") is None and kind not in ("submit", "button", "image", "reset"):
            _take(made, part, name, kind)
    sends = element.xpath(".//button[@name and @value] | .//input[@type='submit' and @name]")
    if sends:  # the first button is the one that Enter presses
        made.take(sends[0].get("name"), "hidden", sends[0].get("value") or "")
    return made


def _take(made: Form, part, name: str, kind: str) -> None:
    if part.tag == "select":
        options = part.xpath(".//option")
        marked = [one for one in options if one.get("selected") is not None and one.get("value")]
        real = marked or [one for one in options if one.get("value")][:1]
        made.take(name, "select", real[0].get("value") if real else "")
    elif part.tag == "textarea":
        made.take(name, "textarea", part.text or "Isian untuk uji")
    elif kind in ("radio", "checkbox"):
        known = name in made.kinds
        if part.get("checked") is not None and known and kind == "radio":
            made.values = [(one, value) for one, value in made.values if one != name]
        if not known or part.get("checked") is not None:
            made.take(name, kind, part.get("value", "on"))
    elif part.tag == "input":
        filled = part.get("value") or part.get("min") or FILLED.get(kind, "Isian untuk uji")
        made.take(name, kind, None if kind == "file" else filled)
