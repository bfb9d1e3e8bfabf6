"""Forms for a need: its category and urgency, its next step, and the filter of the regional table."""

from django import forms

from apps.acuan.models import KategoriKebutuhan
from apps.dasar.forms import FilterForm, PortalForm, PortalModelForm
from apps.jejak.compare import VersionedForm
from apps.klien.forms.obstacles import obstacle_cards
from apps.klien.models import Kebutuhan
from apps.klien.services.needs import NEXT, OPEN, needs_reason
from apps.wilayah.models import KabKota

WORDS = {"dirujuk": "Dirujuk ke mitra", "dilayani": "Sedang dilayani", "terbuka": "Dibuka kembali"}


class NeedForm(PortalModelForm):
    class Meta:
        model = Kebutuhan
        fields = ("kategori", "mendesak", "uraian", "kata_klien")
        widgets = {"mendesak": forms.RadioSelect, "kata_klien": forms.Textarea({"rows": 2})}
        help_texts = {
            "uraian": "Apa yang dibutuhkan, dalam beberapa kata.",
            "kata_klien": "Tulis seperti yang dikatakan klien.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kategori" in self.fields:
            self.fields["kategori"].queryset = KategoriKebutuhan.objects.filter(aktif=True)


class NeedChangeForm(VersionedForm, NeedForm):
    """Change of a need; `words` says whether the user may read the client's own words."""

    class Meta(NeedForm.Meta):
        fields = ("mendesak", "uraian", "kata_klien")

    def __init__(self, *args, words: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not words:
            del self.fields["kata_klien"]


class NeedStepForm(PortalForm):
    """The next step of a need. Some steps need a reason, which becomes evidence for the next programme."""

    ke = forms.ChoiceField(
        label="Apa yang terjadi?", widget=forms.RadioSelect,
        error_messages={"required": "Pilih apa yang terjadi dengan kebutuhan ini."},
    )  # fmt: skip
    alasan = forms.CharField(label="Keterangan atau alasan", max_length=200, required=False)
    needed_sometimes = ("alasan",)
    jenis_kendala = obstacle_cards(
        "Apa kendalanya?", help_text="Dicatat bila kebutuhan tidak terpenuhi, sebagai bahan laporan kantor."
    )

    def __init__(self, *args, kebutuhan: Kebutuhan, **kwargs):
        super().__init__(*args, **kwargs)
        self.dari = Kebutuhan.Status(kebutuhan.status)
        self.fields["ke"].error_messages["invalid_choice"] = f"Kebutuhan ini sudah {self.dari.label.lower()}."
        allowed = [status for status in Kebutuhan.Status if status in NEXT[self.dari]]
        self.fields["ke"].choices = [(status.value, WORDS.get(status.value, status.label)) for status in allowed]
        if Kebutuhan.Status.TIDAK not in allowed:
            del self.fields["jenis_kendala"]
        always = self.dari not in OPEN
        self.fields["alasan"].help_text = (
            "Wajib diisi." if always else "Wajib diisi bila tidak terpenuhi atau dibatalkan."
        )

    def clean(self):
        data = super().clean()
        if data.get("ke") and needs_reason(self.dari, data["ke"]) and not data.get("alasan"):
            self.add_error("alasan", "Isi alasan.")
        return data


class UnmetFilter(FilterForm):
    """Filter by place: one regency or city, or the whole area."""

    kabkota = forms.ModelChoiceField(KabKota.objects.none(), label="Kabupaten/kota", empty_label="Seluruh wilayah")

    def __init__(self, data, *, places):
        super().__init__(data)
        self.fields["kabkota"].queryset = places
        self.fields["kabkota"].empty_label = "Seluruh wilayah"
