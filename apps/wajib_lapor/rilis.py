"""What is released of reporting dates."""

from datetime import date

from apps.rilis.measures import OVERDUE, Counts, Places, of_offices
from apps.rilis.models import Masa
from apps.wajib_lapor.figures import overdue_per_office


def _overdue(found: Counts, places: Places, day: date, _: date) -> None:
    found[OVERDUE] = of_offices(overdue_per_office(list(places), day=day))


COUNTERS = {Masa.HARI: (_overdue,)}
