"""Numbers → the thirteen sections of the ministry's report, masked if they leave the office. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from apps.dasar.charts import NO_DATA, number
from apps.dasar.disclosure import Shown, known, mask, protect_column
from apps.dasar.wording import hari_tanggal, tanggal
from apps.harian.figures import INTEGRATION, OTHER, RETURNED, TRAINING
from apps.harian.models import LaporanKanwil
from apps.litmas.models import Pendampingan

PROGRAMME = {
    "ASIMILASI": "Asimilasi", "PB": "Pembebasan bersyarat (PB)", "CB": "Cuti bersyarat (CB)",
    "CMB": "Cuti menjelang bebas (CMB)", "CMK": "Cuti mengunjungi keluarga (CMK)", OTHER: "Program lain",
}  # fmt: skip
AGES = {"dewasa": "dewasa", "anak": "Anak"}
GROUPS = (
    *(tuple(f"klien.{age}.{sex}" for sex in "LP") for age in AGES),
    *(tuple(f"program.{age}.{code}" for code in (*INTEGRATION, OTHER, RETURNED, TRAINING)) for age in AGES),
)
"""Counts that add up to the total of an age group. Each group is masked together, or one count reveals another."""
OPEN = ("pk.", "pokmas.", "kegiatan.", "jam.")
"""Prefixes of keys whose counts identify nobody: staff, groups, activities and hours."""
MISSING = (NO_DATA, NO_DATA)
"""A number that did not exist yet when the report was sent."""
FOOTNOTE = "Tanda <5: satu sampai empat orang. Tanda *: disamarkan agar yang <5 tidak dapat dihitung."


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


def sections(angka: Mapping[str, Sequence], jenis: str, *, masked: bool) -> list[Section]:
    """Sections I to XII in the ministry's order (XIII is the closing note); a monthly report has one more."""
    numbers = {key: (n, year) for key, (n, year) in angka.items()}
    shown = _masked(numbers) if masked else numbers
    plan = PLAN + (MONTHLY if jenis == LaporanKanwil.Jenis.BULANAN else ())
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
    return count if known(count) and count != NO_DATA else number(count)


def _masked(numbers: Mapping[str, tuple]) -> dict[str, tuple]:
    """The numbers as a reader outside the office may see them."""
    shown = {key: pair if key.startswith(OPEN) else _mask_pair(pair) for key, pair in numbers.items()}
    for group in GROUPS:
        keys = [key for key in group if key in numbers]
        column = protect_column([numbers[key][0] for key in keys])
        shown |= {key: (value, None) for key, value in zip(keys, column, strict=True)}
    return shown


def _mask_pair(pair):
    now, year = pair
    return mask(now), None if year is None else mask(year)


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
        for sex, sex_words in (("L", "laki-laki"), ("P", "perempuan"))
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
