"""What people read: no stigma, no shouting, amounts written one way."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SOURCES = sorted(file for file in (ROOT / "apps").rglob("*.py") if "migrations" not in file.parts)
STIGMA = re.compile(
    r"mantan napi|eks[- ]?napi|narapidana|\bnapi\b|residivis\b|pelaku kejahatan|penjahat|mangkir", re.IGNORECASE
)
LOOSE_AMOUNT = re.compile(r"Rp\s+\d")


def text_of(template):
    """The words of a template, without tags, comments, expressions and scripts."""
    source = template.read_text(encoding="utf-8")
    return re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<[^>]*>", " ", source, flags=re.DOTALL)


def strings_of(source):
    """Every string of a module except its docstrings, which are for programmers."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield node.value


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT)))
def test_templates_speak_calmly(template):
    text = text_of(template)
    assert not STIGMA.findall(text)
    assert not LOOSE_AMOUNT.findall(text)
    assert not re.findall(r"\w!(?:\s|$)", text)


@pytest.mark.parametrize("source", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_sentences_of_the_code_speak_calmly(source):
    found = [text for text in strings_of(source) if STIGMA.search(text) or LOOSE_AMOUNT.search(text)]
    assert not found
