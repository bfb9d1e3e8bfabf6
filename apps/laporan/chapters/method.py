"""The last appendix: how every number was counted."""

from apps.laporan.figures import Figures
from apps.laporan.parts import Block, Text
from pemasyarakatan.wording import waktu_unit


def method(f: Figures) -> list[Block]:
    cover = f.cover
    return [
        Text(
            f"Data per {waktu_unit(cover.data_per, cover.zona_waktu)}. "
            "Angka dihitung dari catatan portal, lalu dibekukan."
        ),
        Text("Klien: klien berstatus aktif. Seorang klien dihitung sekali, pada Bapas yang membimbingnya."),
        Text(
            "Kebutuhan: semua yang tercatat sampai akhir periode, kecuali yang dibatalkan. Belum terpenuhi berarti "
            "berstatus terbuka, dirujuk, dilayani, atau tidak terpenuhi. Klien yang membutuhkan pada rencana kegiatan "
            "dihitung saat program disusun, sehingga dapat berbeda dari keadaan pada akhir periode."
        ),
        Text("Bimbingan terlewat: jadwal yang klien tidak hadiri. Catatan yang dikoreksi dihitung sekali."),
        Text(
            "Anggaran: jumlah rincian biaya program tahun ini, versi terakhir. Realisasi: bukti yang sudah disetujui."
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
