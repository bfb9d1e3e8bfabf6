"""Forms of the head and the operator: clients move to another PK, and a deputy stands in for a PK."""

from django import forms
from django.db.models import Count, Q

from apps.dasar.forms import PortalForm, PortalModelForm
from apps.klien.models import Klien, Pengganti, officers
from apps.klien.services import evenly

MOST = 500
"""Clients that one act moves: more than any caseload."""


def with_load(office):
    """PKs on duty, each with `beban`: the active clients whom he guides at this office."""
    own = Count("klien_bimbingan", filter=Q(klien_bimbingan__bapas=office, klien_bimbingan__status=Klien.Status.AKTIF))
    return officers(office).annotate(beban=own).order_by("nama", "pk")


class AssignForm(PortalForm):
    """Which clients go to which PKs. Nobody is refused here for what the service checks again under its locks."""

    klien = forms.TypedMultipleChoiceField(
        label="Klien", coerce=int, error_messages={
            "required": "Pilih paling sedikit satu klien.",
            "invalid_choice": "Sebagian klien sudah tidak ada dalam daftar ini. Periksa daftar di bawah.",
        },
    )  # fmt: skip
    pk = forms.TypedMultipleChoiceField(
        label="PK baru", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Bila lebih dari satu, klien dibagi rata.",
        error_messages={
            "required": "Pilih PK baru.",
            "invalid_choice": "PK itu tidak lagi bertugas di kantor Anda. Pilih PK lain.",
        },
    )  # fmt: skip
    alasan = forms.CharField(
        label="Alasan", max_length=200, help_text="Tampil di linimasa klien.",
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
    )  # fmt: skip

    def __init__(self, *args, clients: list[Klien], choices: list, by_hand: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.clients, self.by_hand = clients, by_hand
        self.fields["klien"].choices = [(one.pk, one.nama) for one in clients]
        self.fields["pk"].choices, self.fields["pk"].required = choices, not by_hand
        if by_hand:
            for one in clients:
                self.fields[f"ke_{one.pk}"] = forms.TypedChoiceField(
                    label=f"PK baru {one.nama}", coerce=int, empty_value=None, required=False,
                    choices=[("", "Sesuai pembagian"), *choices],
                )  # fmt: skip

    def rows(self) -> list[tuple]:
        """(client, ticked, field by hand or "") of the table."""
        ticked = set(map(str, self["klien"].value() or ())) if self.is_bound else None
        return [
            (one, ticked is None or str(one.pk) in ticked, self[f"ke_{one.pk}"] if self.by_hand else "")
            for one in self.clients
        ]

    def clean(self):
        data = super().clean()
        chosen = data.get("klien", [])
        hand = {one: data[f"ke_{one}"] for one in chosen if data.get(f"ke_{one}")}
        rest = [one for one in chosen if one not in hand]
        if rest and not data.get("pk") and "pk" not in self.errors:
            self.add_error("pk", "Pilih PK baru.")
        self.to = hand | evenly(rest, data.get("pk") or [])
        return data


class DeputyForm(PortalModelForm):
    """Who stands in for whom, from which day to which."""

    class Meta:
        model = Pengganti
        fields = ("digantikan", "pengganti", "mulai", "selesai", "alasan")
        widgets = {
            "alasan": forms.TextInput({"class": "govuk-input--width-20"}),
        }
        help_texts = {"alasan": "Misalnya cuti tahunan, diklat, atau tugas luar."}

    def __init__(self, *args, office, hari_ini, **kwargs):
        super().__init__(*args, **kwargs)
        self.hari_ini = hari_ini
        for name in ("digantikan", "pengganti"):
            self.fields[name].queryset = officers(office)

    def clean(self):
        data = super().clean()
        first, last = data.get("mulai"), data.get("selesai")
        if data.get("pengganti") and data["pengganti"] == data.get("digantikan"):
            self.add_error("pengganti", "PK tidak dapat menggantikan dirinya sendiri.")
        if last and last < self.hari_ini:
            self.add_error("selesai", "Hari terakhir tidak boleh sebelum hari ini.")
        elif first and last and last < first:
            self.add_error("selesai", "Hari terakhir tidak boleh sebelum hari pertama.")
        return data
