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
PYTHONPATH=$(dirname "$0") PYTHONDONTWRITEBYTECODE=1 "$folder/venv/bin/python" - <<'PYTHON'
import sys

from struktur import structure


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
