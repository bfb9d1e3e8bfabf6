"""Figures about clients, their guidance and their needs: one function each, for any day. They are sums per Bapas; the
caller suppresses small counts.

Every function takes `offices`, a set of Bapas ids inside the reader's jurisdiction, and runs one or two queries,
however many offices there are. A figure describes the end of `day`; for today it describes this moment. Dashboards,
the daily and the annual report, exports and the API take their numbers from here, so that a name has one number.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from apps.acuan.models import JenisProgram
from apps.dasar.suppress import suppressed
from apps.jejak.past import value_on
from apps.klien.models import Kebutuhan, Kendala, Klien
from apps.rekap.reading import ALL, Sum, happened, standing

MONTHS_SHOWN = 12
NO_TERM = "Masa bimbingan belum dicatat"
OTHERS = "Program yang tidak dirinci"


@dataclass(frozen=True)
class ClientCount:
    """Active clients of one Bapas at the end of one day."""

    active: int = 0
    children: int = 0
    women: int = 0


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
    found: dict[int, Counter[str]] = {}
    for row in standing(offices, "klien", day=day):
        usia, kelamin = row.category.split("-")
        found.setdefault(row.bapas_id, Counter()).update(
            active=row.n,
            children=row.n * (usia == Klien.Usia.ANAK),
            women=row.n * (kelamin == Klien.Kelamin.PEREMPUAN),
        )
    return {office: ClientCount(**counts) for office, counts in found.items()}


def clients_at_work(offices: Collection[int], *, day: date) -> dict[int, int]:
    """Bapas id → active clients whose main activity was work on `day`, as far as the history of changes tells."""
    rows = Klien.objects.filter(bapas_id__in=offices).as_of(day).order_by()
    rows = rows.annotate(saat=value_on(day, "klien_klien", "kegiatan_utama"))
    return dict(rows.filter(saat=Klien.KegiatanUtama.BEKERJA).values_list("bapas_id").annotate(Count("pk")))


def guidance_per_month(offices: Collection[int], *, since: date, until: date) -> list[GuidanceMonth]:
    """Contacts that count, from `since` up to and including `until`, per Bapas and month, in order."""
    return _contacts(happened(offices, "bimbingan", since=since, until=until))


def guidance_trend(
    offices: Collection[int], *, since: date, month: date, until: date
) -> tuple[list[GuidanceMonth], list[GuidanceMonth]]:
    """`guidance_per_month` of the last `month` only, and the sum of all offices per month from `since`, in one read."""
    rows = _contacts(happened(offices, "bimbingan", since=since, until=until, apart=month))
    last = [row for row in rows if row.month == month]
    total = GuidanceMonth(ALL, month, sum(row.done for row in last), sum(row.missed for row in last))
    return last, [*(row for row in rows if row.month < month), total]


def _contacts(rows: Iterable[Sum]) -> list[GuidanceMonth]:
    found: dict[tuple[int, date], dict[str, int]] = {}
    for row in rows:
        found.setdefault((row.bapas_id, row.day), {})[row.category] = row.n
    return [GuidanceMonth(*key, n.get("hadir", 0), n.get("absen", 0)) for key, n in sorted(found.items())]


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
        )
        .order_by("bapas_id", "kategori_id")
    )
    return [NeedCount(**row) for row in rows]


def needs_outlook(offices: Collection[int], *, day: date) -> dict[int, tuple[int, int]]:
    """Category id → (active clients with an unmet need of it, met needs of active clients), of all offices together.

    Categories without any need on record are left out, those whose needs were all cancelled are not.
    """
    found: dict[int, tuple[int, int]] = {}
    for row in standing(offices, "butuh-jenis", "terpenuhi", "batal", day=day):
        unmet, met = found.get(int(row.category), (0, 0))
        match row.measure:
            case "butuh-jenis":
                unmet += row.n
            case "terpenuhi":
                met += row.n
        found[int(row.category)] = unmet, met
    return found


def clients_in_need(offices: Collection[int], *, day: date, kategori: int | None = None) -> dict[int, int]:
    """Bapas id → number of active clients with at least one need (of the category) that is not met yet."""
    if kategori:
        rows = standing(offices, "butuh-jenis", day=day, categories=[str(kategori)])
    else:
        rows = standing(offices, "butuh", day=day)
    return {row.bapas_id: row.n for row in rows}


def obstacles_per_kind(offices: Collection[int], *, since: date, until: date) -> list[ObstacleCount]:
    """Obstacles that count, from `since` up to and including `until`, per Bapas, the most frequent first."""
    rows = (
        Kendala.objects.filter(bapas_id__in=offices, tanggal__gte=since, tanggal__lte=until)
        .counted()
        .values("bapas_id", "jenis__nama")
        .annotate(times=Count("pk"), clients=Count(Coalesce("klien__digabung_ke", "klien"), distinct=True))
        .order_by("bapas_id", "-times", "jenis__nama")
    )
    return [ObstacleCount(row["bapas_id"], row["jenis__nama"], row["times"], row["clients"]) for row in rows]


def clients_per_programme(offices: Collection[int], *, day: date) -> list[ProgrammeCount]:
    """Active clients per Bapas, age group and the legal ground of their newest term (`MasaQuerySet.as_of`), in the
    order of the reference list; last those without a term."""
    names = {str(pk): (kode, nama) for pk, kode, nama in JenisProgram.objects.values_list("pk", "kode", "nama")}
    left: Counter[tuple[int, str]] = Counter()
    for office, counts in clients_per_office(offices, day=day).items():
        left[office, Klien.Usia.DEWASA], left[office, Klien.Usia.ANAK] = (
            counts.active - counts.children,
            counts.children,
        )
    places = {ground: place for place, ground in enumerate(names)}
    found: list[tuple[int, int, ProgrammeCount]] = []
    for row in standing(offices, "masa", day=day):
        ground, usia = row.category.split("-")
        found.append((row.bapas_id, places[ground], ProgrammeCount(row.bapas_id, usia, *names[ground], row.n)))
        left[row.bapas_id, usia] -= row.n
    known = [count for *_, count in sorted(found, key=lambda row: (*row[:2], row[2].usia))]
    return known + [ProgrammeCount(office, usia, "", NO_TERM, n) for (office, usia), n in left.items() if n]


def by_programme(rows: Iterable[ProgrammeCount]) -> dict[str, int]:
    """Name of the programme → active clients of all ages and offices, in the order of the rows."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.name] = found.get(row.name, 0) + row.clients
    return found


def programmes_released(rows: Iterable[ProgrammeCount]) -> dict[str, int]:
    """Clients of all ages per programme, as it is read outside their office.

    Programmes of few clients, programmes that only children have, and clients without a term are one line; if that is
    small too, it takes the next smallest programme.
    """
    rows, counts = list(rows), Counter[str]()
    of_children = {row.name for row in rows if row.usia == Klien.Usia.ANAK} - {
        row.name for row in rows if row.usia == Klien.Usia.DEWASA
    }
    for row in rows:
        counts[OTHERS if row.name in (*of_children, NO_TERM) else row.name] += row.clients
    while small := {name for name, n in counts.items() if suppressed(n)}:
        alone = small == {OTHERS}
        parts = {OTHERS, *(sorted(counts.keys() - small, key=counts.__getitem__)[:1] if alone else small)}
        if parts == {OTHERS}:
            return {}
        counts[OTHERS] = sum(counts.pop(name, 0) for name in parts)
    return dict(counts)


def last_months(today: date, count: int = MONTHS_SHOWN) -> list[date]:
    """First days of the `count` months that end with the month of `today`, oldest first."""
    months = [today.replace(day=1)]
    while len(months) < count:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]
