"""A picture is judged the same in every process, and what its head claims is weighed before anything is decoded."""

import io
import subprocess
import sys
import threading
import zlib
from struct import pack

import pytest
from PIL import Image, ImageFile

from apps.dasar.pictures import HEIC, NotTaken, TooLarge, Unreadable, upright

MOST = {"JPEG": 40_000_000, "PNG": 40_000_000, "WEBP": 20_000_000}
JUDGE = """
import sys
from apps.dasar.pictures import Unreadable, upright
for line in sys.stdin:
    try:
        print(upright(bytes.fromhex(line), {"JPEG": 40_000_000, "PNG": 40_000_000}, 2400).size)
    except Unreadable:
        print("rusak")
"""
AFTER_A_PDF = "from weasyprint import HTML; HTML(string='<p>Laporan').write_pdf()\n"
LITTLE = "import PIL.Image, PIL.PngImagePlugin, resource; resource.setrlimit(resource.RLIMIT_AS, (2**28, 2**28))\n"


def picture(kind="JPEG", size=(900, 600), mode="RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert(mode).save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return pack("!L", len(body)) + name + body + pack("!L", zlib.crc32(name + body))


def claiming(width: int, height: int, rows: bytes = b"\0" * 1000) -> bytes:
    """A PNG of some 74 bytes whose head claims so many pixels."""
    head = chunk(b"IHDR", pack("!LLBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def verdicts(program: str, *bodies: bytes) -> list[str]:
    """What a process of its own says of each picture, after `program` has run in it."""
    lines = "".join(f"{body.hex()}\n" for body in bodies)
    command = [sys.executable, "-c", program + JUDGE]
    done = subprocess.run(command, input=lines, capture_output=True, timeout=120, check=True, encoding="ascii")
    return done.stdout.splitlines()


def test_a_process_that_has_made_a_pdf_judges_like_a_fresh_one():
    whole = [picture(), picture("PNG")]
    broken = [
        picture()[:-9000],
        picture("PNG")[:-9000],
        picture("JPEG", progressive=True)[:-9000],
        picture("PNG").replace(b"IDAT", b"IDAX", 1),
        claiming(6000, 6000),
        claiming(600, 600),
    ]
    expected = ["(900, 600)"] * len(whole) + ["rusak"] * len(broken)
    assert [verdicts(before, *whole, *broken) for before in ("", AFTER_A_PDF)] == [expected, expected]


def test_threads_judge_the_same_while_one_of_them_changes_what_pillow_forgives():
    """As an import of WeasyPrint does at any moment."""
    going, cut, whole = threading.Event(), picture()[:-9000], picture()

    def forgive():
        while not going.wait(0.0005):
            ImageFile.LOAD_TRUNCATED_IMAGES = True

    other = threading.Thread(target=forgive)
    other.start()
    try:
        for _ in range(30):
            assert upright(whole, MOST, 100).size == (100, 67)
            with pytest.raises(Unreadable):
                upright(cut, MOST, 100)
    finally:
        going.set()
        other.join()


def test_a_few_bytes_that_claim_many_pixels_cost_no_memory():
    """108 million bytes of pixels from 74 bytes do not exist: refused by the head, in a process with little memory."""
    assert len(claiming(6000, 6000)) < 90
    assert verdicts(LITTLE, claiming(6000, 6000)) == ["rusak"]


@pytest.mark.parametrize(("width", "height"), [(2**31 - 1, 1), (1, 2**31 - 1), (60_000, 60_000)])
def test_more_pixels_than_allowed_are_refused_before_decoding(width, height):
    with pytest.raises(TooLarge):
        upright(claiming(width, height), MOST, 100)


def test_an_honest_white_page_passes_however_few_bytes_it_has():
    out = io.BytesIO()
    Image.new("1", (4960, 7016), 1).save(out, "PNG", optimize=True)
    assert len(out.getvalue()) < 20_000
    assert upright(out.getvalue(), MOST, 2400).size == (1697, 2400)


def test_the_second_picture_that_a_phone_hides_behind_the_first_does_no_harm():
    out, first = io.BytesIO(), Image.effect_noise((90, 60), 90).convert("RGB")
    first.save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (30, 20))])
    assert Image.open(io.BytesIO(out.getvalue())).format == "MPO"
    assert upright(out.getvalue(), MOST, 100).size == (90, 60)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_pictures_are_not_taken(kind):
    out, frames = io.BytesIO(), [Image.new("RGB", (30, 20), color) for color in ("red", "teal")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    with pytest.raises(NotTaken, match="bergerak"):
        upright(out.getvalue(), MOST, 100)


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"heix", b"avif"])
def test_heic_gets_a_sentence_that_helps(brand):
    with pytest.raises(NotTaken, match="Paling Kompatibel") as refused:
        upright(b"\0\0\0\x18ftyp" + brand + bytes(400), MOST, 100)
    assert str(refused.value) == HEIC


@pytest.mark.parametrize("cut", range(8, 200, 16))
def test_every_head_that_ends_early_is_unreadable_and_no_error(cut):
    for body in (picture("PNG", exif=b"Exif\0\0MM\0*\0\0\0\x08"), picture(), picture("WEBP")):
        with pytest.raises(Unreadable):
            upright(body[:cut], MOST, 100)
