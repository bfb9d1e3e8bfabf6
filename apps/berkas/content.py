"""Finds out what an uploaded file really is. Its name and its headers are not trusted."""

import io
from dataclasses import dataclass

import puremagic
from django.core.exceptions import ValidationError

from apps.berkas import papers
from apps.berkas.models import LARGEST, Dokumen
from apps.dasar.pictures import HEIC, NotTaken, TooLarge, Unreadable, is_heic, upright

LARGEST_PICTURE = 40_000_000
"""Most pixels of a picture that is decoded at all (a phone makes about 12 million)."""
EDGE = 2400
"""Pixels of the longer edge of a stored picture: enough to read a scanned page of A4."""
KINDS = ", ".join(Dokumen.Isi.labels)
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
"""How papers of Word, Excel and their relatives (docx, odt, doc, rtf) and other ZIP files begin."""


@dataclass(frozen=True)
class Content:
    """The bytes to store, and their type."""

    isi: Dokumen.Isi
    body: bytes


def examine(body: bytes) -> Content:
    """The content to store, or ValidationError with a sentence for the person who uploads."""
    if not body:
        raise ValidationError("Berkas kosong. Pilih berkas lain.")
    if len(body) > LARGEST:
        raise ValidationError("Ukuran berkas paling besar 10 MB. Perkecil, lalu unggah lagi.")
    kind = _kind(body)
    return _paper(body) if kind == Dokumen.Isi.PDF else _picture(body, kind)


def _kind(body: bytes) -> Dokumen.Isi:
    if is_heic(body):
        raise ValidationError(HEIC)
    try:
        return Dokumen.Isi(puremagic.from_string(body, mime=True))
    except (puremagic.PureError, ValueError):
        raise ValidationError(_refusal(body)) from None


def _refusal(body: bytes) -> str:
    if body.startswith(OFFICE):
        return "Berkas Word, Excel, dan ZIP tidak diterima. Buka, pilih Simpan sebagai → PDF, lalu unggah hasilnya."
    return f"Isi berkas bukan {KINDS}. Nama berkas tidak menentukan jenisnya."


def _paper(body: bytes) -> Content:
    """A PDF is stored unchanged, so that signatures stay valid; one that acts or points elsewhere is refused."""
    if verdict := papers.verdict(body):
        raise ValidationError(verdict)
    return Content(Dokumen.Isi.PDF, body)


def _picture(body: bytes, kind: Dokumen.Isi) -> Content:
    """A picture is encoded again, which drops position, device and all other data beside the pixels."""
    try:
        picture = upright(body, {kind.label: LARGEST_PICTURE}, EDGE)
    except TooLarge:
        raise ValidationError("Gambar ini terlalu besar. Perkecil, lalu unggah lagi.") from None
    except Unreadable:
        raise ValidationError("Gambar ini rusak. Foto atau pindai ulang, lalu unggah lagi.") from None
    except NotTaken as known:
        raise ValidationError(str(known)) from None
    out = io.BytesIO()
    picture.save(out, kind.label, quality=85, optimize=True)
    if out.tell() > LARGEST:
        raise ValidationError("Gambar ini terlalu besar. Simpan sebagai JPEG, lalu unggah lagi.")
    return Content(kind, out.getvalue())
