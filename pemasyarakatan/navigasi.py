"""The menu of each role: at most five entries, always with Beranda first."""

from dataclasses import dataclass

from apps.akun.roles import may_count
from apps.dasar import links

BERANDA = ("Beranda", "dasbor:beranda", None)

# label, name of the URL, verb that its view requires (None: everybody with the role)
MENU = {
    "pk": [
        ("Klien", "klien:list", "klien.lihat"),
        ("Jadwal", "wajib_lapor:agenda", "jadwal.lihat"),
        ("Kegiatan", "kegiatan:list", "kegiatan.lihat"),
        ("Pokmas", "pokmas:list", "pokmas.lihat"),
    ],
    "operator": [
        ("Klien", "klien:list", "klien.lihat"),
        ("Kegiatan", "kegiatan:list", "kegiatan.lihat"),
        ("Pokmas", "pokmas:list", "pokmas.lihat"),
        ("Laporan harian", "harian:list", "laporan.harian"),
    ],
    "perencana": [
        ("Program & anggaran", "program:list", "program.lihat"),
        ("Kegiatan", "kegiatan:list", "kegiatan.lihat"),
        ("Kinerja", "dasbor:bapas", "dasbor.bapas"),
        ("Laporan", "laporan:list", "laporan.bapas"),
    ],
    "kabapas": [
        ("Klien", "klien:list", "klien.lihat"),
        ("Program & anggaran", "program:list", "program.lihat"),
        ("Kinerja", "dasbor:bapas", "dasbor.bapas"),
        ("Laporan", "laporan:list", "laporan.bapas"),
    ],
    "pengelola_griya": [
        ("Kegiatan", "kegiatan:list", "kegiatan.lihat"),
        ("Kerja sosial", "kerja_sosial:my_place", "kerjasosial.catat"),
    ],
    "koordinator_pokmas": [
        ("Kegiatan", "kegiatan:list", "kegiatan.lihat"),
        ("Pokmas saya", "pokmas:list", "pokmas.lihat"),
        ("Kerja sosial", "kerja_sosial:my_place", "kerjasosial.catat"),
    ],
    "mitra": [
        ("Kebutuhan", "klien:needs", "kebutuhan.agregat"),
        ("Kegiatan", "kegiatan:list", "kegiatan.lihat"),
        ("Kerja sosial", "kerja_sosial:my_place", "kerjasosial.catat"),
    ],
    "kanwil": [
        ("Dasbor", "dasbor:wilayah", "dasbor.wilayah"),
        ("Program & anggaran", "program:list", "program.lihat"),
        ("Pokmas", "pokmas:list", "pokmas.lihat"),
        ("Laporan", "laporan:list", "laporan.bapas"),
    ],
    "ditjenpas": [
        ("Nasional", "dasbor:nasional", "dasbor.nasional"),
        ("Program & anggaran", "program:list", "program.lihat"),
        ("Pusat laporan", "laporan:list", "laporan.bapas"),
        ("Verifikasi", "laporan:verifikasi", "laporan.verifikasi"),
    ],
    "admin": [
        ("Pengguna", "akun:pengguna", "pengguna.kelola"),
        ("Daftar acuan", "acuan:index", "acuan.kelola"),
    ],
    "auditor": [
        ("Jejak akses", "jejak:list", "jejak.semua"),
    ],
}

ACCOUNT = [
    ("Buku litmas", "litmas:litmas_list", "litmas.lihat"),
    ("Kerja sosial", "kerja_sosial:list", "kerjasosial.lihat"),
    ("Pengguna dan penugasan", "akun:pengguna", "pengguna.kelola"),
    ("Daftar acuan", "acuan:index", "acuan.kelola"),
    ("Berkas saya", "unduhan:mine", None),
    ("Ganti penugasan", "akun:penugasan", None),
    ("Pengaturan", "akun:pengaturan", None),
    ("Keamanan akun", "mfa_index", None),
    ("Bantuan", "bantuan", None),
]

FOOTER = [
    ("Bantuan", "bantuan"),
    ("Periksa keaslian laporan", "laporan:verifikasi"),
    ("Pernyataan aksesibilitas", "aksesibilitas"),
    ("Kebijakan privasi", "privasi"),
    ("Lisensi", "lisensi"),
]


@dataclass(frozen=True)
class Entry:
    """One link of a menu; `aktif` marks the part of the portal that is open."""

    label: str
    url: str
    aktif: bool = False


def main_menu(user, path):
    """The entries of the active role; none without an assignment."""
    if not user.penugasan:
        return []
    return _entries([BERANDA, *MENU.get(user.penugasan.peran, [])], user, path)


def account_menu(user, path):
    """Links to the user's account, and to rarer pages that do not fit into the five entries."""
    return _entries(ACCOUNT, user, path)


def footer():
    """The same links in the same order on every page (WCAG 3.2.6)."""
    return [Entry(label, links.to(name)) for label, name in FOOTER]


def _entries(table, user, path):
    return [
        Entry(label, url, _is_open(url, path))
        for label, name, verb in table
        if _allowed(user, verb) and (url := links.to(name))
    ]


def _allowed(user, verb):
    return verb is None or may_count(user, verb)


def _is_open(url, path):
    return path == url if url == "/" else path.startswith(url)
