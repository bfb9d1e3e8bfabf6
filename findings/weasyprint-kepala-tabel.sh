#!/usr/bin/env bash
# Head cells of a tagged table: no /Scope, and a row head counts only when HTML says scope="row".
#
# Seen with WeasyPrint 70.0 (pdf_variant "pdf/ua-1"), read with pikepdf 10.17.0, Python 3.11, 30 November 2026.
# ISO 14289-1, 7.5 asks that a reader can find the heads of a data cell, by /Scope on the heads or /Headers on the cell.
# WeasyPrint writes /Headers only. A <th> that opens a row of <tbody> is among them when it has scope="row"; without the
# attribute it is a TH that heads nothing, although HTML gives such a cell the row as its scope. The corner cell above
# the row heads is named by no cell in either case, and has no /Scope that would say what it heads.
#
# Output seen:
#   without scope: /Scope on 0 of 3 heads; the cell names Klien
#   with scope: /Scope on 0 of 3 heads; the cell names Palu, Klien
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet weasyprint==70.0 pikepdf==10.17.0
PYTHONPATH=$(dirname "$0") PYTHONDONTWRITEBYTECODE=1 "$folder/venv/bin/python" - <<'PYTHON'
import sys

from struktur import structure


ROWS = "<table><thead><tr><th{c}>Bapas</th><th{c}>Klien</th></tr></thead><tbody><tr><th{r}>Palu</th><td>5</td></tr></tbody></table>"
WORDS = ["Bapas", "Klien", "Palu"]
seen = []
for label, c, r in (("without scope", "", ""), ("with scope", ' scope="col"', ' scope="row"')):
    _, nodes = structure(ROWS.format(c=c, r=r))
    heads = [node for _, node in nodes if node.S == "/TH"]
    names = {str(head.ID): word for head, word in zip(heads, WORDS, strict=True)}
    cell = next(node for _, node in nodes if node.S == "/TD")
    scoped = sum("/Scope" in head.A for head in heads)
    named = ", ".join(names[str(key)] for key in cell.A.Headers)
    seen.append(f"{label}: /Scope on {scoped} of {len(heads)} heads; the cell names {named}")

expected = [
    'without scope: /Scope on 0 of 3 heads; the cell names Klien',
    'with scope: /Scope on 0 of 3 heads; the cell names Palu, Klien',
]
print("\n".join(seen))
sys.exit(seen != expected)
PYTHON
