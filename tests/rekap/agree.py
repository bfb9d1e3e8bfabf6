"""Compares every sum of the recap with a recount of the rows."""

import datetime as dt

from django.utils import timezone

from apps.kegiatan.figures import held_per_office
from apps.klien.figures import (
    clients_in_need,
    clients_per_office,
    clients_per_programme,
    guidance_per_month,
    needs_outlook,
)
from apps.klien.models import Kebutuhan
from apps.program.figures import money_per_office
from apps.wajib_lapor.figures import overdue_per_office
from tests.rekap import recount

DAY = dt.timedelta(days=1)


def assert_equal_numbers(offices, days, *, history=True):
    """Figures of the recap and of the rows, for each of `days`, and for the months that end with it.

    Without a `history` of states (raw SQL writes none) the status of a need is compared for today only.
    """
    for day in days:
        for name, ours, theirs in _pairs(offices, day):
            if name == "kebutuhan" and not history and day < timezone.localdate():
                continue
            assert ours == theirs, f"{day} {name}: {ours}, a recount says {theirs}"


def _pairs(offices, day):
    counts = clients_per_office(offices, day=day)
    yield "klien", {key: (n.active, n.children, n.women) for key, n in counts.items()}, recount.clients(offices, day)
    if day >= timezone.localdate():
        yield "terlewat", overdue_per_office(offices, day=day), recount.overdue(offices, day)
    yield "butuh", clients_in_need(offices, day=day), recount.in_need(offices, day)
    for kind in Kebutuhan.objects.values_list("kategori", flat=True).distinct():
        yield f"butuh {kind}", clients_in_need(offices, day=day, kategori=kind), recount.in_need(offices, day, kind)
    yield "kebutuhan", needs_outlook(offices, day=day), recount.outlook(offices, day)
    terms = {(row.bapas_id, row.usia, row.kode): row.clients for row in clients_per_programme(offices, day=day)}
    yield "masa", {key: n for key, n in terms.items() if key[2]}, recount.programmes(offices, day)
    for since in (day, day.replace(day=1), day - 5 * DAY, day - 75 * DAY):
        months = guidance_per_month(offices, since=since, until=day)
        months = [(row.bapas_id, row.month, row.done, row.missed) for row in months]
        yield f"bimbingan {since}", months, recount.guidance(offices, since, day)
        held = held_per_office(offices, since=since, until=day)
        yield f"kegiatan {since}", held, recount.activities(offices, since, day)
    for year in (day.year - 1, day.year):
        yield f"uang {year}", money_per_office(offices, year, day=day), recount.money(offices, year, day)
