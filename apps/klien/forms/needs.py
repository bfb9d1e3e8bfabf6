"""Needs: what is missing, and how it ended."""

from django import forms

from apps.acuan.models import KategoriKebutuhan
from apps.klien.models import Kebutuhan
from apps.klien.services.needs import CLOSED
from pemasyarakatan.forms import PortalForm, PortalModelForm


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
        self.fields["kategori"].queryset = KategoriKebutuhan.objects.filter(aktif=True)


class NeedEndForm(PortalForm):
    """How a need ended; without fulfilment there is a reason, which becomes evidence for the next programme."""

    ke = forms.ChoiceField(
        label="Bagaimana akhirnya?", widget=forms.RadioSelect,
        choices=[(status.value, status.label) for status in Kebutuhan.Status if status in CLOSED],
        error_messages={"required": "Pilih bagaimana kebutuhan ini berakhir."},
    )  # fmt: skip
    alasan = forms.CharField(
        label="Alasan", max_length=200, required=False, help_text="Wajib diisi bila tidak terpenuhi atau dibatalkan.",
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if data.get("ke") in (Kebutuhan.Status.TIDAK, Kebutuhan.Status.BATAL) and not data.get("alasan"):
            self.add_error("alasan", "Isi alasan.")
        return data
