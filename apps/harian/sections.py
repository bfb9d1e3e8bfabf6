"""Numbers → the thirteen sections of the ministry's report, for the office itself and for others. Pure.

Others read what cannot be set against a second report or a dashboard: adults and children together, clients per
programme on the dashboard only, states that are sensitive with few persons hidden, and events that are sensitive only
per month. A sum of offices is printed where all
of its parts are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from apps.dasar.charts import number
from apps.dasar.disclosure import HIDDEN, NO_DATA, Shown, added, known, mask
from apps.dasar.suppress import suppressed
from apps.dasar.wording import hari_tanggal, tanggal
from apps.harian.figures import INTEGRATION, OTHER, RETURNED, TRAINING
from apps.harian.models import LaporanKanwil
from apps.litmas.models import Pendampingan

PROGRAMME = {
    "ASIMILASI": "Asimilasi", "PB": "Pembebasan bersyarat (PB)", "CB": "Cuti bersyarat (CB)",
    "CMB": "Cuti menjelang bebas (CMB)", "CMK": "Cuti mengunjungi keluarga (CMK)", OTHER: "Program lain",
}  # fmt: skip
AGES = {"dewasa": "dewasa", "anak": "Anak"}
SEXES = {"L": "laki-laki", "P": "perempuan"}
OPEN = ("pk.", "pokmas.", "kegiatan.", "jam.", "litmas.dewasa.")
"""Beginnings of keys whose counts are not sensitive for Kanwil and Ditjenpas: people who are no clients, and work."""
SPLIT = ("klien.dewasa.", "klien.anak.", "program.dewasa.", "program.anak.")
"""Beginnings of keys of counts by age: together they tell how many children there are."""
EVENTS = ("litmas.anak.minta", "litmas.anak.selesai", "damping.", "akot.hasil", "klien.baru", "klien.hmb")
"""Beginnings of keys of sensitive events: the count of a day is the difference of two sums since new year."""
WAITING = "litmas.anak.sisa"
"""What waits is what waited and was asked for, less what was done: it would tell the events of a month."""
MISSING = (NO_DATA, NO_DATA)
"""A number that did not exist yet when the report was sent."""
FOOTNOTE = "Tanda <5: satu sampai empat orang. Tanda *: disembunyikan, nilainya dapat berapa pun."


@dataclass(frozen=True)
class Line:
    """One count: `now` on the day or in the period, `year` since 1 January if `counts_year`."""

    label: str
    now: Shown
    year: Shown
    counts_year: bool

    @property
    def kini(self) -> str:
        return number(self.now)

    @property
    def tahun(self) -> str:
        return number(self.year) if self.counts_year else ""


@dataclass(frozen=True)
class Section:
    nomor: str
    judul: str
    baris: tuple[Line, ...]


def sections(angka: Mapping[str, Sequence], jenis: str) -> list[Section]:
    """Sections I to XII in the ministry's order (XIII is the closing note); a monthly report has one more. For the
    office itself."""
    return _printed({key: (n, year) for key, (n, year) in angka.items()}, jenis, PLAN)


def sections_outside(reports: Iterable[Mapping[str, Sequence]], jenis: str) -> list[Section]:
    """The same sections of one report, or of all reports of a region, for readers outside these offices."""
    each = [_outside({key: (n, year) for key, (n, year) in angka.items()}, jenis) for angka in reports]
    keys = {key for report in each for key in report}
    sums = {key: _added([report[key] for report in each if key in report]) for key in keys}
    return _printed(sums, jenis, TOGETHER)


def _printed(shown: Mapping[str, tuple], jenis: str, plan: Sequence[tuple]) -> list[Section]:
    plan = (*plan, *(MONTHLY if jenis == LaporanKanwil.Jenis.BULANAN else ()))
    return [
        Section(nomor, judul, tuple(_line(label, shown.get(key, MISSING), key) for label, key in rows))
        for nomor, judul, rows in plan
    ]


def table(found: Iterable[Section], jenis: str) -> tuple[tuple[str, ...], list[tuple]]:
    """(heads, rows) of the same sections for a spreadsheet."""
    heads = ("Bagian", "Uraian", now_head(jenis), "Sejak awal tahun")
    rows = [
        (f"{part.nomor}. {part.judul}" if part.nomor else part.judul, line.label, _cell(line.now),
         _cell(line.year) if line.counts_year else None)
        for part in found
        for line in part.baris
    ]  # fmt: skip
    return heads, rows


def now_head(jenis: str) -> str:
    return "Hari ini" if jenis == LaporanKanwil.Jenis.HARIAN else "Bulan ini"


def as_text(found: Iterable[Section], *, unit: str, jenis: str, day, moment: str, catatan: str) -> str:
    """The report as a message to paste: no tables, short lines, bold by asterisks as messengers do."""
    when = hari_tanggal(day) if jenis == LaporanKanwil.Jenis.HARIAN else tanggal(day).split(" ", 1)[1]
    title = "LAPORAN HARIAN" if jenis == LaporanKanwil.Jenis.HARIAN else "LAPORAN BULANAN"
    parts = [f"*{title} {unit.upper()}*\n{when}", "Yth. Kepala Bidang Pembimbingan Kemasyarakatan"]
    for part in found:
        head = f"*{part.nomor}. {part.judul}*" if part.nomor else f"*{part.judul}*"
        parts.append("\n".join([head, *(f"- {_message_line(line)}" for line in part.baris)]))
    closing = "\n".join(
        filter(None, ["*XIII. Penutup*", catatan, "Demikian dilaporkan.", f"Data per {moment}. {FOOTNOTE}"])
    )
    return "\n\n".join([*parts, closing])


def _message_line(line: Line) -> str:
    return f"{line.label}: {line.kini}" + (f" (tahun ini {line.tahun})" if line.counts_year else "")


def _line(label: str, number: tuple, key: str) -> Line:
    now, year = number
    return Line(label, now, year, key in OVER_TIME)


def _cell(count: Shown):
    return count if known(count) else number(count)


def _outside(report: Mapping[str, tuple], jenis: str) -> dict[str, tuple[Shown, Shown]]:
    """One report as others read it."""
    shown = {key: (HIDDEN, None) if key.startswith(SPLIT) else _face(key, pair, jenis) for key, pair in report.items()}
    sexes = {f"klien.{sex}": sum(report.get(f"klien.{age}.{sex}", (0,))[0] for age in AGES) for sex in SEXES}
    few = any(suppressed(n) for n in sexes.values())  # how many clients there are is known: the other would tell
    return shown | {key: (HIDDEN if few else n, None) for key, n in sexes.items()}


def _face(key: str, pair: tuple, jenis: str) -> tuple[Shown, Shown]:
    now, year = pair
    if key.startswith(OPEN):
        return now, year
    if key.startswith(WAITING):
        return HIDDEN, HIDDEN
    if key.startswith(EVENTS):
        return (mask(now) if jenis == LaporanKanwil.Jenis.BULANAN else HIDDEN), HIDDEN
    return mask(now), year


def _added(pairs: Sequence[tuple]) -> tuple[Shown, Shown]:
    years = [year for _, year in pairs if year is not None]
    return pairs[0] if len(pairs) == 1 else (added(*(now for now, _ in pairs)), added(*years) if years else None)


def _by_programme(age: str) -> tuple[tuple[str, str], ...]:
    return tuple((PROGRAMME[code], f"program.{age}.{code}") for code in (*INTEGRATION, OTHER))


PLAN = (
    ("I", "Pejabat fungsional Pembimbing Kemasyarakatan", (
        ("Asisten PK", "pk.apk"), ("PK Ahli Pertama", "pk.pertama"), ("PK Ahli Muda", "pk.muda"),
        ("PK Ahli Madya", "pk.madya"), ("Jenjang belum diisi", "pk.belum"),
    )),
    ("II", "Klien dewasa dan Anak", tuple(
        (f"{'Dewasa' if age == 'dewasa' else 'Anak'}, {sex_words}", f"klien.{age}.{sex}")
        for age in AGES
        for sex, sex_words in SEXES.items()
    )),
    ("III", "Litmas: permintaan dan penyelesaian", tuple(
        (f"{act} {AGES[age]}", f"litmas.{age}.{key}")
        for age in AGES
        for act, key in (("Permintaan", "minta"), ("Penyelesaian", "selesai"), ("Belum selesai", "sisa"))
    )),
    ("IV", "Integrasi dewasa", _by_programme("dewasa")),
    ("V", "Integrasi Anak", _by_programme("anak")),
    ("VI", "Pendampingan diversi dan peradilan", tuple(
        (tahap.label, f"damping.{tahap.value}") for tahap in Pendampingan.Tahap
    )),
    ("VII", "Anak kembali kepada orang tua (AKOT)", (
        ("Masih dibimbing", f"program.anak.{RETURNED}"), ("Hasil pendampingan", "akot.hasil"),
    )),
    ("VIII", "Pelatihan kerja", (("Anak yang menjalani", f"program.anak.{TRAINING}"),)),
    ("IX", "Klien yang bersekolah", (("Klien", "sekolah"),)),
    ("X", "Klien yang bekerja", (("Klien", "bekerja"),)),
    ("XI", "Klien perkara terorisme", (("Klien", "terorisme"),)),
    ("XII", "Klien perkara narkotika", (("Klien", "narkotika"),)),
)  # fmt: skip
TOGETHER = tuple(
    {
        "II": ("II", "Klien dewasa dan Anak", (("Laki-laki", "klien.L"), ("Perempuan", "klien.P"))),
        "IV": ("IV", "Integrasi dewasa dan Anak", (("Menurut program: lihat dasbor kantor", "program"),)),
    }.get(part[0], part)
    for part in PLAN
)  # fmt: skip
"""The plan for readers who must not tell adults from children."""
MONTHLY = (
    ("", "Tambahan bulanan", (
        ("Klien baru", "klien.baru"), ("Habis masa bimbingan", "klien.hmb"),
        ("Menjalani kerja sosial", "kerjasosial.berjalan"), ("Jam kerja sosial", "jam.kerjasosial"),
        ("Pokmas aktif", "pokmas.aktif"),
        ("Pokmas dengan PKS berlaku", "pokmas.pks"), ("PKS berakhir dalam 90 hari", "pokmas.pks_90"),
        ("Kegiatan terlaksana", "kegiatan.terlaksana"),
    )),
)  # fmt: skip
OVER_TIME = {
    *(f"litmas.{age}.{key}" for age in AGES for key in ("minta", "selesai")),
    *(f"damping.{tahap.value}" for tahap in Pendampingan.Tahap),
    "akot.hasil", "klien.baru", "klien.hmb", "kegiatan.terlaksana", "jam.kerjasosial",
}  # fmt: skip
"""Numbers that also count since 1 January."""
