"""What a page is handed has one name, and that an Indonesian one: in views, in templates, in the parts of a page."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOUBLES = {
    "changes": "perubahan", "chapters": "bab", "chart": "bagan", "columns": "kolom", "current": "berjalan",
    "done": "selesai", "duty": "penugasan", "filter": "saring", "groups": "grup", "history": "riwayat",
    "kembali": "url_kembali", "line": "rincian", "lines": "baris", "link": "tautan", "many": "banyak", "map": "peta",
    "most": "paling_banyak", "needs": "kebutuhan", "numbers": "angka", "obstacles": "kendala", "office": "bapas",
    "own": "kantor_sendiri", "past": "lampau", "person": "orang", "plan": "rencana", "refusal": "penolakan",
    "region": "wilayah", "roles": "peran", "rows": "baris", "sentence": "kalimat", "tabs": "tab", "title": "judul",
    "trend": "tren", "waiting": "menunggu",
}  # fmt: skip
"""Names that were used beside an Indonesian one, and that one. What may be done is `boleh_…`, never `may_…`."""
OF_DJANGO = ("admin", "django")
"""Folders of templates that speak to Django's own pages and forms with its words."""
TEMPLATES = [
    file
    for folder in sorted((ROOT / "templates").iterdir()) if folder.name not in OF_DJANGO
    for file in ([folder] if folder.is_file() else sorted(folder.rglob("*.*")))
]  # fmt: skip
VIEWS = sorted([
    *(ROOT / "apps").glob("*/views.py"), *(ROOT / "apps").glob("*/views/*.py"), ROOT / "pemasyarakatan" / "umum.py",
    *(ROOT / "apps" / name for name in ("akun/services.py", "dasar/charts.py", "dasar/letters.py", "dasbor/panels.py",
                                        "jejak/compare.py", "laporan/document.py")),
])  # fmt: skip
"""Modules that hand dicts to templates."""
TAG = re.compile(r"\{%\s*(?!block|partial)\w+(.*?)%\}|\{\{(.*?)\}\}", re.DOTALL)
TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
NAME = re.compile(r"(?<![\w.|])[a-z]\w*")
"""A variable, a parameter of an include, or a word of a tag; not an attribute and not a filter."""
TO_A_DEVICE = {
    "apps/klien/views/guidance.py": {"kembali": "url_kembali"},
    "pemasyarakatan/umum.py": {"title": "judul"},  # a problem as RFC 9457 spells it
}
"""Answers to a queue or a program, which no template reads."""


def test_templates_read_no_second_name():
    assert _doubles(TEMPLATES, _names) == {}


def test_views_hand_over_no_second_name():
    assert _doubles(VIEWS, _keys) == TO_A_DEVICE


def _doubles(files: list[Path], names_in: Callable[[str], Iterator[str]]) -> dict[str, dict[str, str]]:
    """Per file the second names in it, each with the name to use."""
    found = {}
    for file in files:
        names = set(names_in(file.read_text(encoding="utf-8")))
        doubles = {name: DOUBLES.get(name, "boleh_…") for name in names if name in DOUBLES or name.startswith("may_")}
        if doubles:
            found[str(file.relative_to(ROOT))] = doubles
    return found


def _names(template: str) -> Iterator[str]:
    for tag, variable in TAG.findall(template):
        yield from NAME.findall(TEXT.sub("", tag or variable))


def _keys(source: str) -> Iterator[str]:
    """Keys of every dict that is written out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            yield from (str(key.value) for key in node.keys if isinstance(key, ast.Constant))
