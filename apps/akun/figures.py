"""Figures about the people of an office."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, F, OuterRef, Q, Subquery

from apps.akun.models import Pengguna, Penugasan, RiwayatAkun
from apps.akun.roles import Peran
from apps.wilayah.days import day_in

Peristiwa = RiwayatAkun.Peristiwa


def officers_on(day: date):
    """Assignments of Pembimbing Kemasyarakatan in force on `day`, if the account was active then."""
    events = RiwayatAkun.objects.filter(
        pengguna=OuterRef("pengguna"), peristiwa__in=[Peristiwa.NONAKTIF, Peristiwa.AKTIF]
    )
    later = events.annotate(hari=day_in(OuterRef("bapas__zona_waktu"), F("pada"))).filter(hari__gt=day)
    duties = Penugasan.objects.on(day).filter(peran=Peran.PK)
    return duties.annotate(lalu=Subquery(later.order_by("pada", "pk").values("peristiwa")[:1])).filter(
        Q(lalu=Peristiwa.NONAKTIF) | Q(lalu=None, pengguna__is_active=True)
    )


def officers_per_office(offices: Collection[int], *, day: date) -> dict[int, int]:
    """Bapas id → number of PK on `day`. An officer who serves at two offices counts at both."""
    rows = officers_on(day).filter(bapas_id__in=offices).order_by().values_list("bapas_id")
    return dict(rows.annotate(Count("pengguna", distinct=True)))


def officers_per_rank(offices: Collection[int], *, day: date) -> dict[str, int]:
    """Functional rank of today (ranks have no dates), "" if unknown → number of PK on `day`."""
    people = Pengguna.objects.filter(pk__in=officers_on(day).filter(bapas_id__in=offices).values("pengguna"))
    return dict(people.order_by().values_list("jenjang").annotate(Count("pk")))
