#!/usr/bin/env bash
# A <dl> is tagged as a list in which term and description are two items without a label.
#
# Seen with WeasyPrint 70.0 (pdf_variant "pdf/ua-1"), read with pikepdf 10.17.0, Python 3.11, 30 November 2026.
# ISO 32000-1, 14.8.4.3.3 has Lbl and LBody for a term and what it means. WeasyPrint makes an LI with an LBody of each <dt> and of
# each <dd>, so that two pairs are read as "list of four". With the <div> around a pair that HTML allows, the LI are
# no children of L any more: a Div stands between them, which the structure types of a list do not allow.
#
# Output seen:
#   plain: L, LI, LBody, LI, LBody
#   grouped: L, Div, LI, LBody, LI, LBody
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet weasyprint==70.0 pikepdf==10.17.0
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys

import pikepdf
from weasyprint import HTML


def structure(body):
    """The structure elements of a page with `body`, from the top, each with its depth."""
    html = f'<!doctype html><html lang="id"><head><title>Contoh</title></head><body>{body}</body></html>'
    found = []

    def walk(node, depth):
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                found.append((depth, kid))
                walk(kid, depth + 1)

    document = pikepdf.open(io.BytesIO(HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")))
    walk(document.Root.StructTreeRoot, 0)
    return document, found


seen = []
for label, body in (("plain", "<dl><dt>Bapas</dt><dd>Palu</dd></dl>"), ("grouped", "<dl><div><dt>Bapas</dt><dd>Palu</dd></div></dl>")):
    _, nodes = structure(body)
    kinds = [str(node.S)[1:] for _, node in nodes if node.S not in ("/Document", "/Span")]
    seen.append(f"{label}: {', '.join(kinds)}")

expected = [
    'plain: L, LI, LBody, LI, LBody',
    'grouped: L, Div, LI, LBody, LI, LBody',
]
print("\n".join(seen))
sys.exit(seen != expected)
PYTHON
