"""Checkbox cards for obstacles, shared by several forms, and the filter above their list."""

from django import forms

from apps.acuan.models import JenisKendala
from apps.dasar.forms import FilterForm
from apps.klien.models import Kendala

ANY = [("", "Semua")]


class ObstacleField(forms.ModelMultipleChoiceField):
    """The cleaned value is a list. Usually it is empty, and asking nobody for nothing would cost a query set."""

    def clean(self, value):
        return list(super().clean(value)) if value or self.required else []


def obstacle_cards(label: str = "Ada kendala?", **options) -> ObstacleField:
    """Field for the kinds of obstacles that were met; usually none."""
    return ObstacleField(
        JenisKendala.objects.filter(aktif=True), label=label, required=False, widget=forms.CheckboxSelectMultiple,
        **options,
    )  # fmt: skip


class ObstacleFilter(FilterForm):
    jenis = forms.ModelChoiceField(label="Jenis kendala", queryset=JenisKendala.objects.all(), empty_label="Semua")
    sumber = forms.ChoiceField(label="Dicatat pada", choices=[*ANY, *Kendala.Sumber.choices])
    dari = forms.DateField(label="Dari tanggal")
    sampai = forms.DateField(label="Sampai tanggal")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jenis"].empty_label = "Semua"

    def narrow(self, rows):
        lookups = {"jenis": "jenis", "sumber": "sumber", "dari": "tanggal__gte", "sampai": "tanggal__lte"}
        return rows.filter(**{lookups[name]: value for name, value in self.chosen.items()})
