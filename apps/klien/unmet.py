"""Unmet needs of a region as sums: category, urgency, number of clients. Never names."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from django.db import connection

from apps.acuan.models import KategoriKebutuhan
from apps.dasar.disclosure import Shown, added, in_order
from apps.klien.models import Kebutuhan
from apps.rilis import reading
from apps.rilis.measures import FACTOR, NEED
from apps.rilis.models import Khalayak, Masa
from apps.rilis.reading import Faces, factor_name
from apps.wilayah.models import Bapas, KabKota
from apps.wilayah.scope import database_scope, lookup_scope

URGENCIES = tuple(Kebutuhan.Mendesak)


@dataclass(frozen=True)
class UnmetRow:
    """Active clients with an unmet need of one category. Outside the office counts may be MASKED or HIDDEN."""

    kategori: str
    domain: str
    total: Shown
    urgent: tuple[int, ...] = ()
    """For the office itself clients by urgency, in the order of `URGENCIES`; a client with two needs counts under the
    more pressing one."""


def offices_for(user) -> frozenset[int]:
    """Offices whose needs `user` may see as figures: those of the jurisdiction; for a partner, those of its place."""
    if not user.scope.mitra:
        return user.scope.bapas
    home = home_of(user)
    return frozenset(Bapas.objects.filter(aktif=True, wilayah_kerja=home).values_list("pk", flat=True) if home else ())


def places_of(offices: Collection[int]):
    """Regencies and cities that the offices serve."""
    return KabKota.objects.filter(bapas__in=offices).distinct().order_by("nama")


def home_of(user) -> int | None:
    """A partner's own place, the first that it sees; None for others."""
    return user.penugasan.mitra.kabkota_id if user.scope.mitra else None


def figures_scope(user, offices: frozenset[int]) -> AbstractContextManager:
    """Database scope for this table of sums. A partner has no office, so it reads those of its place."""
    return database_scope(lookup_scope(user, offices))


def unmet_rows(office: int, *, day: date, kabkota: int | None) -> list[UnmetRow]:
    """For the office itself: categories at the end of `day`, those with most clients first."""
    counts: dict[int, list[int]] = {}
    for category, urgency, clients in _most_pressing(office, day, kabkota):
        counts.setdefault(category, [0] * len(URGENCIES))[urgency] = clients
    return _rows({category: (sum(cells), tuple(cells)) for category, cells in counts.items()})


def released_rows(
    user, offices: Collection[int], *, day: date, kabkota: int | None
) -> tuple[date | None, list[UnmetRow]]:
    """For Kanwil, Ditjenpas and partners: the newest released day, and the categories as they were released."""
    first = reading.newest(hari=day)["hari"]
    duty = user.penugasan
    audience = Khalayak.LUAR if duty.mitra_id else Khalayak.DINAS
    if kabkota:
        those = reading.places(offices, kabkota)
    elif duty.mitra_id:
        those = reading.offices(offices)
    else:
        those = reading.regions([duty.kanwil_id]) if duty.kanwil_id else reading.nation()
    units = reading.read_one(Masa.HARI, first, audience, those).all()
    kinds = {kind for faces in units for kind in faces.kinds(NEED)}
    rows = _rows({int(kind): (added(*(faces(NEED + kind) for faces in units)), ()) for kind in kinds})
    return first, rows + _factor_rows(units)


def _factor_rows(units: Sequence[Faces]) -> list[UnmetRow]:
    """Factors instead of categories, where these are too few to be told."""
    if len(units) != 1:
        return []
    labels = [(kind, KategoriKebutuhan.Domain(kind).label) for kind in units[0].kinds(FACTOR)]
    return [UnmetRow(factor_name(kind), label, units[0](FACTOR + kind)) for kind, label in labels]


def _rows(counts: dict[int, tuple[Shown, tuple[int, ...]]]) -> list[UnmetRow]:
    categories = KategoriKebutuhan.objects.in_bulk(counts)
    rows = [
        UnmetRow(categories[key].nama, categories[key].get_domain_display(), *cells) for key, cells in counts.items()
    ]
    return in_order(rows, count=lambda row: row.total, name=lambda row: row.kategori)


def _most_pressing(office: int, day: date, kabkota: int | None) -> list[tuple[int, int, int]]:
    """(category, index in URGENCIES, clients): a client counts once per category."""
    needs = Kebutuhan.objects.filter(bapas=office).unmet(day)
    here = needs.filter(klien__kabkota=kabkota) if kabkota else needs
    sql, params = here.values("kategori_id", "klien_id", "mendesak").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(MOST_PRESSING.format(needs=sql), (list(URGENCIES), *params))
        return cursor.fetchall()


MOST_PRESSING = """
SELECT kategori_id, urutan, count(*) FROM (
    SELECT kategori_id, klien_id, min(array_position(%s::text[], mendesak::text)) - 1 AS urutan
    FROM ({needs}) need GROUP BY 1, 2
) per_client GROUP BY 1, 2
"""
