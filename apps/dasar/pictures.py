"""Uploaded pictures: what a file claims is weighed before it is decoded, then all of it is decoded or it is refused.

Pure. The only place that decodes a picture from outside. The verdict does not depend on the process: Pillow keeps half
a picture when its global `LOAD_TRUNCATED_IMAGES` is set, and WeasyPrint sets it when it is imported.
"""

import io
import struct
from collections.abc import Callable, Mapping
from threading import BoundedSemaphore

from PIL import Image, ImageFile, ImageOps

TURNS = BoundedSemaphore(2)
"""Pictures that one process decodes at the same time; each takes up to 200 MB."""
DENSEST = 1032
"""Most bytes that one byte of a PNG can become: the limit of its compression (deflate)."""
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type of a PNG → values per pixel."""
IPHONE = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
"""Brands of HEIC and its relatives, in bytes 8 to 12 of a file."""
HEIC = (
    "Foto ini berformat HEIC, bawaan iPhone, dan belum dapat dibaca di sini. Di iPhone buka Pengaturan → Kamera → "
    "Format, pilih “Paling Kompatibel”, lalu foto lagi. Atau buka fotonya, buat tangkapan layar, lalu unggah itu."
)
MOVES = "Gambar ini bergerak. Unggah satu foto yang diam."
BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, struct.error)
"""What Pillow raises about files that are none of its own."""


class Unreadable(Exception):
    """The file is no picture of a format that is taken, or not all of one."""


class TooLarge(Exception):
    """More pixels than are decoded."""


class NotTaken(Exception):
    """The file is known and not taken; the sentence says what to do."""


def upright(body: bytes, most: Mapping[str, int], edge: int) -> Image.Image:
    """The first picture of the file in RGB, as it was held, no side longer than `edge` pixels; what was clear is white.

    `most` names the formats that are taken and the most pixels of each. A JPEG is decoded at a fraction of its size.
    """
    if is_heic(body):
        raise NotTaken(HEIC)
    with TURNS:
        return _by_the_same_rule(lambda: _decode(body, most, edge))


def is_heic(body: bytes) -> bool:
    return body[4:8] == b"ftyp" and body[8:12] in IPHONE


def _by_the_same_rule(decode: Callable[[], Image.Image]) -> Image.Image:
    """Decode with Pillow's own strictness, again if another thread took it away meanwhile (by an import)."""
    while True:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            picture = decode()
        except BROKEN as error:
            if not ImageFile.LOAD_TRUNCATED_IMAGES:
                raise Unreadable from error
        if not ImageFile.LOAD_TRUNCATED_IMAGES:
            return picture


def _decode(body: bytes, most: Mapping[str, int], edge: int) -> Image.Image:
    picture = _opened(body, list(most))
    kind = next(name for name in most if name in (picture.format, _family(picture)))
    if picture.width * picture.height > most[kind]:
        raise TooLarge
    if kind != "JPEG" and getattr(picture, "n_frames", 1) > 1:
        raise NotTaken(MOVES)
    if kind == "PNG" and _claimed(body) > DENSEST * len(body):
        raise Unreadable
    picture.draft("RGB", (edge, edge))
    small = _smooth(picture)
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return _on_white(ImageOps.exif_transpose(small))


def _smooth(picture: Image.Image) -> Image.Image:
    """The decoded picture in a mode that can be made smaller without loss of thin lines."""
    modes = {"1": "L", "P": "RGBA" if "transparency" in picture.info else "RGB"}
    return picture.convert(modes.get(picture.mode, picture.mode))


def _on_white(picture: Image.Image) -> Image.Image:
    """The pixels alone, and nothing of what the file told beside them."""
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _opened(body: bytes, formats: list[str]) -> Image.Image:
    """Read the head. Pillow's own limit on pixels lies above ours."""
    try:
        return Image.open(io.BytesIO(body), formats=formats)
    except Image.DecompressionBombError as bomb:
        raise TooLarge from bomb


def _family(picture: Image.Image) -> str:
    """A phone's JPEG with a second picture behind it (depth, preview) is "MPO" to Pillow; the first one counts."""
    return "JPEG" if picture.format == "MPO" else picture.format or ""


def _claimed(body: bytes) -> int:
    """Bytes of the pixels of a PNG by its head (RFC 2083, 4.1.1): width, height, bits per value, colour type."""
    width, height = int.from_bytes(body[16:20], "big"), int.from_bytes(body[20:24], "big")
    return height * (1 + width * body[24] * CHANNELS[body[25]] // 8)
