"""Commands that change tables connect as the owner of the database, all others as the web role."""

from collections.abc import MutableMapping, Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection
from environs import EnvError

COMMANDS = frozenset({"migrate", "muat_acuan", "putar_kunci", "seed_demo"})
OWNS = "SELECT current_user, pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()"
SET_IT = "Isi DATABASE_OWNER_URL dengan alamat peran pemilik (lihat .env.example)."


def is_needed(arguments: Sequence[str]) -> bool:
    """Whether the command line `arguments` (without the program) does the work of an owner."""
    return bool(COMMANDS.intersection(arguments[:1])) and not {"-h", "--help"}.intersection(arguments)


def choose(environ: MutableMapping[str, str]) -> None:
    """Connect as the owner where DATABASE_OWNER_URL says how. To be called before the settings are read."""
    if address := environ.get("DATABASE_OWNER_URL"):
        environ["DATABASE_URL"] = address


def refusal() -> str:
    """Why the database cannot be changed with this address, as a sentence; empty when it can."""
    try:
        role, owns = _role()
    except (EnvError, ImproperlyConfigured) as wrong:
        return f"Setelan belum benar. {SET_IT} Sebabnya:\n{wrong}"
    except Error as trouble:
        return f"Basis data tidak dapat dibuka sebagai pemilik. {SET_IT} Jawaban peladen:\n{trouble}"
    return "" if owns else f"Peran {role} bukan pemilik basis data. {SET_IT}"


def _role() -> tuple[str, bool]:
    """The name of the connected role, and whether it owns the database."""
    django.setup()
    with connection.cursor() as cursor:
        cursor.execute(OWNS)
        return cursor.fetchone()
