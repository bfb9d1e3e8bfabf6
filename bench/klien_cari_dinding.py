"""The name search under the wall (row-level security) against the same statement without it.

One connection of the owner alternates: FORCE applies the policy to the owner too, NO FORCE exempts the owner. All of it
happens in a transaction that is rolled back. The answers are compared first.
"""

import os

import psycopg2

from apps.wilayah.scope import database_scope, scope_of
from bench.measure import Verdict, interleaved, seconds
from bench.names import largest_office

ROUNDS = 7
PASS, AIM = 2.0, 1.2
WALL = "ALTER TABLE klien_klien {} ROW LEVEL SECURITY"


def run() -> Verdict:
    office = largest_office()
    with database_scope(scope_of(office.officer)):
        statements = [office.statement(term) for term in office.terms]
    with psycopg2.connect(os.environ["DATABASE_OWNER_URL"]) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT set_config('app.scope', %s, true)", [scope_of(office.officer).settings()[0]])
        if _found(cursor, statements, "FORCE") != _found(cursor, statements, "NO FORCE"):
            raise AssertionError("the search finds other clients without the wall")
        ratio, pairs = interleaved(
            lambda: _timed(cursor, statements, "FORCE"), lambda: _timed(cursor, statements, "NO FORCE"), ROUNDS
        )
        owner.rollback()
    each = ", ".join(f"{a / len(statements) * 1000:.1f}/{b / len(statements) * 1000:.1f}" for a, b in pairs)
    detail = f"{office.clients} files in the office; ms per search, with/without: {each}."
    return Verdict("name search without the wall, in the time behind it", 1 / ratio, 1 / PASS, 1 / AIM, detail)


def _timed(cursor, statements: list[str], wall: str) -> float:
    cursor.execute(WALL.format(wall))
    return seconds(lambda: [cursor.execute(statement) or cursor.fetchall() for statement in statements])


def _found(cursor, statements: list[str], wall: str) -> list[list]:
    cursor.execute(WALL.format(wall))
    return [cursor.execute(statement) or cursor.fetchall() for statement in statements]
