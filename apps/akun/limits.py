"""How often something was tried: counted in PostgreSQL, for all processes, outside the transaction of the request.

What is counted stays counted when the request is refused or fails. The alias `batas` is a second connection to the same
database, in autocommit; it is opened only where a limit is counted. See docs/keputusan/0029-sesi-dan-batas.md.
"""

import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connections

ALIAS = "batas"
COUNT = """
INSERT INTO akun_batas (kunci, nilai, sampai)
VALUES (%(kunci)s, to_jsonb(%(kali)s), now() + make_interval(secs => %(detik)s))
ON CONFLICT (kunci) DO UPDATE SET
    nilai = CASE WHEN akun_batas.sampai > now() THEN to_jsonb(akun_batas.nilai::int + %(kali)s) ELSE excluded.nilai END,
    sampai = CASE WHEN akun_batas.sampai > now() THEN akun_batas.sampai ELSE excluded.sampai END
RETURNING nilai::int
"""
USED = "SELECT nilai::text FROM akun_batas WHERE kunci = %s AND sampai > now()"
ADD = """
INSERT INTO akun_batas (kunci, nilai, sampai)
VALUES (%s, %s, COALESCE(now() + make_interval(secs => %s), 'infinity'))
ON CONFLICT (kunci) DO UPDATE SET nilai = excluded.nilai, sampai = excluded.sampai
"""
ONLY_NEW = "WHERE akun_batas.sampai <= now()"
REMOVE_OUTDATED = "DELETE FROM akun_batas WHERE sampai <= now()"


def count(key: str, *, seconds: int, by: int = 1) -> int:
    """Count `by` attempts and give their number in the period of `seconds` that the first of them opened."""
    found = _one(COUNT, {"kunci": key, "kali": by, "detik": seconds})
    return found[0] if found else 0


def counted(key: str) -> int:
    """The number that `count` gave last; 0 when the period is over."""
    found = _one(USED, [key])
    return int(found[0]) if found else 0


def remove_outdated() -> None:
    """Delete what no longer counts."""
    _run(REMOVE_OUTDATED)


class Cache(BaseCache):
    """Django's cache for the limits of libraries (allauth: attempts, and codes already used). Values are JSON.

    `add` is atomic, so a lock made of it holds. It is no place for copies of what the database knows anyway.
    """

    def __init__(self, _location: str, params: dict) -> None:
        super().__init__(params)

    def get(self, key, default=None, version=None):
        found = _one(USED, [self.make_and_validate_key(key, version)])
        return json.loads(found[0]) if found else default

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        _run(ADD, self._row(key, value, timeout, version))

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return _run(ADD + ONLY_NEW, self._row(key, value, timeout, version)) == 1

    def delete(self, key, version=None):
        return _run("DELETE FROM akun_batas WHERE kunci = %s", [self.make_and_validate_key(key, version)]) == 1

    def clear(self):
        _run("DELETE FROM akun_batas")

    def _row(self, key, value, timeout, version) -> list:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return [self.make_and_validate_key(key, version), json.dumps(value), seconds]


def _one(statement: str, values: Any) -> tuple | None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def _run(statement: str, values: Any = None) -> int:
    """Gives the number of rows."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount
