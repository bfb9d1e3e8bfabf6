"""Filters of the access trail."""

import datetime as dt

from django import forms
from django.utils import timezone

from apps.dasar.forms import FilterForm
from apps.jejak.models import Akses
from apps.wilayah.models import Bapas


def start_of(day: dt.date) -> dt.datetime:
    """Midnight in Jakarta, where the auditors are."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


class JejakFilter(FilterForm):
    siapa = forms.CharField(label="Nama atau surel")
    verba = forms.ChoiceField(label="Perbuatan", choices=[("", "Semua"), *Akses.Verba.choices])
    bapas = forms.ModelChoiceField(Bapas.objects.all(), label="Bapas")
    klien = forms.IntegerField(
        label="Klien #", min_value=1, widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value"), "Tulis nomor klien dengan angka saja, misalnya 12."),
    )  # fmt: skip
    dari = forms.DateField(label="Dari tanggal", widget=forms.DateInput)
    sampai = forms.DateField(label="Sampai tanggal", widget=forms.DateInput)
    orang = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bapas"].empty_label = "Semua"

    def narrow(self, trail):
        """Rows of `trail` that fit the filters."""
        rules = {
            "verba": lambda verba: {"verba": verba},
            "bapas": lambda bapas: {"bapas": bapas},
            "klien": lambda pk: {"objek": "klien", "objek_id": pk},
            "dari": lambda day: {"pada__gte": start_of(day)},
            "sampai": lambda day: {"pada__lt": start_of(day + dt.timedelta(days=1))},
            "orang": lambda pk: {"pengguna": pk},
        }
        chosen = self.chosen
        for name in rules.keys() & chosen.keys():
            trail = trail.filter(**rules[name](chosen[name]))
        if who := chosen.get("siapa"):
            trail = trail.by_person(who)
        return trail
