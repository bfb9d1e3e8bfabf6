"""What people wrote as an occupation becomes the main activity, once. The rules are those of the day of this migration,
so that it does the same tomorrow; `apps/klien/occupation.py` reads what comes later.

Words that name no work leave the column, and stay in the history of changes. What they mean is no change of that day:
the history rests while it is filled in, or every day before would read "belum diketahui". Office by office, each in a
transaction of its own: an interrupted run goes on where it stopped.
"""

import re
from collections import defaultdict

from django.db import connection, migrations

from apps.wilayah.scope import database_scope, office_scope

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


def meaning(words: str) -> tuple[str, bool]:
    """(main activity, whether the words name an occupation)."""
    plain = _plain(words)
    denials = list(DENIED.finditer(plain))
    rest = " ".join(DENIED.sub(" ", plain).split())
    if PUPIL.match(rest):
        return ("bekerja", True) if not denials and EARNS_TOO.search(rest) else ("sekolah", False)
    if HOUSEHOLD.fullmatch(rest):
        return "rumah", False
    if any(not denial["steady"] for denial in denials):
        return "tidak", False
    if JUST_WORKS.fullmatch(rest):
        return "bekerja", False
    if not re.search(r"[^\W\d_]{2}", rest) or SAYS_NOTHING.fullmatch(rest):
        return "belum", False
    return "bekerja", True


def _plain(words: str) -> str:
    """Small letters and single spaces; no dots inside "P.N.S.", short forms written out."""
    joined = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", words.casefold())
    return " ".join(SPELLED.get(word, word) for word in re.sub(r"[\W_]+", " ", joined).split())


def read_words(apps, schema_editor):
    Klien, Bapas = apps.get_model("klien", "Klien"), apps.get_model("wilayah", "Bapas")
    for office in Bapas.objects.order_by("pk").values_list("pk", flat=True):
        with database_scope(office_scope(office)):
            rows = Klien.objects.filter(bapas=office).exclude(pekerjaan="")
            spelled = defaultdict(list)
            for words in rows.values_list("pekerjaan", flat=True).distinct():
                spelled[meaning(words)].append(words)
            keep_history("DISABLE")
            for (activity, _), words in spelled.items():
                studying = {"bersekolah": True} if activity == "sekolah" else {}
                rows.filter(pekerjaan__in=words).update(kegiatan_utama=activity, **studying)
            keep_history("ENABLE")
            unnamed = [words for (_, named), found in spelled.items() if not named for words in found]
            rows.filter(pekerjaan__in=unnamed).update(pekerjaan="")


def keep_history(act):
    """DISABLE or ENABLE it, for this transaction's lock on the table; nothing may wait to be checked meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE klien_klien {act} TRIGGER keep_history")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("klien", "0012_main_activity")]
    operations = [migrations.RunPython(read_words, migrations.RunPython.noop)]
