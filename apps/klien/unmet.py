"""Unmet needs of a region as sums: category, urgency, number of clients. Never names."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from django.db import connection

from apps.acuan.models import KategoriKebutuhan
from apps.dasar.disclosure import Shown, in_order, protect_total
from apps.klien.models import Kebutuhan
from apps.wilayah.models import Bapas, KabKota
from apps.wilayah.scope import database_scope, lookup_scope

URGENCIES = tuple(Kebutuhan.Mendesak)


@dataclass(frozen=True)
class UnmetRow:
    """Active clients with an unmet need of one category. Counts may be MASKED or HIDDEN."""

    kategori: str
    domain: str
    urgent: tuple[Shown, ...]
    """Clients by urgency, in the order of `URGENCIES`; a client with two needs counts under the more pressing one."""
    total: Shown


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
    """Database scope for this table of masked sums. A partner has no office, so it counts over those of its place."""
    return database_scope(lookup_scope(user, offices))


def unmet_rows(offices: Collection[int], *, day: date, kabkota: int | None, masked: bool) -> list[UnmetRow]:
    """Categories at the end of `day`, those with most clients first."""
    counts: dict[int, list[int]] = {}
    for category, urgency, clients in _most_pressing(offices, day, kabkota):
        counts.setdefault(category, [0] * len(URGENCIES))[urgency] = clients
    categories = KategoriKebutuhan.objects.in_bulk(counts)
    rows = []
    for key, cells in counts.items():
        shown, total = protect_total(cells) if masked else (cells, sum(cells))
        rows.append(UnmetRow(categories[key].nama, categories[key].get_domain_display(), tuple(shown), total))
    return in_order(rows, count=lambda row: row.total, name=lambda row: row.kategori)


def _most_pressing(offices: Collection[int], day: date, kabkota: int | None) -> list[tuple[int, int, int]]:
    """(category, index in URGENCIES, clients): a client counts once per category."""
    if not offices:
        return []
    needs = Kebutuhan.objects.filter(bapas_id__in=offices).unmet(day)
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
