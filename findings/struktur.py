"""Reads the tags of a PDF that WeasyPrint made; the scripts beside this file share it."""

import io

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
