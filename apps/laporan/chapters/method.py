"""The last appendix: the definition of every number."""

from apps.dasar import definisi
from apps.dasar.wording import tanggal, waktu_unit
from apps.laporan.figures import Figures
from apps.laporan.parts import Block, Text

COUNTED = (
    definisi.CLIENTS, definisi.OFFICERS, definisi.PROGRAMMES, definisi.IN_NEED, definisi.MET, definisi.DONE,
    definisi.MISSED, definisi.ACTIVITIES, definisi.GROUPS, definisi.BUDGET, definisi.SPENT,
)  # fmt: skip


def method(f: Figures) -> list[Block]:
    cover = f.cover
    return [
        Text(
            f"Data per {waktu_unit(cover.data_per, cover.zona_waktu)}. Angka dihitung dari catatan portal, lalu "
            f"dibekukan. “Hari itu” adalah {tanggal(cover.selesai)}, hari terakhir periode; untuk program dan anggaran "
            f"{tanggal(cover.dana_per)}."
        ),
        *(Text(f"{name}: {meaning}") for name, meaning in definisi.meanings(*COUNTED)),
        Text(
            "“<5”: satu sampai empat orang, tidak ditampilkan untuk melindungi identitas. “*” (dalam kalimat "
            "“sejumlah”): disembunyikan supaya angka kecil tidak dapat dihitung kembali; nilainya dapat berapa pun. "
            "“–”: belum dirilis, atau tidak ada nilainya. “0”: tidak ada. Angka orang dirilis sekali untuk tiap hari, "
            "bulan, atau triwulan yang sudah ditutup dan tidak berubah sesudah itu. Caranya: penyembunyian sel dengan "
            "rentang perlindungan (Hundepool dkk., Statistical Disclosure Control, Wiley 2012, bab 4)."
        ),
        Text(
            "Keaslian dokumen dapat diperiksa dengan kode QR atau kode verifikasi di lembar pengesahan. Sidik data di "
            "kaki halaman adalah delapan aksara dari SHA-256 data yang dibekukan."
        ),
    ]
