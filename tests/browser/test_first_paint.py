"""What a phone on slow 3G waits for before it shows anything. Nothing here measures how fast this machine is.

Scripts, pictures and everything else that the paint should not need is never answered: a page that waited for it would
never paint. What was needed is then counted from the log of the network: files, bytes, and how many had to follow
each other.
"""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390
LATENCY, BYTES_PER_SECOND = 400, 400_000 // 8
"""Slow 3G: milliseconds until an answer begins, and 400 kbit/s."""
NEEDED = {"document", "stylesheet"}
MOST_FILES, MOST_STEPS, MOST_BYTES = 4, 2, 24 * 1024
"""The page and three style sheets, which it names itself: 24 KB are half a second on this network."""

_PAINTED = """() => Promise.race([
  new Promise(done => new PerformanceObserver(list => {
    if (list.getEntriesByName('first-contentful-paint').length) done(true);
  }).observe({type: 'paint', buffered: true})),
  new Promise(done => setTimeout(done, 30000, false)),
])"""
_BLOCKING = """() => performance.getEntriesByType('resource')
  .filter(entry => entry.renderBlockingStatus === 'blocking').map(entry => entry.name)"""
_WAITED = """() => {
  const [page] = performance.getEntriesByType('navigation');
  return page.responseEnd - page.requestStart;
}"""


@dataclass(frozen=True)
class Opening:
    """How a page came to its first paint."""

    painted: bool
    waited: float
    """Milliseconds for the page alone."""
    critical: dict[str, int]
    """Bytes of everything that the paint waited for, by address."""
    steps: int
    """Answers that had to arrive one after the other."""


@pytest.fixture
def slowly(open_page):
    """slowly("/", user=…) → Opening: the page on slow 3G, where only the page and its style are ever answered."""
    held = []

    def open_(path, *, user) -> Opening:
        page = open_page(user=user, width=PHONE)
        asked = _asked(page)
        page.route("**/*", lambda route: _answer_or_hold(route, held))
        page.goto(path, wait_until="commit")
        painted = page.evaluate(_PAINTED)
        sizes = page.transfer.sizes
        critical = [page.url, *page.evaluate(_BLOCKING)]
        return Opening(
            painted,
            page.evaluate(_WAITED),
            {address: sizes.get(address, 0) for address in critical},
            max(_depth(address, asked) for address in critical),
        )

    yield open_
    for route in held:
        route.abort()


def _asked(page) -> dict[str, str]:
    """Slow 3G from now on. Address → the address that made the browser ask for it; filled while the page loads."""
    asked: dict[str, str] = {}
    network = page.context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", lambda sent: _note(asked, sent))
    network.send("Network.enable")
    speed = {"downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND}
    network.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY, **speed})
    return asked


def _note(asked, sent):
    before = sent.get("redirectResponse", {}).get("url", "")
    asked[sent["request"]["url"]] = before or sent["initiator"].get("url", "")


def _answer_or_hold(route, held):
    if route.request.resource_type in NEEDED:
        route.continue_()
    else:
        held.append(route)


def _depth(address, asked) -> int:
    """1 for the page itself, 2 for what it names, 3 for what that names, …"""
    parent = asked.get(address, "")
    return 1 + (_depth(parent, asked) if parent and parent != address else 0)


@pytest.mark.parametrize("name", ["dasbor:beranda", "klien:guidance_new"])
def test_the_first_paint_waits_for_the_page_and_its_style_alone(slowly, officer, ours, name):
    pk = officer("pk")
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk)
    query = {"klien": klien.pk} if name == "klien:guidance_new" else {}
    opening = slowly(reverse(name, query=query), user=pk)
    assert opening.waited >= LATENCY * 0.9  # the network was as slow as it says
    assert opening.painted
    assert all(address.endswith(".css") for address in list(opening.critical)[1:])
    assert len(opening.critical) <= MOST_FILES
    assert opening.steps <= MOST_STEPS
    assert 0 < sum(opening.critical.values()) <= MOST_BYTES
    print(name, opening)  # noqa: T201
