"""The Beranda: what each room wants done today, in the order of urgency, and the one main button of the role."""

from importlib import import_module

from apps.akun.worklist import TaskGroup
from pemasyarakatan.navigasi import url_of

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
    """Groups of every room for the active role; a room says nothing for roles that it does not serve."""
    return [group for room in ROOMS for group in import_module(f"{room}.tasks_today").groups(user)]


def primary_button(user) -> tuple[str, str] | None:
    """(text, address) of the main act of the role."""
    text, name = PRIMARY.get(user.penugasan.peran, ("", "")) if user.penugasan else ("", "")
    return (text, url_of(name)) if name and url_of(name) else None
