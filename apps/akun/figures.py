"""Figures about the people of an office."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, DateField, DateTimeField, F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from apps.akun.models import Pengguna, Penugasan, RiwayatAkun
from apps.akun.roles import Peran

Peristiwa = RiwayatAkun.Peristiwa


def officers_on(day: date):
    """Assignments of Pembimbing Kemasyarakatan in force on `day`, whose account was open then."""
    there = Func(OuterRef("bapas__zona_waktu"), F("pada"), function="timezone", output_field=DateTimeField())
    events = RiwayatAkun.objects.filter(
        pengguna=OuterRef("pengguna"), peristiwa__in=[Peristiwa.NONAKTIF, Peristiwa.AKTIF]
    )
    later = events.annotate(hari=Cast(there, DateField())).filter(hari__gt=day).order_by("pada", "pk")
    duties = Penugasan.objects.on(day).filter(peran=Peran.PK)
    return duties.annotate(lalu=Subquery(later.values("peristiwa")[:1])).filter(
        Q(lalu=Peristiwa.NONAKTIF) | Q(lalu=None, pengguna__is_active=True)
    )


def officers_per_office(offices: Collection[int], *, day: date) -> dict[int, int]:
    """Bapas id → PK on `day`. Who serves at two offices counts at both."""
    rows = officers_on(day).filter(bapas_id__in=offices).order_by().values_list("bapas_id")
    return dict(rows.annotate(Count("pengguna", distinct=True)))


def officers_per_rank(offices: Collection[int], *, day: date) -> dict[str, int]:
    """Functional rank as it is today (it has no date), empty while unknown → PK on `day`."""
    people = Pengguna.objects.filter(pk__in=officers_on(day).filter(bapas_id__in=offices).values("pengguna"))
    return dict(people.order_by().values_list("jenjang").annotate(Count("pk")))
