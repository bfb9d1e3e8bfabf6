"""Figures about clients, their guidance and their needs. Sums per Bapas; whoever shows them suppresses small counts.

Every function takes `offices`, a set of Bapas ids inside the reader's jurisdiction, and asks the database once.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import groupby
from typing import cast

from django.db.models import Count, Q

from apps.klien.models import CatatanBimbingan, Kebutuhan, Kendala, Klien, MasaBimbingan

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class ClientCount:
    """Active clients of one Bapas on one day; `overdue` are past their reporting date."""

    active: int = 0
    overdue: int = 0
    children: int = 0
    women: int = 0
    working: int = 0
    officers: int = 0


COUNTS = tuple(field.name for field in fields(ClientCount))


@dataclass(frozen=True)
class GuidanceMonth:
    """Contacts of one Bapas in one month: client came (`done`) or did not (`missed`)."""

    bapas_id: int
    month: date
    done: int
    missed: int


@dataclass(frozen=True)
class NeedCount:
    """Needs of one category at one Bapas, by where they stand."""

    bapas_id: int
    kategori_id: int
    open: int
    referred: int
    served: int
    met: int
    unmet: int
    clients: int
    """Active clients with at least one need of the category that is not met yet."""


@dataclass(frozen=True)
class ObstacleCount:
    """Obstacles of one kind at one Bapas: how often, and for how many different clients."""

    bapas_id: int
    jenis: str
    times: int
    clients: int


@dataclass(frozen=True)
class ProgrammeCount:
    """Active clients of one Bapas under one legal ground."""

    bapas_id: int
    programme: str
    clients: int


def clients_per_office(offices: Collection[int], *, today: date) -> dict[int, ClientCount]:
    """Bapas id → counts of active clients on `today`. An office without clients has no entry."""
    rows = (
        Klien.objects.filter(bapas_id__in=offices, status=Klien.Status.AKTIF)
        .values("bapas_id")
        .annotate(
            active=Count("pk"),
            overdue=Count("pk", filter=Q(jadwal__berikutnya__lt=today)),
            children=Count("pk", filter=Q(kategori_usia=Klien.Usia.ANAK)),
            women=Count("pk", filter=Q(jenis_kelamin=Klien.Kelamin.PEREMPUAN)),
            working=Count("pk", filter=Q(kegiatan_utama=Klien.KegiatanUtama.BEKERJA)),
            officers=Count("pk_pembimbing", distinct=True),
        )
    )
    return {row["bapas_id"]: ClientCount(**{name: cast(dict, row)[name] for name in COUNTS}) for row in rows}


def guidance_per_month(offices: Collection[int], *, since: date, until: date) -> list[GuidanceMonth]:
    """Standing records from `since` up to and including `until`, per Bapas and month, in order."""
    days = (
        CatatanBimbingan.objects.filter(bapas_id__in=offices, tanggal__gte=since, tanggal__lte=until)
        .standing()
        .values_list("bapas_id", "tanggal")
        .annotate(done=Count("pk", filter=Q(hadir=True)), missed=Count("pk", filter=Q(hadir=False)))
        .order_by("bapas_id", "tanggal")
    )
    return list(_months(days))


def _months(days: Iterable[tuple[int, date, int, int]]) -> Iterator[GuidanceMonth]:
    """Sums of days. PostgreSQL counts days straight off the index; for months it would have to sort first."""
    for (office, month), group in groupby(days, key=lambda row: (row[0], row[1].replace(day=1))):
        _, _, done, missed = zip(*group, strict=True)
        yield GuidanceMonth(office, month, sum(done), sum(missed))


def needs_per_category(
    offices: Collection[int], *, since: date | None = None, until: date | None = None
) -> list[NeedCount]:
    """Needs per Bapas and category, all of them or those recorded from `since` up to and including `until`."""
    status = Kebutuhan.Status
    period = Q()
    if since:
        period &= Q(dicatat_pada__date__gte=since)
    if until:
        period &= Q(dicatat_pada__date__lte=until)
    rows = (
        Kebutuhan.objects.filter(period, bapas_id__in=offices)
        .values("bapas_id", "kategori_id")
        .annotate(
            open=Count("pk", filter=Q(status=status.TERBUKA)),
            referred=Count("pk", filter=Q(status=status.DIRUJUK)),
            served=Count("pk", filter=Q(status=status.DILAYANI)),
            met=Count("pk", filter=Q(status=status.TERPENUHI)),
            unmet=Count("pk", filter=Q(status=status.TIDAK)),
            clients=Count(
                "klien_id", distinct=True, filter=Q(status__in=Kebutuhan.UNMET, klien__status=Klien.Status.AKTIF)
            ),
        )
        .order_by("bapas_id", "kategori_id")
    )
    return [NeedCount(**row) for row in rows]


def clients_in_need(offices: Collection[int], *, kategori: int | None = None) -> dict[int, int]:
    """Bapas id → different active clients with at least one need (of the category) that is not met yet."""
    of_category = Q(kategori_id=kategori) if kategori else Q()
    unmet = Q(status__in=Kebutuhan.UNMET, klien__status=Klien.Status.AKTIF)
    rows = Kebutuhan.objects.filter(of_category, unmet, bapas_id__in=offices)
    return dict(rows.values_list("bapas_id").annotate(Count("klien_id", distinct=True)).order_by())


def obstacles_per_kind(offices: Collection[int], *, since: date, until: date) -> list[ObstacleCount]:
    """Obstacles of standing records from `since` up to and including `until`, per Bapas, the most frequent first."""
    rows = (
        Kendala.objects.filter(bapas_id__in=offices, tanggal__gte=since, tanggal__lte=until)
        .counted()
        .values("bapas_id", "jenis__nama")
        .annotate(times=Count("pk"), clients=Count("klien_id", distinct=True))
        .order_by("bapas_id", "-times", "jenis__nama")
    )
    return [ObstacleCount(row["bapas_id"], row["jenis__nama"], row["times"], row["clients"]) for row in rows]


def clients_per_programme(offices: Collection[int], *, today: date) -> list[ProgrammeCount]:
    """Active clients whose term runs on `today`, per Bapas and legal ground."""
    rows = (
        MasaBimbingan.objects.filter(
            bapas_id__in=offices, mulai__lte=today, selesai__gte=today, klien__status=Klien.Status.AKTIF
        )
        .values("bapas_id", "jenis_program__nama")
        .annotate(clients=Count("klien_id", distinct=True))
        .order_by("bapas_id", "jenis_program__urutan")
    )
    return [ProgrammeCount(row["bapas_id"], row["jenis_program__nama"], row["clients"]) for row in rows]


def last_months(today: date, count: int = MONTHS_SHOWN) -> list[date]:
    """First days of the `count` months that end with the month of `today`, oldest first."""
    months = [today.replace(day=1)]
    while len(months) < count:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]
