"""What a reader of our PDF files sees, without a program that a machine may not have."""

import io
import re

import pikepdf

LETTER = re.compile(r"<(\w{4})>\s*<(\w+)>\s")


def words(body: bytes) -> str:
    """The text of every page in the order of its lines, spaces as they are read."""
    with pikepdf.open(io.BytesIO(body)) as pdf:
        return " ".join(" ".join(_lines(page)).strip() for page in pdf.pages)


def _lines(page):
    fonts, letters = {name: _letters(font) for name, font in page.Resources.Font.items()}, {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                letters = fonts[str(operands[0])]
            case "TJ":
                yield "".join(_read(part, letters) for part in operands[0] if isinstance(part, pikepdf.String))


def _read(part, letters) -> str:
    glyphs = bytes(part).hex()
    return "".join(letters.get(glyphs[at : at + 4], "") for at in range(0, len(glyphs), 4))


def _letters(font) -> dict[str, str]:
    """Glyph → letters, from the table that every font of a tagged file carries."""
    table = font.ToUnicode.read_bytes().decode()
    return {glyph.lower(): bytes.fromhex(code).decode("utf-16-be") for glyph, code in LETTER.findall(table)}
