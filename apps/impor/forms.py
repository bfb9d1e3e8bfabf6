"""Three forms: which file, what its columns hold, and which rows to store."""

from django import forms
from django.core.exceptions import ValidationError

from apps.dasar.forms import FilterForm, PortalForm
from apps.impor.gaps import GAPS
from apps.impor.kinds import KINDS
from apps.impor.models import Impor, Jenis, TemuanImpor

IGNORED = "Abaikan kolom ini"


class UploadForm(PortalForm):
    jenis = forms.ChoiceField(
        label="Apa isi berkas ini?", choices=Jenis, widget=forms.RadioSelect,
        error_messages={"required": "Pilih isi berkas."},
    )  # fmt: skip
    berkas = forms.FileField(
        label="Berkas", help_text="XLSX atau CSV, paling besar 20 MB. Urutan kolom bebas.",
        widget=forms.FileInput({"accept": ".xlsx,.csv"}), max_length=150,
        error_messages={"required": "Pilih berkas.", "empty": "Berkas ini kosong."},
    )  # fmt: skip


class ColumnsForm(PortalForm):
    """One choice per column of the file."""

    marks_optional = False

    def __init__(self, *args, impor: Impor, **kwargs):
        self.impor = impor
        self.columns = KINDS[impor.jenis].columns
        super().__init__(*args, **kwargs)
        choices = [("", IGNORED)] + [
            (column.name, f"{column.title} (wajib)" if column.required else column.title) for column in self.columns
        ]
        for number, title in enumerate(impor.judul):
            self.fields[f"kolom_{number}"] = forms.ChoiceField(
                label=title or f"Kolom {number + 1} tanpa judul", choices=choices, required=False,
                initial=impor.peta[number],
            )  # fmt: skip

    @property
    def names(self) -> list[str]:
        """The meaning of each column of the file, in their order."""
        return [self.cleaned_data[f"kolom_{number}"] for number in range(len(self.impor.judul))]

    def with_samples(self, samples: list[list[str]]):
        """(field, first values) of each column."""
        for number, field in enumerate(self):
            yield field, [row[number] for row in samples if number < len(row) and row[number]]

    def clean(self):
        data = super().clean()
        titles = {column.name: column.title for column in self.columns}
        first: dict[str, str] = {}
        for field, name in list(data.items()):
            if name and name in first:
                self.add_error(field, f"{titles[name]} sudah dipilih untuk kolom “{first[name]}”.")
            elif name:
                first[name] = str(self.fields[field].label)
        missing = [column.title for column in self.columns if column.required and column.name not in first]
        if missing:
            raise ValidationError(f"Pilih kolom untuk: {', '.join(missing)}.")
        return data


class DecisionForm(PortalForm):
    """Which rows to store. Without mistakes there is nothing to choose."""

    cara = forms.ChoiceField(
        label="Baris mana yang disimpan?", choices=Impor.Cara, widget=forms.RadioSelect,
        error_messages={"required": "Pilih baris mana yang disimpan."},
    )  # fmt: skip

    def __init__(self, *args, impor: Impor, **kwargs):
        super().__init__(*args, **kwargs)
        if not impor.jumlah_salah:
            self.fields["cara"].widget = forms.HiddenInput()
            self.initial["cara"] = Impor.Cara.SEMUA


class GapFilter(FilterForm):
    """Clients whose file lacks one thing."""

    kurang = forms.ChoiceField(
        label="Yang belum ada", choices=[("", "Semua"), *((slug, words) for slug, (words, _) in GAPS.items())]
    )


class MistakeFilter(FilterForm):
    """Mistakes of one column only."""

    kolom = forms.ChoiceField(label="Kolom")
    tab = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, impor: Impor, **kwargs):
        super().__init__(*args, **kwargs)
        found = TemuanImpor.objects.filter(bapas=impor.bapas_id, impor=impor, jenis="galat")
        names = found.order_by("kolom").values_list("kolom", flat=True).distinct()
        self.fields["kolom"].choices = [("", "Semua kolom"), *((name, name) for name in names)]
