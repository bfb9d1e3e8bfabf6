"""Turns the file that a phone sends into a small JPEG that holds nothing but the picture. Pure.

The content of the file decides, never its name. The result is freshly encoded: no EXIF, no position, no thumbnail, no
data appended to the file.
"""

import io
from dataclasses import dataclass

from PIL import Image

from apps.dasar.pictures import NotTaken, TooLarge, Unreadable, upright

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
    upload: bytes
    """The file as it was sent, for the scanner."""


def shrink(file) -> Photo:
    """Read an uploaded file (an object with `size` and `read`) and encode it anew."""
    if file.size > MOST_BYTES_IN:
        raise Unusable(TOO_BIG)
    upload = file.read()
    picture = _open(upload)
    while True:
        for quality in QUALITIES:
            body = _encode(picture, quality)
            if len(body) <= MOST_BYTES or max(picture.size) <= SMALLEST_SIDE:
                return Photo(body, *picture.size, upload)
        picture = picture.resize([max(round(side * SMALLER), 1) for side in picture.size], Image.Resampling.LANCZOS)


def _open(body: bytes) -> Image.Image:
    try:
        return upright(body, MOST_PIXELS_IN, LONGEST_SIDE)
    except TooLarge as large:
        raise Unusable(TOO_BIG) from large
    except Unreadable as broken:
        raise Unusable(NOT_A_PHOTO) from broken
    except NotTaken as known:
        raise Unusable(str(known)) from known


def _encode(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
