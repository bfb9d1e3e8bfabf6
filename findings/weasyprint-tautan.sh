#!/usr/bin/env bash
# One <a> becomes several Link elements: one per line, and one more inside it for text that CSS adds.
#
# Seen with WeasyPrint 70.0 (pdf_variant "pdf/ua-1"), read with pikepdf 10.17.0, Python 3.11, 30 November 2026.
# A link that wraps is tagged once per line box, each with its own annotation, so a reader announces as many links as there are
# lines. Text of ::after (the page number of a table of contents) becomes a Link inside the Link, with an annotation of
# its own over the same target: links may not be nested in HTML, nor is that what the page says.
#
# Output seen:
#   five words in a narrow box: Link at depth 2, 2, 2, 2, 2; 5 annotations
#   ::after with the page number: Link at depth 2, 3; 2 annotations
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet weasyprint==70.0 pikepdf==10.17.0
PYTHONPATH=$(dirname "$0") PYTHONDONTWRITEBYTECODE=1 "$folder/venv/bin/python" - <<'PYTHON'
import sys

from struktur import structure


BODIES = {
    "five words in a narrow box": '<p style="width: 60px"><a href="#b">satu dua tiga empat lima</a></p><h1 id="b">Bab</h1>',
    "::after with the page number": '<style>a::after { content: " " target-counter(attr(href), page) }</style>'
    '<p><a href="#b">Bab</a></p><h1 id="b">Bab</h1>',
}
seen = []
for label, body in BODIES.items():
    document, nodes = structure(body)
    depths = ", ".join(str(depth) for depth, node in nodes if node.S == "/Link")
    marks = sum(len(page.get("/Annots", [])) for page in document.pages)
    seen.append(f"{label}: Link at depth {depths}; {marks} annotations")

expected = [
    'five words in a narrow box: Link at depth 2, 2, 2, 2, 2; 5 annotations',
    '::after with the page number: Link at depth 2, 3; 2 annotations',
]
print("\n".join(seen))
sys.exit(seen != expected)
PYTHON
