"""Figures about clients, their guidance and their needs: one function each, for any day. They are sums per Bapas; the
caller suppresses small counts.

Every function takes `offices`, a set of Bapas ids inside the reader's jurisdiction, and runs one or two queries,
however many offices there are. A figure describes the end of `day`; for today it describes this moment. Dashboards,
the daily and the annual report, exports and the API take their numbers from here, so that a name has one number.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import groupby
from typing import cast

from django.db.models import Count, Q

from apps.jejak.past import value_on
from apps.klien.models import CatatanBimbingan, Kebutuhan, Kendala, Klien, MasaBimbingan

MONTHS_SHOWN = 12
NO_TERM = "Masa bimbingan belum dicatat"


@dataclass(frozen=True)
class ClientCount:
    """Active clients of one Bapas at the end of one day."""

    active: int = 0
    children: int = 0
    women: int = 0


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
    """Needs of one category of the active clients of one Bapas, by status."""

    bapas_id: int
    kategori_id: int
    open: int
    referred: int
    served: int
    met: int
    not_met: int
    """Closed as not to be met; one of the four ways to be unmet."""
    clients: int
    """Active clients with at least one need of the category that is not met yet."""

    @property
    def unmet(self) -> int:
        return self.open + self.referred + self.served + self.not_met


@dataclass(frozen=True)
class ObstacleCount:
    """Obstacles of one kind at one Bapas: how often, and for how many different clients."""

    bapas_id: int
    jenis: str
    times: int
    clients: int


@dataclass(frozen=True)
class ProgrammeCount:
    """Active clients of one Bapas and age group under one legal ground; `kode` is empty for clients without a recorded
    term. The rows of an office add up to its active clients."""

    bapas_id: int
    usia: str
    kode: str
    name: str
    clients: int


def clients_per_office(offices: Collection[int], *, day: date) -> dict[int, ClientCount]:
    """Bapas id → counts of active clients. An office without clients has no entry."""
    rows = (
        Klien.objects.filter(bapas_id__in=offices)
        .as_of(day)
        .order_by()
        .values("bapas_id")
        .annotate(
            active=Count("pk"),
            children=Count("pk", filter=Q(kategori_usia=Klien.Usia.ANAK)),
            women=Count("pk", filter=Q(jenis_kelamin=Klien.Kelamin.PEREMPUAN)),
        )
    )
    return {row["bapas_id"]: ClientCount(**{name: cast(dict, row)[name] for name in COUNTS}) for row in rows}


def clients_at_work(offices: Collection[int], *, day: date) -> dict[int, int]:
    """Bapas id → active clients whose main activity was work on `day`, as far as the history of changes tells."""
    rows = Klien.objects.filter(bapas_id__in=offices).as_of(day).order_by()
    rows = rows.annotate(saat=value_on(day, "klien_klien", "kegiatan_utama"))
    return dict(rows.filter(saat=Klien.KegiatanUtama.BEKERJA).values_list("bapas_id").annotate(Count("pk")))


def guidance_per_month(offices: Collection[int], *, since: date, until: date) -> list[GuidanceMonth]:
    """Contacts that count, from `since` up to and including `until`, per Bapas and month, in order."""
    days = (
        CatatanBimbingan.objects.filter(bapas_id__in=offices, tanggal__gte=since, tanggal__lte=until)
        .counted()
        .values_list("bapas_id", "tanggal")
        .annotate(done=Count("pk", filter=Q(hadir=True)), missed=Count("pk", filter=Q(hadir=False)))
        .order_by("bapas_id", "tanggal")
    )
    return list(_months(days))


def _months(days: Iterable[tuple[int, date, int, int]]) -> Iterator[GuidanceMonth]:
    """Days added up to months. PostgreSQL counts days in index order; for months it would have to sort first."""
    for (office, month), group in groupby(days, key=lambda row: (row[0], row[1].replace(day=1))):
        _, _, done, missed = zip(*group, strict=True)
        yield GuidanceMonth(office, month, sum(done), sum(missed))


def needs_per_category(offices: Collection[int], *, day: date) -> list[NeedCount]:
    """Needs of active clients per Bapas and category, by their status at the end of `day`."""
    status = Kebutuhan.Status
    rows = (
        Kebutuhan.objects.filter(bapas_id__in=offices)
        .as_of(day)
        .values("bapas_id", "kategori_id")
        .annotate(
            open=Count("pk", filter=Q(keadaan=status.TERBUKA)),
            referred=Count("pk", filter=Q(keadaan=status.DIRUJUK)),
            served=Count("pk", filter=Q(keadaan=status.DILAYANI)),
            met=Count("pk", filter=Q(keadaan=status.TERPENUHI)),
            not_met=Count("pk", filter=Q(keadaan=status.TIDAK)),
            clients=Count("klien_id", distinct=True, filter=Q(keadaan__in=Kebutuhan.UNMET)),
        )
        .order_by("bapas_id", "kategori_id")
    )
    return [NeedCount(**row) for row in rows]


def clients_in_need(offices: Collection[int], *, day: date, kategori: int | None = None) -> dict[int, int]:
    """Bapas id → number of active clients with at least one need (of the category) that is not met yet."""
    of_category = Q(kategori_id=kategori) if kategori else Q()
    rows = Kebutuhan.objects.filter(of_category, bapas_id__in=offices).unmet(day)
    return dict(rows.values_list("bapas_id").annotate(Count("klien_id", distinct=True)).order_by())


def obstacles_per_kind(offices: Collection[int], *, since: date, until: date) -> list[ObstacleCount]:
    """Obstacles that count, from `since` up to and including `until`, per Bapas, the most frequent first."""
    rows = (
        Kendala.objects.filter(bapas_id__in=offices, tanggal__gte=since, tanggal__lte=until)
        .counted()
        .values("bapas_id", "jenis__nama")
        .annotate(times=Count("pk"), clients=Count("klien_id", distinct=True))
        .order_by("bapas_id", "-times", "jenis__nama")
    )
    return [ObstacleCount(row["bapas_id"], row["jenis__nama"], row["times"], row["clients"]) for row in rows]


def clients_per_programme(offices: Collection[int], *, day: date) -> list[ProgrammeCount]:
    """Active clients per Bapas, age group and the legal ground of their newest term (`MasaQuerySet.as_of`), in the
    order of the reference list; last those without a term."""
    grounds = (
        MasaBimbingan.objects.filter(bapas_id__in=offices)
        .as_of(day)
        .values_list("bapas_id", "klien__kategori_usia", "jenis_program__kode", "jenis_program__nama")
        .annotate(clients=Count("pk"))
        .order_by("bapas_id", "jenis_program__urutan", "klien__kategori_usia")
    )
    known = [ProgrammeCount(*row) for row in grounds]
    left = {
        (office, usia): n - sum(row.clients for row in known if (row.bapas_id, row.usia) == (office, usia))
        for office, counts in clients_per_office(offices, day=day).items()
        for usia, n in ((Klien.Usia.DEWASA, counts.active - counts.children), (Klien.Usia.ANAK, counts.children))
    }
    return known + [ProgrammeCount(office, usia, "", NO_TERM, n) for (office, usia), n in left.items() if n]


def by_programme(rows: Iterable[ProgrammeCount]) -> dict[str, int]:
    """Name of the programme → active clients of all ages and offices, in the order of the rows."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.name] = found.get(row.name, 0) + row.clients
    return found


def last_months(today: date, count: int = MONTHS_SHOWN) -> list[date]:
    """First days of the `count` months that end with the month of `today`, oldest first."""
    months = [today.replace(day=1)]
    while len(months) < count:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]
