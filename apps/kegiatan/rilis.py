"""What is released of attendance at activities."""

from datetime import date

from apps.kegiatan.figures import attendance_per_field
from apps.rilis.measures import ABSENT, PRESENT, Counts, Places, office
from apps.rilis.models import Masa


def _attendance(found: Counts, places: Places, first: date, last: date) -> None:
    for row in attendance_per_field(list(places), since=first, until=last):
        found[PRESENT + row.bidang][office(row.bapas_id)] = row.present
        found[ABSENT + row.bidang][office(row.bapas_id)] = row.invited - row.present


COUNTERS = {Masa.TRIWULAN: (_attendance,)}
