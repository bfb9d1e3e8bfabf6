"""What the numbers of the portal mean, in the words that every page and report prints beside them.

A name stands for one number: the same function counts it for dashboards, the daily and the annual report, and exports
(`figures.py` of the room, or app, that owns it). A number that means something else gets another name.
"""

CLIENTS = "Klien aktif"
OVERDUE = "Melewati tanggal lapor"
PROGRAMMES = "Klien menurut program"
WORKING = "Klien yang bekerja"
DONE = "Bimbingan terlaksana"
MISSED = "Tidak hadir"
UNMET = "Kebutuhan belum terpenuhi"
IN_NEED = "Klien dengan kebutuhan belum terpenuhi"
MET = "Kebutuhan terpenuhi"
ACTIVITIES = "Kegiatan terlaksana"
GROUPS = "Pokmas aktif"
OFFICERS = "PK"
RANKS = "Jenjang PK"
BUDGET = "Anggaran disetujui"
SPENT = "Realisasi"

MEANING = {
    CLIENTS: "registrasi yang sudah dimulai dan belum berakhir pada akhir hari itu. Bimbingan berakhir pada tanggal "
    "peristiwanya, juga bila diputuskan kemudian. Klien yang melarikan diri dihitung lagi sejak kembali.",
    OVERDUE: "klien aktif yang tanggal lapornya sudah lewat, menurut bimbingan terakhir atau janji yang ditetapkan "
    "sesudahnya. Bimbingan yang dicatat terlambat ikut dihitung.",
    PROGRAMMES: "klien aktif menurut dasar hukum masa bimbingan terakhir yang sudah dimulai. Masa yang lewat tetapi "
    "belum diakhiri tetap dihitung.",
    WORKING: "klien aktif yang kegiatan utamanya dicatat bekerja. Yang belum diketahui tidak dihitung, juga "
    "pada hari yang lalu bila riwayat perubahan belum mengenalnya.",
    DONE: "pertemuan yang dicatat dengan klien hadir. Catatan yang diperbaiki dihitung sekali, yang dibatalkan tidak.",
    MISSED: "pertemuan yang dicatat tanpa kehadiran klien.",
    UNMET: "kebutuhan klien aktif yang pada akhir hari itu terbuka, dirujuk, dilayani, atau tidak terpenuhi. Kebutuhan "
    "klien yang bimbingannya sudah berakhir tidak dihitung.",
    IN_NEED: "klien aktif dengan paling sedikit satu kebutuhan belum terpenuhi, tiap klien sekali.",
    MET: "kebutuhan klien aktif yang pada akhir hari itu sudah terpenuhi.",
    ACTIVITIES: "kegiatan yang sudah ditutup dengan hasil, menurut hari mulainya.",
    GROUPS: "Pokmas yang pada akhir hari itu berstatus aktif dan sudah ditetapkan dengan SK.",
    OFFICERS: "Pembimbing Kemasyarakatan yang bertugas di Bapas pada hari itu. Yang bertugas di dua Bapas dihitung di "
    "keduanya.",
    RANKS: "jenjang jabatan yang tercatat sekarang. Jenjang pada hari yang lalu tidak tercatat.",
    BUDGET: "versi program yang terakhir disetujui Kepala Bapas sampai hari itu. Draf bukan anggaran.",
    SPENT: "bukti pengeluaran bertanggal sampai hari itu yang sudah disetujui, dari semua versi program tahun itu.",
}


def meanings(*names: str) -> list[tuple[str, str]]:
    """(name, what it means) in the order asked for."""
    return [(name, MEANING[name]) for name in names]
