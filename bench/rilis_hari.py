"""Releasing one closed day of the whole country, against counting the same cells and nothing else.

The detail gives the seconds, the number of cells, and the share of those of five or more that Kanwil and Ditjenpas see.
"""

from collections import defaultdict
from datetime import timedelta

from django.utils import timezone

from apps.dasar.suppress import SMALLEST_SHOWN
from apps.rilis import releasing
from apps.rilis.models import Khalayak, Masa, Rilis, Wajah
from apps.wilayah.models import Bapas
from apps.wilayah.scope import database_scope, nation_scope
from bench.measure import Verdict, interleaved, seconds

PASS, AIM, ROUNDS = 8.0, 4.0, 3


def run() -> Verdict:
    day = timezone.localdate() - timedelta(days=1)

    def anew() -> float:
        with database_scope(nation_scope()):
            Rilis.objects.filter(masa=Masa.HARI, mulai=day).delete()
        return seconds(lambda: releasing.release(Masa.HARI, day))

    ratio, pairs = interleaved(anew, lambda: seconds(lambda: _count(day)), ROUNDS)
    longest = max(whole for whole, _ in pairs)
    shown, all_cells = _shares(day)
    detail = f"At most {longest:.1f} s. {all_cells:,} cells of five or more, {shown / max(all_cells, 1):.0%} shown."
    return Verdict("release of a day", ratio, PASS, AIM, detail, higher_is_better=False)


def _count(day) -> dict:
    places = defaultdict(list)
    for pk, where in Bapas.objects.filter(aktif=True).values_list("pk", "wilayah_kerja"):
        places[pk] += [where] if where else []
    with database_scope(nation_scope()):
        return releasing.count(Masa.HARI, day, dict(places))


def _shares(day) -> tuple[int, int]:
    """How many cells of five or more officials read as numbers, and how many there are."""
    counts = _count(day)
    large = sum(n >= SMALLEST_SHOWN for cells in counts.values() for n in cells.values())
    with database_scope(nation_scope()):
        rows = Wajah.objects.filter(rilis__masa=Masa.HARI, rilis__mulai=day, khalayak=Khalayak.DINAS)
        units = rows.filter(bapas__isnull=False)
        shown = sum(isinstance(face, int) for row in units for face in row.angka.values())
    return shown, max(large, shown)
