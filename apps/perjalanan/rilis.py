"""What is released of life after guidance."""

from datetime import date

from apps.perjalanan.figures import outcomes_per_office
from apps.rilis.measures import OUTCOME, Counts, Places, office
from apps.rilis.models import Masa

ANSWERS = ("yes", "no", "unknown")


def _outcomes(found: Counts, places: Places, first: date, last: date) -> None:
    for row in outcomes_per_office(list(places), since=first, until=last):
        for answer in ANSWERS:
            found[f"{OUTCOME}{row.name}:{answer}"][office(row.bapas_id)] = getattr(row, answer)


COUNTERS = {Masa.TAHUN: (_outcomes,)}
