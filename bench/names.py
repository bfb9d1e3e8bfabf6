"""Shared by both benchmarks of the name search: the largest office, the search terms, and the statement."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from apps.akun.models import Pengguna
from apps.klien.models import Klien
from apps.wilayah.models import Bapas
from apps.wilayah.scope import database_scope, office_scope

TERMS, LETTERS = 20, 4
NO_INDEX = "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off"
INDEX = NO_INDEX.replace("off", "on")


@dataclass(frozen=True)
class Office:
    """The searching officer, the number of files, the search terms."""

    officer: Pengguna
    clients: int
    terms: list[str]

    def search(self, term: str) -> list[int]:
        """The first query of the client list: clients of the office whose search text contains the term."""
        return list(Klien.objects.visible_to(self.officer).searched(term).order_by("pk").values_list("pk", flat=True))

    def statement(self, term: str) -> str:
        """The same query as SQL, to run it on another connection."""
        rows = Klien.objects.visible_to(self.officer).searched(term).order_by("pk").values_list("pk", flat=True)
        sql, params = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            return cursor.mogrify(sql, params).decode()


def largest_office() -> Office:
    """The office with the most files among those with officers; the terms are beginnings of its names."""
    counts = {}
    officers = Pengguna.objects.with_duty().filter(penugasan_aktif__peran="pk").order_by("pk")
    for bapas in Bapas.objects.filter(pk__in=officers.values("penugasan_aktif__bapas")):
        with database_scope(office_scope(bapas.pk)):
            counts[bapas.pk] = Klien.objects.filter(bapas=bapas).aggregate(n=Count("pk"))["n"]
    office = max(counts, key=lambda pk: counts[pk])
    with database_scope(office_scope(office)):
        names = list(Klien.objects.filter(bapas=office).order_by("pk").values_list("nama", flat=True))
    step = max(len(names) // TERMS, 1)
    terms = [name.split()[-1][:LETTERS].lower() for name in names[::step]][:TERMS]
    return Office(officers.filter(penugasan_aktif__bapas=office).first(), counts[office], terms)
