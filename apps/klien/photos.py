"""Turns the file that a phone sends into a small JPEG that holds nothing but the picture. Pure.

The content of the file decides, never its name. The result is freshly encoded: no EXIF, no position, no thumbnail, no
data appended to the file.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES_IN = 10 * 1024 * 1024
MOST_PIXELS_IN = {"JPEG": 64_000_000, "PNG": 20_000_000, "WEBP": 20_000_000}
"""Limit by format: a JPEG is decoded at a fraction of its size, the others only whole (4 bytes per pixel)."""
MOST_BYTES, LONGEST_SIDE, SMALLEST_SIDE = 200 * 1024, 1280, 320
QUALITIES = (82, 70, 58, 46)
SMALLER = 0.75
NOT_A_PHOTO = "Berkas ini bukan foto yang dapat dibaca. Pilih foto JPEG, PNG, atau WebP."
TOO_BIG = "Foto ini terlalu besar. Pilih foto paling besar 10 MB."


class Unusable(Exception):
    """The file cannot become a photo; the sentence says why."""


@dataclass(frozen=True)
class Photo:
    """A JPEG of at most `MOST_BYTES` and `LONGEST_SIDE` pixels."""

    body: bytes
    width: int
    height: int


def shrink(file) -> Photo:
    """Read an uploaded file (an object with `size` and `read`) and encode it anew."""
    if file.size > MOST_BYTES_IN:
        raise Unusable(TOO_BIG)
    picture = _open(file.read())
    while True:
        for quality in QUALITIES:
            body = _encode(picture, quality)
            if len(body) <= MOST_BYTES or max(picture.size) <= SMALLEST_SIDE:
                return Photo(body, *picture.size)
        picture = picture.resize([max(round(side * SMALLER), 1) for side in picture.size], Image.Resampling.LANCZOS)


def _open(raw: bytes) -> Image.Image:
    """The picture upright, in RGB, no side longer than allowed. The size is checked before decoding."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(raw), formats=list(MOST_PIXELS_IN))
        kind = picture.format or ""
        if picture.width * picture.height > MOST_PIXELS_IN[kind]:
            raise Unusable(TOO_BIG)
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        return _on_white(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Unusable(TOO_BIG) from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as broken:
        raise Unusable(NOT_A_PHOTO) from broken


def _on_white(picture: Image.Image) -> Image.Image:
    """A new picture with the pixels alone; transparent parts become white."""
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _encode(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
