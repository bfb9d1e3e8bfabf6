"""Letters and forms of an office as PDF: letterhead, text, and who printed it.

A template extends `pdf/surat.html` and fills `isi`. The portal never signs: it prints that a decision stands in the
system and leaves space to sign by hand (PP 71/2019: a QR code or a name is not a certified signature).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from apps.dasar.errors import Refused

if TYPE_CHECKING:
    from apps.dasar.pdf import Pdf  # loads WeasyPrint

HEADQUARTERS = (
    "Kementerian Imigrasi dan Pemasyarakatan Republik Indonesia",
    "Direktorat Jenderal Pemasyarakatan",
)


@dataclass(frozen=True)
class Letterhead:
    """Lines of the kop surat, the office last, and its address."""

    baris: tuple[str, ...]
    alamat: str = ""


def letterhead(*, bapas=None, kanwil=None) -> Letterhead:
    """The lines that the office wrote itself, or else the names of its units in the reference tables."""
    own = [line.strip() for line in bapas.kop_surat.splitlines() if line.strip()] if bapas else []
    if not own:
        units = (kanwil or (bapas.kanwil if bapas else None), bapas)
        own = [*HEADQUARTERS, *(unit.nama for unit in units if unit)]
    return Letterhead(tuple(own), _address(bapas) if bapas else "")


def to_pdf(html: str) -> "Pdf":
    """WeasyPrint is loaded at first use: pages need neither its memory nor its libraries. Refused if it is missing."""
    try:
        from apps.dasar.pdf import html_to_pdf  # noqa: PLC0415 – loads WeasyPrint
    except OSError as missing:
        raise Refused("Pustaka PDF belum terpasang di server ini. Hubungi petugas bantuan.") from missing
    return html_to_pdf(html)


def letter(template: str, context: dict, *, bapas, title: str, by) -> "Pdf":
    """One letter of `bapas`, printed now by the user `by`, every date in the time zone of the office.

    `title` is the document's title, not its file name.
    """
    now = timezone.now()
    head = letterhead(bapas=bapas)
    frame = {
        "judul": title, "bapas": bapas, "kop": head.baris, "alamat": head.alamat, "pencetak": by, "dicetak": now,
        "dibuat": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }  # fmt: skip
    with timezone.override(bapas.zona_waktu):
        html = render_to_string(template, {**context, **frame})
    return to_pdf(html)


def pdf_response(pdf: "Pdf", name: str) -> HttpResponse:
    """A download. `name` must hold no personal data: it ends up in lists of recent files."""
    response = HttpResponse(pdf.body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _address(bapas) -> str:
    return ", ".join(part for part in (bapas.alamat, bapas.telepon and f"telepon {bapas.telepon}", bapas.surel) if part)
