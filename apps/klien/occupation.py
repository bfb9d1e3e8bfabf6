"""Reads from the words of an occupation whether a client works. Pure.

Offices copy the words from identity cards ("BELUM/TIDAK BEKERJA", "PELAJAR/MAHASISWA") or use their own. Only words
that mention work and deny it are *tidak bekerja*. Words that say nothing ("", "-", "tidak ada", "mantan sopir") are
*belum diketahui*. Words that name another activity are an occupation.
"""

import re
from functools import lru_cache

from apps.klien.models import Klien

Kegiatan = Klien.KegiatanUtama
OUT_OF_WORK = {Kegiatan.TIDAK, Kegiatan.SEKOLAH, Kegiatan.RUMAH_TANGGA}
BROAD = {Kegiatan.TIDAK, Kegiatan.BELUM}
"""Choices that the words of an occupation may make more exact."""

SPELLED = {
    **dict.fromkeys(("tdk", "tak", "tidk", "ga", "gk", "gak", "ngga", "nggak", "enggak"), "tidak"),
    **dict.fromkeys(("blm", "blum", "belom"), "belum"),
}
WORK = r"(?:be|ber|pe)?kerja(?:an)?\b"
DENIED = re.compile(
    r"\b(?:belum|tidak|tanpa)(?: (?:belum|tidak|atau|lagi|sedang|pernah|ada|punya|mempunyai|memiliki|dapat|mendapat"
    rf"|mendapatkan|bisa|mampu))*\s*{WORK}(?P<steady>(?: yang)? tetap)?"
    r"|\b(?:me|pe)?nganggur(?:an)?\b|\bpensiun(?:an)?\b|\bpurnawirawan\b"
)
PUPIL = re.compile(
    r"(?:(?:saat|ini|sekarang|karena|masih|sedang|seorang|anak|ikut) )*"
    r"(?:pelajar|sisw[ai]|mahasisw[ai]|murid|santri|(?:ber)?sekolah|(?:ber)?kuliah|(?:kejar )?paket [abc])\b"
)
EARNS_TOO = re.compile(rf"\b(?:sambil|{WORK}|ojek|ojol|buruh|karyawan|jualan|dagang|pedagang|usaha)")
HOUSEHOLD = re.compile(
    r"(?:seorang )?(?:irt|(?:(?:ibu|bapak) )?rumah tangga|(?:meng|ng)?urus (?:rumah(?: tangga)?|keluarga|anak))"
    r"(?: (?:saja|biasa))?"
)
JUST_WORKS = re.compile(r"ya|(?:(?:ya|sudah|masih|sedang|saat|ini) )*(?:be)?kerja")
SAYS_NOTHING = re.compile(
    r"(?:(?:data|pekerjaan|kerja) )?(?:belum|tidak|kurang)\b(?! (?:tetap|tentu|menentu)\b).*"
    r"|(?:mantan|bekas|eks|ex|dulu|dulunya|pernah|(?:(?:korban|kena|di) )?phk|putus|tamat|lulus|lulusan)\b.*"
    r"|(?:(?:masih|sedang|lagi) )*(?:(?:men|pen)?cari) (?:pe)?kerja(?:an)?"
    r"|ada|nihil|kosong|strip|na|null|none|xx+|lainnya|lain lain|dll|di rumah(?: saja)?"
    r"|nar?a?pi(?:dana)?|wbp|warga binaan|tahanan|klien"
)


class Contradiction(ValueError):
    """Main activity and occupation cannot both be true; the message is a sentence for the user."""


@lru_cache(maxsize=4096)
def read(words: str) -> tuple[Klien.KegiatanUtama, str]:
    """(main activity, occupation) read from `words`; the occupation is empty where they name none."""
    plain = _plain(words)
    denials = list(DENIED.finditer(plain))
    rest = " ".join(DENIED.sub(" ", plain).split())
    if PUPIL.match(rest):
        return (Kegiatan.BEKERJA, words) if not denials and EARNS_TOO.search(rest) else (Kegiatan.SEKOLAH, "")
    if HOUSEHOLD.fullmatch(rest):
        return Kegiatan.RUMAH_TANGGA, ""
    if any(not denial["steady"] for denial in denials):
        return Kegiatan.TIDAK, ""
    if JUST_WORKS.fullmatch(rest):
        return Kegiatan.BEKERJA, ""
    if not re.search(r"[^\W\d_]{2}", rest) or SAYS_NOTHING.fullmatch(rest):
        return Kegiatan.BELUM, ""
    return Kegiatan.BEKERJA, words


def agreed(chosen: str, words: str) -> tuple[Klien.KegiatanUtama, str]:
    """(main activity, occupation) to store. The words decide when nothing was chosen; `Contradiction` when choice and
    words exclude each other."""
    said, work = read(words)
    if not chosen or chosen == said or (chosen in BROAD and said in OUT_OF_WORK):
        return said, work
    if said == Kegiatan.BELUM or (said == Kegiatan.TIDAK and chosen in OUT_OF_WORK):
        return Kegiatan(chosen), ""
    if chosen == Kegiatan.BEKERJA:
        raise Contradiction(f"“{words}” bukan nama pekerjaan. Isi pekerjaannya, atau ubah kegiatan utama.")
    label = Kegiatan(chosen).label
    raise Contradiction(
        f"“{words}” tidak cocok dengan kegiatan utama “{label}”. Pilih “Bekerja”, atau kosongkan pekerjaan."
    )


def _plain(words: str) -> str:
    """`words` in lower case, with single spaces, without the dots of "P.N.S.", short forms written out."""
    joined = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", words.casefold())
    return " ".join(SPELLED.get(word, word) for word in re.sub(r"[\W_]+", " ", joined).split())
