"""What rooms above this one say about a client: links, cards and events of the page, and what still runs.

A room may only import from floors below it, but a client's page shows what happened on all floors. So an app that has
something to say about a client has a module `client_page` with any of

    links(klien, user) -> list[Link]                       rows of "Tindakan lain"
    cards(klien, user) -> list[Card]                       a panel on the overview, at most one database query each
    KINDS: dict[str, str]                                  its kinds of events: key in the address → words
    events(klien, user, kinds, since, newest) -> Iterable[Event]
    origins(klien, user) -> dict[int, Link]                id of a need → where it was found, at most one query
    unfinished(klien) -> list[Unfinished]                  what runs for the client; a planned end waits for it
    stop(klien, *, by, on, alasan) -> None                 ends what runs, because the registration ended on day `on`

and this module finds it. Rooms follow each other in the order of INSTALLED_APPS (`apps/dasar/rooms.py`).
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
    """What still runs: in a sentence, what has to be done first, and the page where that is done."""

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
    """Events of the wished kinds from the rooms that know such kinds; a room that is not asked runs no query."""
    return [
        event
        for room in _offering("events")
        if (own := [kind for kind in wanted if kind in room.KINDS])
        for event in room.events(klien, user, own, since, newest)
    ]


def origins(klien, user) -> dict[int, Link]:
    """Needs of the client that were found by the work of another room."""
    return {need: link for room in _offering("origins") for need, link in room.origins(klien, user).items()}


def unfinished(klien) -> list[Unfinished]:
    return [open_ for room in _offering("unfinished") for open_ in room.unfinished(klien)]


def stop(klien, *, by, on, alasan: str) -> None:
    """Called inside the transaction that ends the registration."""
    for room in _offering("stop"):
        room.stop(klien, by=by, on=on, alasan=alasan)


def _offering(name: str) -> list[ModuleType]:
    return [room for room in modules("client_page") if hasattr(room, name)]
