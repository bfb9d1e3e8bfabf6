"""The Beranda: what each room wants done today, in the order of urgency, and the one main button of the role."""

from importlib import import_module
from types import ModuleType

from django.urls import reverse

from apps.akun.worklist import DoneRow, TaskGroup

ROOMS = (
    "apps.akun",
    "apps.perjalanan",
    "apps.wajib_lapor",
    "apps.klien",
    "apps.asesmen",
    "apps.kerja_sosial",
    "apps.litmas",
    "apps.berkas",
    "apps.impor",
    "apps.kegiatan",
    "apps.pokmas",
    "apps.program",
    "apps.harian",
    "apps.dasbor",
    "apps.laporan",
)

PRIMARY = {
    "pk": ("Catat bimbingan", "klien:guidance_new"),
    "operator": ("Tambah klien", "klien:create"),
    "perencana": ("Lanjutkan menyusun", "program:list"),
    "kabapas": ("Buka persetujuan", "program:approvals"),
    "koordinator_pokmas": ("Buat kegiatan", "kegiatan:create"),
    "pengelola_griya": ("Buat kegiatan", "kegiatan:create"),
    "mitra": ("Buat kegiatan", "kegiatan:create"),
    "kanwil": ("Buka dasbor", "dasbor:wilayah"),
    "ditjenpas": ("Buat laporan", "laporan:create"),
    "admin": ("Tambah pengguna", "akun:undang"),
    "auditor": ("Buka jejak akses", "jejak:list"),
}


def groups(user) -> list[TaskGroup]:
    """Groups of every room for the active role, the most urgent first; a room says nothing for roles it does not serve.

    Groups of one urgency keep the order of `ROOMS`."""
    found = [group for room in _rooms() for group in room.groups(user)]
    return sorted(found, key=lambda group: group.urgency)


def done(user) -> list[DoneRow]:
    """What this person finished within the time in which it can be undone; a room that undoes nothing has no `done`."""
    return [row for room in _rooms() if hasattr(room, "done") for row in room.done(user)]


def _rooms() -> list[ModuleType]:
    return [import_module(f"{room}.tasks_today") for room in ROOMS]


def primary_button(user) -> tuple[str, str] | None:
    """(text, address) of the main act of the role."""
    text, name = PRIMARY.get(user.penugasan.peran, ("", "")) if user.penugasan else ("", "")
    return (text, reverse(name)) if name else None
