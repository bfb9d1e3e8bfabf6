"""The Beranda: today's tasks from every room (app), the most urgent first, and the main button of the role."""

from types import ModuleType

from django.urls import reverse

from apps.dasar.rooms import modules
from apps.dasar.worklist import DoneRow, Progress, TaskGroup, Urgency

FIRST = ("perjalanan", "wajib_lapor", "klien", "asesmen", "kerja_sosial", "litmas", "impor")
"""Rooms about clients: their groups come first within one urgency. Other rooms follow as in INSTALLED_APPS."""

UNFOLDED_ROWS = 6

PRIMARY = {
    "pk": ("Catat bimbingan", "klien:guidance_new"),
    "operator": ("Tambah klien", "klien:create"),
    "perencana": ("Lanjutkan menyusun", "program:list"),
    "kabapas": ("Buka persetujuan", "dasbor:persetujuan"),
    "koordinator_pokmas": ("Buat kegiatan", "kegiatan:create"),
    "pengelola_griya": ("Buat kegiatan", "kegiatan:create"),
    "mitra": ("Buat kegiatan", "kegiatan:create"),
    "kanwil": ("Buka dasbor", "dasbor:wilayah"),
    "ditjenpas": ("Buat laporan", "laporan:create"),
    "admin": ("Tambah pengguna", "akun:undang"),
    "auditor": ("Buka jejak akses", "jejak:list"),
}


SECOND = {"pk": ("Mode lapangan", "klien:field_mode")}


def groups(user) -> list[TaskGroup]:
    """Groups that hold something, of every room for the active role: the most urgent first, otherwise in the order of
    the rooms. A room returns none for roles that it does not serve."""
    found = [group for room in rooms() for group in room.groups(user) if group.total]
    return sorted(found, key=lambda group: group.urgency)


def decisions(user) -> list[TaskGroup]:
    """What waits for a decision of this person, from every room."""
    return [group for group in groups(user) if group.urgency == Urgency.DECIDE]


def unfolded(found: list[TaskGroup]) -> set[str]:
    """Keys of the groups that the Beranda shows unfolded: the first ones, until one phone screen is full of rows."""
    keys: set[str] = set()
    rows = 0
    for group in found:
        rows += len(group.shown)
        if keys and rows > UNFOLDED_ROWS:
            break
        keys.add(group.key)
    return keys


def progress(user) -> list[Progress]:
    """How much of today's work is done. A room that does not count it has no `progress`."""
    counted = [room.progress(user) for room in rooms() if hasattr(room, "progress")]
    return [one for one in counted if one and one.done]


def done(user) -> list[DoneRow]:
    """What this person finished and can still undo. A room that undoes nothing has no `done`."""
    return [row for room in rooms() if hasattr(room, "done") for row in room.done(user)]


def rooms() -> list[ModuleType]:
    """The module `tasks_today` of every room that has one, those of `FIRST` first."""
    place = {f"apps.{room}.tasks_today": number for number, room in enumerate(FIRST)}
    return sorted(modules("tasks_today"), key=lambda module: place.get(module.__name__, len(FIRST)))


def buttons(user) -> list[tuple[str, str]]:
    """(text, URL) of the main action of the role, and of a second one."""
    role = user.penugasan.peran if user.penugasan else ""
    return [(text, reverse(name)) for text, name in filter(None, (PRIMARY.get(role), SECOND.get(role)))]
