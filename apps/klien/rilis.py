"""What is released of clients, their needs, their guidance and their obstacles."""

from datetime import date

from django.db.models import Count

from apps.klien.figures import (
    clients_in_need,
    clients_per_office,
    clients_per_programme,
    guidance_per_month,
    obstacles_per_kind,
    programmes_released,
)
from apps.klien.models import Kebutuhan
from apps.rekap.reading import standing
from apps.rilis.measures import (
    CHILDREN,
    CLIENTS,
    DONE,
    ELSEWHERE,
    FACTOR,
    IN_NEED,
    MET,
    MISSED,
    NEED,
    OBSTACLE,
    PROGRAMME,
    STATUS,
    Counts,
    Places,
    of_offices,
    office,
    place,
)
from apps.rilis.models import Masa


def _clients(found: Counts, places: Places, day: date, _: date) -> None:
    offices = list(places)
    clients = clients_per_office(offices, day=day)
    found[CLIENTS] = of_offices({pk: row.active for pk, row in clients.items()})
    found[CHILDREN] = of_offices({pk: row.children for pk, row in clients.items()})
    found[IN_NEED] = of_offices(clients_in_need(offices, day=day))
    for met in standing(offices, "terpenuhi", day=day):
        found[MET + met.category][office(met.bapas_id)] = met.n


def _needs(found: Counts, places: Places, day: date, _: date) -> None:
    """Clients per category or factor, office and place, and per step that a need has reached: each client once."""
    needs = Kebutuhan.objects.filter(bapas_id__in=list(places))
    for name, kind in ((NEED, "kategori_id"), (FACTOR, "kategori__domain")):
        per_place = needs.unmet(day).values_list(kind, "bapas_id", "klien__kabkota_id")
        for key, bapas, kabkota, n in per_place.annotate(Count("klien_id", distinct=True)).order_by():
            leaf = place(bapas, kabkota if kabkota in places[bapas] else ELSEWHERE)
            cells = found[f"{name}{key}"]
            cells[leaf] = cells.get(leaf, 0) + n
    per_status = needs.as_of(day).exclude(keadaan=Kebutuhan.Status.BATAL).values_list("keadaan", "bapas_id")
    for status, bapas, n in per_status.annotate(Count("klien_id", distinct=True)).order_by():
        found[STATUS + status][office(bapas)] = n


def _programmes(found: Counts, places: Places, day: date, _: date) -> None:
    rows = clients_per_programme(list(places), day=day)
    for pk in places:
        for name, n in programmes_released(row for row in rows if row.bapas_id == pk).items():
            found[PROGRAMME + name][office(pk)] = n


def _guidance(found: Counts, places: Places, first: date, last: date) -> None:
    rows = guidance_per_month(list(places), since=first, until=last)
    found[DONE] = of_offices({row.bapas_id: row.done for row in rows})
    found[MISSED] = of_offices({row.bapas_id: row.missed for row in rows})


def _obstacles(found: Counts, places: Places, first: date, last: date) -> None:
    for row in obstacles_per_kind(list(places), since=first, until=last):
        found[OBSTACLE + row.jenis][office(row.bapas_id)] = row.clients


COUNTERS = {Masa.HARI: (_clients, _needs, _programmes), Masa.BULAN: (_guidance,), Masa.TRIWULAN: (_obstacles,)}
