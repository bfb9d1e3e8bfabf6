"""The name search of the client list against a sequential scan for the same names.

Both run as the web role, under the row policies, and must find the same clients for every term.
"""

from django.db import connection

from apps.wilayah.scope import database_scope, scope_of
from bench.measure import Verdict, interleaved, seconds
from bench.names import INDEX, NO_INDEX, Office, largest_office

ROUNDS = 5
PASS, AIM = 1 / 5, 1 / 20


def run() -> Verdict:
    office = largest_office()
    with database_scope(scope_of(office.officer)):
        for term in office.terms:
            if office.search(term) != _scanned(office, term):
                raise AssertionError(f"search and scan differ for “{term}”")
        ratio, pairs = interleaved(
            lambda: seconds(lambda: [office.search(term) for term in office.terms]),
            lambda: seconds(lambda: [_scanned(office, term) for term in office.terms]),
            ROUNDS,
        )
    each = ", ".join(f"{a / len(office.terms) * 1000:.1f}/{b / len(office.terms) * 1000:.0f} ms" for a, b in pairs)
    detail = f"{office.clients} files in the office, {len(office.terms)} terms; per search, search/scan: {each}."
    return Verdict("name search", ratio, PASS, AIM, detail, higher_is_better=False)


def _scanned(office: Office, term: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NO_INDEX)
    found = office.search(term)
    with connection.cursor() as cursor:
        cursor.execute(INDEX)
    return found
