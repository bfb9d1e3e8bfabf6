"""What every page is measured against. Each function returns findings; an empty list is a pass.

page = open_page("/klien/", user=officer("pk"), width=390)
assert problems(page) == []
"""

import gzip
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser import letters

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIELD_FORM_BYTES, PAGE_BYTES = 35 * 1024, 60 * 1024
NARROW = [{"width": width, "height": height} for width, height in ((320, 256), (768, 1024), (1024, 768))]
UNFOLDED = "details::details-content{content-visibility:visible}"
"""Shows what is folded without opening it, which scripts would hear of."""
TITLE_END = " – Portal Pemasyarakatan"

# A card that the sticky bar cuts at the fold would be reported as too small a target.
_UNSTICK = """() => document.querySelectorAll('.p-bar,.p-ident--tetap')
  .forEach(e => { e.style.position = 'static' })"""

_RUN_AXE = """async tags => (await axe.run(document, {runOnly: tags})).violations
  .map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(' | ')}`)"""

_SMALL = """min => [...document.querySelectorAll('a,button,input:not([type=hidden]),select,textarea,summary')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.govuk-skip-link'))
  .filter(e => getComputedStyle(e).display !== 'inline')
  .map(e => [e, ((['radio', 'checkbox'].includes(e.type) && e.closest('label')) || e).getBoundingClientRect()])
  .filter(([, r]) => r.width > 2 && (r.width < min || r.height < min))
  .map(([e, r]) => `${e.tagName.toLowerCase()} "${(e.name || e.textContent).trim().slice(0, 30)}" `
    + `${Math.round(r.width)}x${Math.round(r.height)}`)"""

_OVERFLOW = """() => document.documentElement.scrollWidth <= innerWidth ? []
  : [`page is ${document.documentElement.scrollWidth} px wide in ${innerWidth} px`,
     ...[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
        && !e.closest('.p-scroll')).slice(0, 5).map(e => e.outerHTML.slice(0, 90))]"""

# The element under the middle of the focused control must be that control (WCAG 2.4.11).
_FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const shown = e.closest('label') || e;
  const box = getComputedStyle(shown).display === 'inline' ? shown.getClientRects()[0] : shown.getBoundingClientRect();
  const scroller = e.parentElement.closest('.p-scroll');
  const view = scroller ? scroller.getBoundingClientRect() : {left: 0, right: innerWidth};
  const x = (Math.max(box.left, view.left, 0) + Math.min(box.right, view.right, innerWidth)) / 2;
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const top = document.elementFromPoint(x, y);
  const style = getComputedStyle(shown), own = getComputedStyle(e);
  const parts = [...e.querySelectorAll('rect')].map(r => getComputedStyle(r));   // a tile of the map
  const marked = [style, own].some(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none')
    || parts.some(s => s.filter !== 'none');
  return {
    name: (e.name || e.textContent || e.id || e.tagName).trim().slice(0, 40),
    tag: e.tagName.toLowerCase(),
    covered: !top || !(shown.contains(top) || top.contains(shown)),
    marked,
  };
}"""


@dataclass(frozen=True)
class Stop:
    """One place where the Tab key rested."""

    name: str
    tag: str
    covered: bool
    marked: bool


def axe(page):
    """Rules of axe-core that the page breaks, each with the elements."""
    page.evaluate(_UNSTICK)
    page.evaluate(AXE)
    return page.evaluate(_RUN_AXE, AXE_TAGS)


def too_small(page, minimum=24):
    """Controls smaller than `minimum` pixels; links inside a sentence are exempt. Field forms use 44."""
    return page.evaluate(_SMALL, minimum)


def overflows(page):
    """What makes the page scroll sideways."""
    return page.evaluate(_OVERFLOW)


def reflows(page):
    """Sideways scrolling on a phone (320 px, also 400% zoom of a usual screen) and on an upright and a lying tablet,
    in narrow and in wide letters, with everything unfolded."""
    size = page.viewport_size
    letters.add_style(page, UNFOLDED)
    findings = []
    for screen, letter in product(NARROW, letters.SIZES):
        page.set_viewport_size(screen)
        letters.put_on(page, letter)
        findings += [f"{letter} letters: {finding}" for finding in overflows(page)]
        letters.drop_style(page)
    letters.drop_style(page)
    page.set_viewport_size(size)
    return findings


def structure(page):
    """Language, one heading of the first level, a title that people can tell apart."""
    findings = []
    if page.title().startswith("Terjadi gangguan"):
        findings.append("the page of a failure")
    if page.locator("html").get_attribute("lang") != "id":
        findings.append("html lang is not id")
    if (count := page.locator("h1").count()) != 1:
        findings.append(f"{count} h1")
    if not page.title().endswith(TITLE_END) or page.title() == TITLE_END.strip():
        findings.append(f"title {page.title()!r}")
    return findings


def walk(page, limit=200):
    """Every stop of the Tab key from the top of the page until the focus leaves it."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    stops = []
    while len(stops) < limit:
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUS)
        if found is None:
            break
        stops.append(Stop(**found))
    return stops


def keyboard(page):
    """Stops of the Tab key whose control is covered or shows no focus, or a focus that never leaves."""
    stops = walk(page)
    findings = [f"covered: {stop.name}" for stop in stops if stop.covered]
    findings += [f"no visible focus: {stop.name}" for stop in stops if not stop.marked]
    if not stops:
        findings.append("nothing takes the focus")
    return findings


def problems(page, *, target=24):
    """Everything that holds for every page, at the width it was opened with, once its scripts have run."""
    page.wait_for_load_state()
    return [
        *structure(page),
        *overflows(page),
        *too_small(page, target),
        *keyboard(page),
        *axe(page),
        *page.console_problems,
    ]


class Transfer:
    """Counts what a cold visit costs; read it before leaving the page. Text counts as the gzip that is sent."""

    def __init__(self, page):
        self.forget()
        page.on("response", lambda response: self._responses.append(response))

    def forget(self):
        """Count from here."""
        self._responses = []

    @property
    def sizes(self):
        """Bytes by address."""
        return {
            response.url: _on_the_wire(response) for response in self._responses if response.status in (200, 404, 422)
        }

    @property
    def total(self):
        return sum(self.sizes.values())

    @property
    def scripts(self):
        return sum(size for url, size in self.sizes.items() if url.endswith(".js"))

    @property
    def foreign(self):
        """Addresses of other servers that the page called."""
        hosts = [(urlsplit(response.url).netloc, response.url) for response in self._responses]
        return [url for host, url in hosts if host != hosts[0][0]]


def _on_the_wire(response):
    body = response.body()
    kind = response.headers.get("content-type", "")
    if any(word in kind for word in ("text/", "javascript", "json", "svg")):
        return len(gzip.compress(body))
    return len(body)
