"""Filters of the access trail."""

import datetime as dt

from django import forms
from django.db.models import Q
from django.utils import timezone

from apps.akun.models import RiwayatAkun
from apps.akun.roles import Peran
from apps.dasar.forms import FilterForm
from apps.jejak.models import Akses
from apps.wilayah.models import Bapas


def start_of(day: dt.date) -> dt.datetime:
    """Midnight in Jakarta, where the auditors are."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


class Period(FilterForm):
    """From a day to a day; what the `rules` of a filter say of its other fields."""

    dari = forms.DateField(label="Dari tanggal", widget=forms.DateInput)
    sampai = forms.DateField(label="Sampai tanggal", widget=forms.DateInput)

    def narrowed(self, rows, **rules):
        """Rows that fit; each rule makes conditions of the value of its field."""
        rules |= {
            "dari": lambda day: {"pada__gte": start_of(day)},
            "sampai": lambda day: {"pada__lt": start_of(day + dt.timedelta(days=1))},
        }
        for name in rules.keys() & self.chosen.keys():
            rows = rows.filter(**rules[name](self.chosen[name]))
        return rows


class JejakFilter(Period):
    siapa = forms.CharField(label="Nama atau surel")
    verba = forms.ChoiceField(label="Perbuatan", choices=[("", "Semua"), *Akses.Verba.choices])
    peran = forms.ChoiceField(label="Peran", choices=[("", "Semua"), *Peran.choices])
    bapas = forms.ModelChoiceField(Bapas.objects.all(), label="Bapas")
    klien = forms.IntegerField(
        label="Klien #", min_value=1, widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value"), "Tulis nomor klien dengan angka saja, misalnya 12."),
    )  # fmt: skip
    orang = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("siapa", "verba", "peran", "bapas", "klien", "dari", "sampai", "orang")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bapas"].empty_label = "Semua"

    def narrow(self, trail):
        """Rows of `trail` that fit the filters."""
        trail = self.narrowed(
            trail,
            verba=lambda verba: {"verba": verba},
            peran=lambda peran: {"penugasan__peran": peran},
            bapas=lambda bapas: {"bapas": bapas},
            klien=lambda pk: {"objek": "klien", "objek_id": pk},
            orang=lambda pk: {"pengguna": pk},
        )
        if who := self.chosen.get("siapa"):
            trail = trail.by_person(who)
        return trail


class RiwayatAkunFilter(Period):
    """Of changes of accounts."""

    siapa = forms.CharField(label="Akun: nama atau surel")
    peristiwa = forms.ChoiceField(label="Peristiwa", choices=[("", "Semua"), *RiwayatAkun.Peristiwa.choices])
    field_order = ("siapa", "peristiwa", "dari", "sampai")

    def narrow(self, history):
        """Rows of `history` that fit the filters."""
        if who := self.chosen.get("siapa"):
            history = history.filter(Q(pengguna__nama__icontains=who) | Q(pengguna__email__icontains=who))
        return self.narrowed(history, peristiwa=lambda event: {"peristiwa": event})
