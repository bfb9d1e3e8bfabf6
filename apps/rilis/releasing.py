"""Releases periods: counts, decides, stores. Nothing here runs while a page is made.

A period is released once, by whoever comes first, in one transaction. A worker that is killed leaves nothing behind,
and what is due is worked out anew each time, so that work goes on where it stopped.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from apps.acuan.calendar import month_end, months_later
from apps.acuan.models import KategoriKebutuhan
from apps.dasar.disclosure import Shown
from apps.dasar.rooms import modules
from apps.rilis import measures
from apps.rilis.adversary import Contradiction
from apps.rilis.deciding import Faces, decide, tree_over
from apps.rilis.models import Masa, Rilis, Wajah
from apps.rilis.trees import SIGNS, Node
from apps.wilayah.models import Bapas
from apps.wilayah.scope import database_scope, nation_scope

logger = logging.getLogger(__name__)

CLOSED_AFTER = 7
"""Days after its end on which a month, a quarter or a year is closed: until then contacts come in late."""
MONTHS, QUARTERS, YEARS = 13, 8, 2
"""How many closed periods are released by themselves; a report releases the older ones that it needs."""
DAYS_KEPT = 35
"""Days after which the state of a day is deleted, unless it is the last of its month."""
LOCK = 340_034

FACES: dict[str, Shown] = {sign: face for face, sign in SIGNS.items()}


def release(masa: str, first: date) -> Rilis:
    """The release of one period, made now if it is missing. It waits for another one that is being made."""
    everything = nation_scope()
    with database_scope(everything), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        found = Rilis.objects.filter(masa=masa, mulai=first).first()
        return found or _make(masa, first)


def release_due(today: date | None = None, most: int | None = None) -> int:
    """Release the periods that are closed by now, or the first `most` of them; returns how many.

    One of which the counts contradict what must hold is left, with a line of level error, and holds up no other.
    """
    made = 0
    for masa, first in due(today or timezone.localdate()):
        if made == most:
            break
        try:
            release(masa, first)
            made += 1
        except Contradiction as contradiction:
            logger.error("%s %s tidak dirilis: %s", masa, first, contradiction)
    _forget(today or timezone.localdate())
    return made


def release_newest(today: date | None = None) -> None:
    """Release the newest closed period of each kind: enough for a first look. The rest is due."""
    newest = dict(reversed(list(_closed(today or timezone.localdate()))))
    for masa, first in newest.items():
        release(masa, first)


def due(today: date) -> list[tuple[str, date]]:
    """Periods that are closed and not released, the newest of each kind first."""
    known = set(Rilis.objects.values_list("masa", "mulai"))
    return [period for period in _closed(today) if period not in known]


def closed(masa: str, first: date, today: date) -> bool:
    """Whether a period takes no more late entries."""
    last = measures.last_day(masa, first)
    return last + timedelta(days=1 if masa == Masa.HARI else CLOSED_AFTER) <= today


def _closed(today: date) -> Iterator[tuple[str, date]]:
    yield Masa.HARI, today - timedelta(days=1)
    for masa, step, count in ((Masa.BULAN, 1, MONTHS), (Masa.TRIWULAN, 3, QUARTERS), (Masa.TAHUN, 12, YEARS)):
        running = today.replace(month=(today.month - 1) // step * step + 1, day=1)
        firsts = [months_later(running, -step * back) for back in range(1, count + 1)]
        yield from ((masa, first) for first in firsts if closed(masa, first, today))
        if masa == Masa.BULAN:
            yield from ((Masa.HARI, month_end(first)) for first in firsts)


def _make(masa: str, first: date) -> Rilis:
    offices = Bapas.objects.filter(aktif=True).order_by("pk")
    regions: dict[int, list[int]] = defaultdict(list)
    for pk, kanwil in offices.values_list("pk", "kanwil_id"):
        regions[kanwil].append(pk)
    places: dict[int, list[int]] = defaultdict(list)
    for pk, where in offices.values_list("pk", "wilayah_kerja"):
        places[pk] += [where] if where else []
    above = tree_over(regions, places)
    rilis = Rilis(masa=masa, mulai=first)
    faces = decide(above, count(masa, first, dict(places)), _hidden_before(rilis), _factors())
    rilis.save(force_insert=True)
    Wajah.objects.bulk_create(
        Wajah(rilis=rilis, khalayak=audience, angka=angka_of(found, node), **_owner(node))
        for audience, found in faces.items()
        for node in above
        if _is_printed(node)
    )
    return rilis


def angka_of(faces: Faces, node: Node) -> dict[str, int | str]:
    """The faces of one unit as they are stored: measure → number or sign; what is 0, or not told, is left out."""
    cells = {measure: found.get(node, 0) for measure, found in faces.items()}
    return {measure: SIGNS.get(face) or face or 0 for measure, face in cells.items() if face != 0}


def count(masa: str, first: date, places: measures.Places) -> measures.Counts:
    found: measures.Counts = defaultdict(dict)
    for room in modules("rilis"):
        for counter in room.COUNTERS.get(masa, ()):
            counter(found, places, first, measures.last_day(masa, first))
    return found


def _factors() -> dict[str, str]:
    """Measure of a category → measure of its factor."""
    domains = KategoriKebutuhan.objects.values_list("pk", "domain")
    return {f"{measures.NEED}{pk}": f"{measures.FACTOR}{domain}" for pk, domain in domains}


def _is_printed(node: Node) -> bool:
    return node[0] != "tempat" or node[2] != measures.ELSEWHERE


def _owner(node: Node) -> dict[str, int | None]:
    level, pk, where = node
    return {"kanwil_id": pk} if level == "kanwil" else {"bapas_id": pk or None, "kabkota_id": where or None}


def _node(row: Wajah) -> Node:
    if row.kanwil_id:
        return ("kanwil", row.kanwil_id, 0)
    if not row.bapas_id:
        return ("nasional", 0, 0)
    return measures.place(row.bapas_id, row.kabkota_id) if row.kabkota_id else measures.office(row.bapas_id)


def _hidden_before(rilis: Rilis) -> Mapping[str, Mapping[str, set[Node]]]:
    """The cells hidden in the period before, by audience and measure."""
    last = Rilis.objects.filter(masa=rilis.masa, mulai__lt=rilis.mulai).order_by("-mulai").first()
    found: dict[str, dict[str, set[Node]]] = defaultdict(lambda: defaultdict(set))
    for row in Wajah.objects.filter(rilis=last) if last else ():
        for measure, face in row.angka.items():
            if face in FACES:
                found[row.khalayak][measure].add(_node(row))
    return found


def _forget(today: date) -> None:
    """Delete the states of single days that nobody can choose any more."""
    with database_scope(nation_scope()):
        for rilis in Rilis.objects.filter(masa=Masa.HARI, mulai__lt=today - timedelta(days=DAYS_KEPT)):
            if rilis.mulai != month_end(rilis.mulai):
                rilis.delete()


def face_of(stored: int | str) -> Shown:
    return FACES[stored] if isinstance(stored, str) else stored
