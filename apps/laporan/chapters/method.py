"""The last appendix: the definition of every number."""

from apps.dasar import definisi
from apps.dasar.wording import tanggal, waktu_unit
from apps.laporan.figures import Figures
from apps.laporan.parts import Block, Text

COUNTED = (
    definisi.CLIENTS, definisi.OFFICERS, definisi.PROGRAMMES, definisi.UNMET, definisi.MET, definisi.DONE,
    definisi.MISSED, definisi.ACTIVITIES, definisi.GROUPS, definisi.BUDGET, definisi.SPENT,
)  # fmt: skip


def method(f: Figures) -> list[Block]:
    cover = f.cover
    return [
        Text(
            f"Data per {waktu_unit(cover.data_per, cover.zona_waktu)}. Angka dihitung dari catatan portal, lalu "
            f"dibekukan. “Hari itu” adalah {tanggal(cover.selesai)}, hari terakhir periode."
        ),
        *(Text(f"{name}: {meaning}") for name, meaning in definisi.meanings(*COUNTED)),
        Text(
            "Klien yang membutuhkan pada rencana kegiatan dihitung saat program disusun, sehingga dapat berbeda dari "
            "keadaan pada akhir periode."
        ),
        Text(
            "Tanda “<5” berarti satu sampai empat. Angka itu tidak ditampilkan untuk melindungi identitas klien. "
            "Tanda “*” menutup angka lain yang dapat membukanya. Bagian (%) dari angka yang tertutup "
            "tidak dicetak. Tanda “–” berarti nol, tidak ada data, atau bagian yang tidak dicetak."
        ),
        Text(
            "Keaslian dokumen dapat diperiksa dengan kode QR atau kode verifikasi di lembar pengesahan. Sidik data di "
            "kaki halaman adalah delapan aksara dari SHA-256 data yang dibekukan."
        ),
    ]
