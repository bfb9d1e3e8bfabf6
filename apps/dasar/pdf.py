"""HTML → PDF: the only place that knows WeasyPrint.

The same HTML gives the same bytes on any machine: fonts are our own, dates come from the document, and nothing is
fetched but our own static files (`static:path`).
"""

import gc
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from pydyf import Dictionary
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "static:"
OPTIONS = {"pdf_variant": "pdf/ua-1"}


@dataclass(frozen=True)
class Pdf:
    body: bytes
    pages: int


class OwnFiles(URLFetcher):
    """Serves static files of this project and refuses the network, the disk and everything else."""

    def fetch(self, url, headers=None):
        path = finders.find(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if path is None:
            raise ValueError(f"Refused to fetch {url}")
        kind = mimetypes.guess_type(path)[0] or "font/woff2"
        return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": kind})


def html_to_pdf(html: str) -> Pdf:
    """Tagged PDF/UA-1. Garbage collection is off meanwhile: it would visit every layout box often and free none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        document = HTML(string=html, url_fetcher=OwnFiles()).render(**OPTIONS)
        return Pdf(document.write_pdf(finisher=_scope_head_cells, **OPTIONS), len(document.pages))
    finally:
        if collecting:
            gc.enable()
            gc.collect()


def _scope_head_cells(document, pdf) -> None:
    """Mark every head cell as the head of a column or of a row (ISO 14289-1, 7.5).

    WeasyPrint 70 links heads from data cells only, so the head above a column of row heads would head nothing.
    """
    marks = {mark.reference: mark for mark in pdf.objects if isinstance(mark, Dictionary)}
    for cell in marks.values():
        if cell.get("S") == "/TH":
            row = marks[cell["P"]]
            cell["A"]["Scope"] = "/Column" if marks[row["P"]]["S"] == "/THead" else "/Row"
