"""People, their assignments, and what belongs to an account."""

from apps.akun.models.people import (
    ABSENT_AFTER,
    BAPAS_ROLES,
    KANWIL_ROLES,
    MANAGE,
    MITRA_ROLES,
    NASIONAL_ROLES,
    UNITS,
    Pengguna,
    Penugasan,
    offices_of,
    partners_of,
    regions_of,
    unit_kind,
)
from apps.akun.models.records import Batas, RiwayatAkun, Surat, TokenApi, first_try

__all__ = [
    "ABSENT_AFTER",
    "BAPAS_ROLES",
    "KANWIL_ROLES",
    "MANAGE",
    "MITRA_ROLES",
    "NASIONAL_ROLES",
    "UNITS",
    "Batas",
    "Pengguna",
    "Penugasan",
    "RiwayatAkun",
    "Surat",
    "TokenApi",
    "first_try",
    "offices_of",
    "partners_of",
    "regions_of",
    "unit_kind",
]  # fmt: skip
