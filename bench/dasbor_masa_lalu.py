"""The dashboard of a Kanwil for each of the last twelve months against what stands today, counted from the rows.

Its dashboard of today reads sums; of a past day the reporting dates are asked of the guidance log. Before anything is
timed, the figures of today are compared with the statuses. Both run as the web role, under the row policies.
"""

from collections.abc import Callable, Collection
from datetime import date
from statistics import median

from django.db.models import Count
from django.utils import timezone

from apps.acuan.calendar import month_end
from apps.dasbor.region import collect
from apps.dasbor.units import bapas_of
from apps.klien.figures import clients_in_need, clients_per_office, last_months
from apps.klien.models import Kebutuhan, Klien
from apps.wajib_lapor.figures import overdue_per_office
from apps.wilayah.models import Bapas, Kanwil
from apps.wilayah.scope import Scope, database_scope, office_scope
from bench.measure import Verdict, interleaved, seconds

ROUNDS, MONTHS = 5, 12
PASS, AIM = 2, 1
FIGURES = (clients_per_office, overdue_per_office, clients_in_need)
"""Figures that depend on the day; money, activities and guidance come from dated rows."""


def run() -> Verdict:
    kanwil = _largest()
    units, today = bapas_of(kanwil), timezone.localdate()
    months = last_months(today, MONTHS + 1)[:-1]
    offices = frozenset().union(*(unit.offices for unit in units))
    with database_scope(Scope(offices)):
        active = _compare(offices, today)
        pages, pairs = _against(lambda: [collect(units, month=month, today=today) for month in months], units, today)
        standing, _ = _against(lambda: _past(offices, months), units, today)
        alone = ", ".join(f"{figure.__name__} {_of(figure, offices, months) * 1000:.0f} ms" for figure in FIGURES)
    each = ", ".join(f"{a * 1000:.0f}/{b * 1000:.0f} ms" for a, b in pairs)
    detail = (
        f"{kanwil}: {len(offices)} Bapas, {active} active clients, equal numbers today; "
        f"{MONTHS} past dashboards/today's rows: {each}. What stands, for {MONTHS} month-ends together: {standing:.1f} "
        f"of today's rows ({alone})."
    )
    return Verdict("dashboard of a past month", pages / MONTHS, PASS, AIM, detail, higher_is_better=False)


def _against(work: Callable[[], object], units, today: date) -> tuple[float, list[tuple[float, float]]]:
    offices = frozenset().union(*(unit.offices for unit in units))
    return interleaved(lambda: seconds(work), lambda: seconds(lambda: _rows(offices, today)), ROUNDS)


def _rows(offices: Collection[int], today: date) -> None:
    """Clients, those past their date and those in need today, without the sums: three plain counts."""
    guided = Klien.objects.filter(bapas_id__in=offices).as_of(today).order_by().values_list("bapas")
    needs = Kebutuhan.objects.filter(bapas_id__in=offices).unmet(today).order_by().values_list("bapas")
    for rows in (
        guided.annotate(Count("pk")),
        guided.filter(jadwal__berikutnya__lt=today).annotate(Count("pk")),
        needs.annotate(Count("klien", distinct=True)),
    ):
        list(rows)


def _past(offices: Collection[int], months: list[date]) -> None:
    for month in months:
        for figure in FIGURES:
            figure(offices, day=month_end(month))


def _of(figure, offices: Collection[int], months: list[date]) -> float:
    """Seconds for one figure at all month-ends."""
    return median(seconds(lambda: [figure(offices, day=month_end(month)) for month in months]) for _ in range(3))


def _compare(offices: Collection[int], today: date) -> int:
    """Number of active clients; `AssertionError` when today's figure differs from the count of the statuses."""
    asked = {office: counts.active for office, counts in clients_per_office(offices, day=today).items()}
    stands = dict(
        Klien.objects.filter(bapas_id__in=offices).active().order_by().values_list("bapas").annotate(Count("pk"))
    )
    if asked != stands:
        raise AssertionError(f"the figure of today and the statuses differ: {set(asked.items()) ^ set(stands.items())}")
    return sum(stands.values())


def _largest() -> Kanwil:
    """The Kanwil with the most active clients."""
    counts: dict[int, int] = {}
    for bapas in Bapas.objects.filter(aktif=True):
        with database_scope(office_scope(bapas.pk)):
            counts[bapas.kanwil_id] = (
                counts.get(bapas.kanwil_id, 0) + Klien.objects.filter(bapas=bapas).active().count()
            )
    return Kanwil.objects.get(pk=max(counts, key=lambda pk: counts[pk]))
