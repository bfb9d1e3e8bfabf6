"""Figures about assessments. Sums per Bapas; whoever shows them suppresses small counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, Subquery

from apps.asesmen.models import AGAIN_AFTER, FIRST_WITHIN, Asesmen, with_last_assessment
from apps.klien.models import Klien


@dataclass(frozen=True)
class Punctuality:
    """How an office assesses: `on_time` of `due` first assessments, `current` of `active` clients within a year."""

    due: int = 0
    """Clients registered early enough in the period that the first assessment was due by its end."""
    on_time: int = 0
    active: int = 0
    current: int = 0
    """Active clients whose last assessment is not older than a year."""


def punctuality(offices: Collection[int], *, since: date, until: date) -> dict[int, Punctuality]:
    """Bapas id → punctuality of the period from `since` up to and including `until`; two queries."""
    first = Asesmen.objects.finished().filter(bapas=OuterRef("bapas"), klien=OuterRef("pk")).order_by("tanggal")
    registered = Klien.objects.filter(bapas_id__in=offices, diregistrasi__range=(since, until - FIRST_WITHIN))
    registered = registered.annotate(pertama=Subquery(first.values("tanggal")[:1]))
    firsts = _counted(registered, Q(pertama__lte=F("diregistrasi") + FIRST_WITHIN))
    active = with_last_assessment(Klien.objects.filter(bapas_id__in=offices, status=Klien.Status.AKTIF))
    currents = _counted(active, Q(asesmen_terakhir__gte=until - AGAIN_AFTER))
    return {
        office: Punctuality(*firsts.get(office, (0, 0)), *currents.get(office, (0, 0)))
        for office in {*firsts, *currents}
    }


def _counted(clients, good: Q) -> dict[int, tuple[int, int]]:
    """Bapas id → (all, those that are `good`)."""
    rows = clients.order_by().values("bapas_id").annotate(semua=Count("pk"), baik=Count("pk", filter=good))
    return {row["bapas_id"]: (row["semua"], row["baik"]) for row in rows}
