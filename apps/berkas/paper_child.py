"""Run as a program: a PDF on standard input → one word of `papers.SENTENCES` on standard output.

The library that parses foreign files runs here, under the limits of `apps/dasar/limited.py`; `papers.py` starts it.
"""

import resource
import sys
from io import BytesIO

import pikepdf
import pikepdf.settings

DEEPEST = 40
"""Levels of objects directly inside each other that are read; no office program nests deeper."""
SCRIPTS = frozenset({"/JavaScript", "/Launch"})
FORMS = frozenset({"/SubmitForm", "/ImportData"})
LINKS = frozenset({"/GoToR", "/GoToE", "/URI"})
MEDIA = frozenset({"/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"})
BY_NAME = {"skrip": SCRIPTS, "formulir": FORMS, "tautan": LINKS, "lampiran": MEDIA | {"/RichMedia", "/EmbeddedFile"}}
"""What an object is called under /S, /Type or /Subtype → why it is refused (ISO 32000-2, 12.6.4)."""
BY_KEY = {"skrip": ("/JS", "/AA"), "formulir": ("/XFA",), "lampiran": ("/EF", "/RichMediaContent")}
"""What an object has → why it is refused: scripts, actions of events, forms of their own kind, embedded files."""
HIDDEN = "error decoding stream data"
"""qpdf's warning about objects that it takes for empty, because unpacking them fails or needs too much memory."""
HARMLESS = frozenset({"/GoTo", "/Named", "/SetOCGState", "/Hide", "/ResetForm", "/Trans"})
"""Actions that stay inside the paper."""


def main() -> None:
    memory, _ = resource.getrlimit(resource.RLIMIT_AS)
    pikepdf.settings.set_qpdf_limits(flate_max_memory=memory // 4)
    try:
        with pikepdf.open(BytesIO(sys.stdin.buffer.read())) as pdf:
            word = judge(pdf)
    except pikepdf.PasswordError:
        word = "terkunci"
    except pikepdf.PdfError:
        word = "rusak"
    sys.stdout.write(word)


def judge(pdf: pikepdf.Pdf) -> str:
    if pdf.is_encrypted:
        return "terkunci"
    if not len(pdf.pages):
        return "kosong"
    word = _opening(pdf) or next((word for thing in pdf.objects if (word := found(thing))), "")
    return word or ("rumit" if any(HIDDEN in warning for warning in pdf.get_warnings()) else "baik")


def _opening(pdf: pikepdf.Pdf) -> str:
    """Why what happens when the paper is opened is refused."""
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S", "/GoTo")) != "/GoTo":
        return _of_action(str(opening.get("/S")))
    return ""


def found(thing, depth: int = 0) -> str:
    """Why an object of the PDF, or one directly inside it, is refused; "" for a harmless one."""
    if depth > DEEPEST:
        return "rumit"
    if isinstance(thing, pikepdf.Array):
        parts = list(thing)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        if word := _itself(thing):
            return word
        parts = [part for _, part in thing.items()]
    else:
        return ""
    inside = (part for part in parts if isinstance(part, (pikepdf.Array, pikepdf.Dictionary)) and not part.is_indirect)
    return next((word for part in inside if (word := found(part, depth + 1))), "")


def _itself(thing) -> str:
    names = {str(thing.get(key, "")) for key in ("/S", "/Type", "/Subtype")}
    for word, bad in BY_NAME.items():
        if names & bad:
            return word
    for word, keys in BY_KEY.items():
        if any(key in thing for key in keys):
            return word
    if isinstance(thing, pikepdf.Stream) and "/F" in thing:  # its bytes lie in another file
        return "tautan"
    action = thing.get("/A")
    if isinstance(action, pikepdf.Dictionary) and "/S" in action and str(action["/S"]) not in HARMLESS:
        return _of_action(str(action["/S"]))
    return ""


def _of_action(name: str) -> str:
    """Why an action is refused; one that nobody knows counts as a script."""
    return next((word for word, bad in BY_NAME.items() if name in bad), "skrip")


if __name__ == "__main__":
    main()
