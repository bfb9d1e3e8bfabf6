"""The permission table: verb → role → reach. `hak-akses.csv` beside this file *is* the table; offices sign it.

Every verb in it belongs to a page. Verbs of later pages wait in `hak-akses-menyusul.csv`, which is not read here.

Reach says how far a role gets with a verb: `unit` its own Bapas · `sendiri` its own rows · `wilayah` the Bapas of its
Kanwil · `nasional` all · `alasan` one client at a time, after a typed reason · `agregat` figures only · `ya` no rows.
"""

import csv
from pathlib import Path

from django.db import models


class Peran(models.TextChoices):
    PK = "pk", "Pembimbing Kemasyarakatan"
    OPERATOR = "operator", "Operator Bapas"
    PERENCANA = "perencana", "Perencana Bapas"
    KABAPAS = "kabapas", "Kepala Bapas"
    PENGELOLA_GRIYA = "pengelola_griya", "Pengelola Griya Abhipraya"
    KOORDINATOR_POKMAS = "koordinator_pokmas", "Koordinator Pokmas"
    MITRA = "mitra", "Mitra Pemda/CSR"
    KANWIL = "kanwil", "Staf Kanwil"
    DITJENPAS = "ditjenpas", "Ditjenpas"
    ADMIN = "admin", "Admin portal"
    AUDITOR = "auditor", "Auditor"


_PARTNERS = [Peran.KOORDINATOR_POKMAS, Peran.MITRA, Peran.PENGELOLA_GRIYA]
_BAPAS = [Peran.PK, Peran.OPERATOR, Peran.PERENCANA]

GRANTS: dict[str, list[Peran]] = {
    Peran.KABAPAS: [*_BAPAS, *_PARTNERS],
    Peran.KANWIL: [*_BAPAS, Peran.KABAPAS, Peran.KANWIL, *_PARTNERS],
    Peran.DITJENPAS: list(Peran),
    Peran.ADMIN: list(Peran),
}
"""Which roles the holder of `pengguna.kelola` may give and end: those at or below their own level."""

PUBLIC = "publik"
AGGREGATE, REASON = "agregat", "alasan"


def _read() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("hak-akses.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["verb"]: {role: row[role] for role in [*Peran.values, PUBLIC] if row[role] != "-"}
            for row in csv.DictReader(file)
        }


ALLOWED = _read()


def reach(user, verb: str) -> str:
    """How far `user` gets with `verb`; an empty string when not at all."""
    duty = user.penugasan if user.is_authenticated else None
    return ALLOWED[verb].get(duty.peran if duty else PUBLIC, "")


def may(user, verb: str) -> bool:
    """True when the user's role has the verb for rows; figures only (`agregat`) do not count."""
    return reach(user, verb) not in ("", AGGREGATE)


def may_count(user, verb: str) -> bool:
    """True when the user's role may see at least figures."""
    return reach(user, verb) != ""


def may_give(user) -> list[Peran]:
    """Roles that `user` may give and end."""
    return GRANTS.get(user.penugasan.peran, []) if user.penugasan else []


def who_may(verb: str) -> list[str]:
    """Labels of the roles that have `verb`, for the 403 page."""
    return [role.label for role in roles_with(verb)]


def roles_with(verb: str) -> list[Peran]:
    """Roles that have `verb`, if only for figures."""
    return [Peran(role) for role in ALLOWED[verb] if role != PUBLIC]
