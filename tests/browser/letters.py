"""Letters of one width on every machine. Pages use the font of the system, which is narrow here and wide there."""

import base64
import json
from pathlib import Path

FONTS = Path(__file__).parents[2] / "static" / "fonts"
REGULAR, BOLD = (
    base64.b64encode((FONTS / f"Tinos-{weight}.woff2").read_bytes()).decode() for weight in ("Regular", "Bold")
)
SIZES = {"narrow": "100%", "wide": "135%"}
"""`size-adjust` of Tinos: a tenth narrower than DejaVu Sans Condensed, wider than DejaVu Sans."""

# Bytes and a constructed sheet, because the policy of the pages lets nobody add a font or a style of another kind.
_PUT_ON = """async ([faces, size]) => {
  const name = `Tinos ${size}`;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:root{--p-font:"${name}"!important}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  if ([...document.fonts].some(face => face.family.includes(name))) return;
  const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
  for (const [text, weight] of faces)
    document.fonts.add(await new FontFace(name, bytes(text), {weight, sizeAdjust: size}).load());
}"""

_ADD = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


def _arguments(letters):
    return [[[REGULAR, "1 500"], [BOLD, "501 1000"]], SIZES[letters]]


def put_on(page, letters):
    """Set the page that is open in "narrow" or "wide" letters."""
    page.evaluate(_PUT_ON, _arguments(letters))


def add_style(page, css):
    """Add rules to the page that is open, which its own policy does not forbid."""
    page.evaluate(_ADD, css)


def drop_style(page):
    """Take away what `put_on` or `add_style` added last."""
    page.evaluate("() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1) }")


def always(context, letters):
    """Set every page that the context opens from now on in these letters."""
    context.add_init_script(f"({_PUT_ON})({json.dumps(_arguments(letters))})")
