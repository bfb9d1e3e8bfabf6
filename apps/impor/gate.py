"""The gate (check before any library parses a file): refuses zip bombs, formulas, macros, links, giant references.

Pure: bytes in, the kind of file out, or `Refused` with a sentence. A workbook is opened only as a zip archive. Its
parts are unpacked in small pieces and searched as bytes, never parsed.
"""

import re
import zipfile
from io import BytesIO

from apps.dasar.errors import Refused

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_PARTS, MOST_RATIO, MOST_UNPACKED = 500, 150, 300 * MEGABYTE
MOST_ROWS, MOST_COLUMNS = 150_000, 100
PIECE, OVERLAP = 256 * 1024, 256
XLSX, CSV = "xlsx", "csv"

ZIP_START, OLE_START = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|table)", re.IGNORECASE)

AS_VALUES = "Pilih semua sel, salin, lalu tempel sebagai nilai (Tempel khusus → Nilai)."
AS_PLAIN = "Simpan sebagai buku kerja Excel biasa (.xlsx)."
PLAIN_BOOK = f"Berkas ini bukan buku kerja biasa. Buka di Excel, lalu simpan ulang. {AS_PLAIN}"

FORBIDDEN_PARTS = (
    (re.compile(r"vbaproject|macrosheets|activex", re.IGNORECASE), f"Berkas ini berisi makro. {AS_PLAIN}"),
    (
        re.compile(r"externallinks|connections\.xml|querytables|oleobjects|embeddings", re.IGNORECASE),
        f"Berkas ini mengambil isi dari berkas lain. {AS_VALUES}",
    ),
    (re.compile(r"(^/)|\\|(^|/)\.\.(/|$)"), PLAIN_BOOK),
)
DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")
"""A document type or an entity; a workbook has neither."""
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
FAR_AWAY = re.compile(
    # `r(?<=\sr)`: the literal comes first, so that the engine can skip to it
    rb"""r(?<=\sr)\s*=\s*["'](?:[A-Za-z]{3,}\d|[D-Zd-z][A-Za-z]\d|[Cc][W-Zw-z]\d"""
    rb"""|[A-Za-z]{0,3}0*(?:1[5-9]\d{4}|[2-9]\d{5}|\d{7,})["'])"""
)
"""A cell right of column CV (100) or below row 149.999, whatever dimension the sheet claims to have."""
FORBIDDEN = ((DECLARATION, PLAIN_BOOK), (re.compile(rb"\x00"), PLAIN_BOOK))
IN_SHEETS = (
    *FORBIDDEN,
    (FORMULA, f"Berkas ini berisi rumus. {AS_VALUES}"),
    (FAR_AWAY, "Lembar ini memakai sel terlalu jauh. Hapus baris dan kolom kosong di luar tabel, lalu simpan ulang."),
)
NO_MARKUP = re.compile(r"^xl/(media|printersettings)/|^docprops/thumbnail")
NO_SHEET = re.compile(r"^(_rels|docprops|customxml)/|^xl/(charts|drawings|theme)/|^xl/(styles|sharedstrings)\.xml$")
"""Parts that never hold a sheet; every other part is searched like one."""


def inspect(body: bytes) -> str:
    """XLSX or CSV; Refused for a file that must not be read."""
    if not body:
        raise Refused("Berkas ini kosong.")
    if len(body) > MOST_BYTES:
        raise Refused(f"Berkas terlalu besar. Paling besar {MOST_BYTES // MEGABYTE} MB; bagi menjadi beberapa berkas.")
    if body.startswith(ZIP_START):
        _inspect_archive(body)
        return XLSX
    if body.startswith(OLE_START):
        raise Refused(f"Berkas ini berformat lama (.xls) atau dikunci dengan kata sandi. {AS_PLAIN}")
    _inspect_text(body)
    return CSV


def _inspect_text(body: bytes) -> None:
    head = body[:PIECE]
    if MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Refused(f"Berkas ini halaman web, bukan tabel. {AS_PLAIN}")
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in body:
        raise Refused("Berkas ini bukan XLSX atau CSV. Simpan ulang sebagai XLSX atau CSV.")


def _inspect_archive(body: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            parts = archive.infolist()
            _inspect_directory(parts)
            budget = MOST_UNPACKED
            for part in parts:
                budget -= _inspect_part(archive, part, budget)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Refused(PLAIN_BOOK) from error


def _inspect_directory(parts: list[zipfile.ZipInfo]) -> None:
    """Check the zip directory: number, names and sizes of the parts."""
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names or len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise Refused(PLAIN_BOOK)
    for pattern, sentence in FORBIDDEN_PARTS:
        if any(pattern.search(name) for name in names):
            raise Refused(sentence)
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, PIECE):
        raise Refused("Isi berkas ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas.")


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: int) -> int:
    """Unpack one part in small pieces and search them. Returns its true number of bytes."""
    name = part.filename.lower()
    patterns = () if NO_MARKUP.search(name) else FORBIDDEN if NO_SHEET.search(name) else IN_SHEETS
    size, tail = 0, b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > budget:
                raise Refused("Isi berkas ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas.")
            window = tail + piece
            for pattern, sentence in patterns:
                if pattern.search(window):
                    raise Refused(sentence)
            tail = piece[-OVERLAP:]
    return size
