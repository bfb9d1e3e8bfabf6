"""Finds out what an uploaded file really is. Its name and its headers are not trusted."""

import io
from dataclasses import dataclass

import pikepdf
import puremagic
from django.core.exceptions import ValidationError
from PIL import Image, ImageOps

from apps.berkas.models import LARGEST, Dokumen

LARGEST_PICTURE = 40_000_000
"""Most pixels of a picture that is decoded at all (a phone makes about 12 million)."""
EDGE = 2400
"""Pixels of the longer edge of a stored picture: enough to read a scanned page of A4."""
ACTIVE = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/RichMedia")
CARRIES = ("/JS", "/AA", "/EF")
"""Keys of a script, of further actions, and of the embedded file behind an attachment."""
NAMED_BY = ("/S", "/Type", "/Subtype")
DEEPEST = 40
"""Levels of PDF objects inside each other that are read; no office program nests deeper."""
KINDS = ", ".join(Dokumen.Isi.labels)


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
    try:
        return Dokumen.Isi(puremagic.from_string(body, mime=True))
    except (puremagic.PureError, ValueError):
        raise ValidationError(f"Isi berkas bukan {KINDS}. Nama berkas tidak menentukan jenisnya.") from None


def _paper(body: bytes) -> Content:
    """A PDF is stored unchanged, so that signatures stay valid. One with scripts or attachments is refused."""
    if not body.startswith(b"%PDF-"):
        raise ValidationError("Berkas PDF ini rusak. Simpan ulang sebagai PDF, lalu unggah lagi.")
    try:
        with pikepdf.open(io.BytesIO(body)) as pdf:
            if pdf.is_encrypted:
                raise ValidationError("PDF ini terkunci. Simpan tanpa kunci, lalu unggah lagi.")
            if not len(pdf.pages):
                raise ValidationError("PDF ini tidak punya halaman.")
            if any(_acts(thing) for thing in pdf.objects):
                raise ValidationError("PDF ini memuat skrip atau lampiran. Cetak ke PDF, lalu unggah hasilnya.")
    except pikepdf.PasswordError:
        raise ValidationError("PDF ini terkunci. Simpan tanpa kunci, lalu unggah lagi.") from None
    except pikepdf.PdfError:
        raise ValidationError("Berkas PDF ini rusak. Simpan ulang sebagai PDF, lalu unggah lagi.") from None
    return Content(Dokumen.Isi.PDF, body)


def _acts(thing, depth: int = 0) -> bool:
    """True if an object of a PDF, or one directly inside it, runs a script, opens a program or carries a file."""
    if depth > DEEPEST:
        return True
    if isinstance(thing, pikepdf.Array):
        return any(_acts(part, depth + 1) for part in thing if _has_parts(part) and not part.is_indirect)
    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return False
    if any(key in thing for key in CARRIES) or any(str(thing.get(key, "")) in ACTIVE for key in NAMED_BY):
        return True
    return any(_acts(part, depth + 1) for _, part in thing.items() if _has_parts(part) and not part.is_indirect)


def _has_parts(thing) -> bool:
    return isinstance(thing, (pikepdf.Array, pikepdf.Dictionary))


def _picture(body: bytes, kind: Dokumen.Isi) -> Content:
    """A picture is encoded again, which drops position, device and all other data beside the pixels."""
    try:
        with Image.open(io.BytesIO(body), formats=[kind.label]) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                raise ValidationError("Gambar ini terlalu besar. Perkecil, lalu unggah lagi.")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError("Gambar ini rusak. Foto atau pindai ulang, lalu unggah lagi.") from None
    upright.thumbnail((EDGE, EDGE))
    out = io.BytesIO()
    upright.save(out, kind.label, quality=85, optimize=True)
    if out.tell() > LARGEST:
        raise ValidationError("Gambar ini terlalu besar. Simpan sebagai JPEG, lalu unggah lagi.")
    return Content(kind, out.getvalue())
