"""Collects from the rooms (apps) above this one their links, cards, events and unfinished work for a client's page.

A room may import only from floors (import layers) below it, but a client's page shows events of all of them. So an app
with something to show about a client has a module `client_page` with any of

    links(klien, user) -> list[Link]                       rows of "Tindakan lain"
    cards(klien, user) -> list[Card]                       a panel on the overview, at most one database query each
    KINDS: dict[str, str]                                  its kinds of events: key in the address → words
    events(klien, user, kinds, since, newest) -> Iterable[Event]
                                                           from the day `since` on; how many are shown, or None
    origins(klien, user) -> dict[int, Link]                id of a need → where it was found, at most one query
    unfinished(klien) -> list[Unfinished]                  open work for the client; a planned end waits for it
    undecided(klien) -> list[Unfinished]                   proposals about the client that wait for a decision
    stop(klien, *, by, on, alasan) -> None                 ends the open work: the registration ended on day `on`

and this module finds it. Rooms are asked in the order of INSTALLED_APPS (`apps/dasar/rooms.py`).
"""

from dataclasses import dataclass
from types import ModuleType

from apps.dasar.rooms import modules


@dataclass(frozen=True)
class Link:
    """One link of "Tindakan lain"."""

    teks: str
    url: str


@dataclass(frozen=True)
class Card:
    """One panel of the overview: a heading, up to three short lines, one link."""

    judul: str
    baris: list[str]
    teks: str = ""
    url: str = ""


@dataclass(frozen=True)
class Unfinished:
    """Open work: a sentence that says what has to be done first, and the page for it."""

    apa: str
    langkah: str
    teks: str
    url: str


def links(klien, user) -> list[Link]:
    return [link for room in _offering("links") for link in room.links(klien, user)]


def cards(klien, user) -> list[Card]:
    return [card for room in _offering("cards") for card in room.cards(klien, user)]


def kinds() -> dict[str, str]:
    """Kinds of events that other rooms offer: key → words."""
    return {key: words for room in _offering("KINDS") for key, words in room.KINDS.items()}


def events(klien, user, wanted, since, newest) -> list:
    """Events of the wanted kinds from the rooms that know them; the other rooms run no query."""
    return [
        event
        for room in _offering("events")
        if (own := [kind for kind in wanted if kind in room.KINDS])
        for event in room.events(klien, user, own, since, newest)
    ]


def origins(klien, user) -> dict[int, Link]:
    """Needs of the client that another room found: id of a need → link to its origin."""
    return {need: link for room in _offering("origins") for need, link in room.origins(klien, user).items()}


def unfinished(klien) -> list[Unfinished]:
    return [open_ for room in _offering("unfinished") for open_ in room.unfinished(klien)]


def undecided(klien) -> list[Unfinished]:
    return [open_ for room in _offering("undecided") for open_ in room.undecided(klien)]


def stop(klien, *, by, on, alasan: str) -> None:
    """End the open work in every room, inside the transaction that ends the registration."""
    for room in _offering("stop"):
        room.stop(klien, by=by, on=on, alasan=alasan)


def _offering(name: str) -> list[ModuleType]:
    return [room for room in modules("client_page") if hasattr(room, name)]
