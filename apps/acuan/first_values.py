"""First values of the reference tables, from CSV files. Rows that are already in a table belong to the portal's users.

One file per table, one form per line. A column is named after its field; a column that points at another table holds
the `kode` of that row. A line whose key is in the table is skipped, even if the row says something else by now.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.db import models, transaction

from apps.acuan.models import (
    AkunBelanja,
    AmbangTahap,
    BatasKerjaSosial,
    DasarPencabutan,
    FaktorInstrumen,
    HariLibur,
    Instrumen,
    JenisDokumen,
    JenisKendala,
    JenisLitmas,
    JenisProgram,
    KategoriKebutuhan,
    LayananOPD,
    PitaSkor,
)
from apps.wilayah.models import Bapas, KabKota, Kanwil, KelasBapas, Provinsi


@dataclass(frozen=True)
class Mistake:
    """One mistake in a file, and the place where it stands."""

    file: str
    line: int
    column: str
    value: str
    message: str

    def __str__(self):
        place = f"{self.file}, baris {self.line}"
        return f"{place}, {self.column} “{self.value}”: {self.message}" if self.column else f"{place}: {self.message}"


class Rejected(Exception):
    """Some lines are wrong, so none was loaded."""

    def __init__(self, mistakes: list[Mistake]):
        super().__init__(mistakes)
        self.mistakes = mistakes


@dataclass(frozen=True)
class Loaded:
    """What happened to one file."""

    file: str
    added: int
    kept: int


def _by_code(field: models.Field, **kwargs) -> forms.Field | None:
    """The form field: another row is given by its `kode`, a boolean as `ya` or `tidak`."""
    if isinstance(field, models.ForeignKey):
        return field.formfield(to_field_name="kode", **kwargs)
    if isinstance(field, models.BooleanField):
        return forms.TypedChoiceField(choices=[("ya", "ya"), ("tidak", "tidak")], coerce="ya".__eq__)
    return field.formfield(**kwargs)


class BapasForm(forms.ModelForm):
    """An office with its seat (the first town of its working area) and, if a source names it, its class."""

    kota = forms.ModelChoiceField(KabKota.objects.all(), to_field_name="nama")
    kelas = KelasBapas._meta.get_field("kelas").formfield(required=False)
    kelas_sejak = forms.DateField(required=False)

    class Meta:
        model = Bapas
        fields = ["kode", "nama", "kanwil", "kota", "zona_waktu", "terverifikasi", "catatan"]
        formfield_callback = _by_code

    def clean(self):
        if bool(self.cleaned_data.get("kelas")) != bool(self.cleaned_data.get("kelas_sejak")):
            self.add_error("kelas_sejak", "Isi kelas bersama tanggal mulainya, atau kosongkan keduanya.")


def _add_class_and_area(forms_saved: list[BapasForm]) -> None:
    for form in forms_saved:
        office, facts = form.instance, form.cleaned_data
        office.wilayah_kerja.add(facts["kota"])
        if facts["kelas"]:
            office.kelas.create(kelas=facts["kelas"], berlaku_sejak=facts["kelas_sejak"])


class FaktorForm(forms.ModelForm):
    """A factor with its bands in one cell: "0 Rendah; 7 Sedang; 12 Tinggi"."""

    pita = forms.RegexField(r"0 [^;]+(; \d+ [^;]+)*", error_messages={"invalid": "Tulis seperti: 0 Rendah; 7 Sedang."})

    class Meta:
        model = FaktorInstrumen
        fields = ["kode", "instrumen", "nama", "skor_maks", "urutan"]
        formfield_callback = _by_code

    def clean_pita(self):
        starts = [band.split(" ", 1) for band in self.cleaned_data["pita"].split("; ")]
        return [PitaSkor(mulai=int(start), kategori=name) for start, name in starts]


def _add_bands(forms_saved: list[FaktorForm]) -> None:
    bands = [(form.instance, band) for form in forms_saved for band in form.cleaned_data["pita"]]
    for factor, band in bands:
        band.faktor = factor
    PitaSkor.objects.bulk_create(band for _, band in bands)


def _form(model: type[models.Model], columns: str) -> type[forms.ModelForm]:
    return forms.modelform_factory(model, fields=columns.split(), formfield_callback=_by_code)


@dataclass(frozen=True)
class Source:
    """A file and the form that each of its lines fills."""

    file: str
    form: type[forms.ModelForm]
    key: str = "kode"
    beside: Callable[[list], None] | None = None
    """Adds the rows of other tables that a line also describes."""

    @property
    def columns(self) -> set[str]:
        return set(self.form.base_fields)


SOURCES = (  # a file comes after the files it points at
    Source("kanwil.csv", _form(Kanwil, "kode nama singkatan label kolom baris zona_waktu")),
    Source("provinsi.csv", _form(Provinsi, "kode nama kanwil zona_waktu")),
    Source("kabkota.csv", _form(KabKota, "kode nama provinsi")),
    Source("bapas.csv", BapasForm, beside=_add_class_and_area),
    Source(
        "kategori_kebutuhan.csv",
        _form(KategoriKebutuhan, "kode nama domain faktor_kriminogenik contoh_layanan opd_terkait"),
    ),
    Source("akun_belanja.csv", _form(AkunBelanja, "kode nama")),
    Source("opd_layanan.csv", _form(LayananOPD, "kode opd urusan layanan tingkat dasar")),
    Source("jenis_program.csv", _form(JenisProgram, "kode nama untuk urutan")),
    Source("jenis_litmas.csv", _form(JenisLitmas, "kode nama untuk batas_hari urutan")),
    Source("instrumen.csv", _form(Instrumen, "kode nama versi untuk berlaku_sejak dasar terverifikasi")),
    Source("faktor_instrumen.csv", FaktorForm, beside=_add_bands),
    Source("jenis_dokumen.csv", _form(JenisDokumen, "kode nama rahasia urutan")),
    Source("hari_libur.csv", _form(HariLibur, "tanggal nama sumber perkiraan"), key="tanggal"),
    Source("dasar_pencabutan.csv", _form(DasarPencabutan, "kode nama karena_absen urutan")),
    Source("ambang_tahap.csv", _form(AmbangTahap, "kode persen")),
    Source(
        "batas_kerja_sosial.csv",
        _form(
            BatasKerjaSosial,
            "kode untuk jam_min jam_maks jam_per_hari_maks bulan_maks ancaman_tahun pidana_bulan denda_maks dasar "
            "berlaku_sejak",
        ),
    ),
    Source("jenis_kendala.csv", _form(JenisKendala, "kode nama urutan")),
)


@transaction.atomic
def load(folder: Path) -> list[Loaded]:
    """Add the missing rows of every file in `folder`. Rejected if any line is wrong; then nothing is added."""
    loaded, mistakes = [], []
    for source in SOURCES:
        lines, unreadable = _read(folder / source.file, source)
        filled, wrong = _fill(source, lines)
        _save(source, filled)
        mistakes += unreadable + wrong
        loaded.append(Loaded(source.file, added=len(filled), kept=len(lines) - len(filled)))
    if mistakes:
        raise Rejected(mistakes)
    return loaded


def _read(path: Path, source: Source) -> tuple[list[dict[str, str]], list[Mistake]]:
    """The lines of a file, or the reason why it cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, restval="")
            lines, header = list(reader), set(reader.fieldnames or [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return [], [Mistake(path.name, 1, "", "", f"berkas tidak terbaca ({error}).")]
    if header != source.columns:
        expected = ", ".join(sorted(source.columns))
        return [], [Mistake(path.name, 1, "", "", f"judul kolom harus: {expected}.")]
    return lines, []


def _fill(source: Source, lines: list[dict[str, str]]) -> tuple[list[forms.ModelForm], list[Mistake]]:
    """A valid form per line whose key is new, and the mistakes of the other new lines."""
    stored = {str(key) for key in source.form._meta.model.objects.values_list(source.key, flat=True)}
    seen: set[str] = set()
    filled, mistakes = [], []
    for number, line in enumerate(lines, start=2):
        key = line[source.key]
        if key in seen:
            mistakes.append(Mistake(source.file, number, source.key, key, "sudah ada di baris sebelumnya."))
        elif key not in stored:
            form = source.form(line)
            wrong = [
                Mistake(source.file, number, column, line.get(column, ""), str(message))
                for column, messages in form.errors.items()
                for message in messages
            ]
            mistakes += wrong
            filled += [] if wrong else [form]
        seen.add(key)
    return filled, mistakes


def _save(source: Source, filled: list) -> None:
    source.form._meta.model.objects.bulk_create(form.instance for form in filled)
    if source.beside:
        source.beside(filled)
