"""Forms about people, assignments and tokens."""

import datetime as dt

from django import forms
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.validators import ProhibitNullCharactersValidator, RegexValidator
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from apps.akun.models import ABSENT_AFTER, Pengguna, Penugasan, offices_of, partners_of, regions_of, unit_kind
from apps.akun.roles import Peran, may_give
from apps.dasar.forms import FilterForm, PortalForm, PortalModelForm
from apps.wilayah.models import Bapas, Kanwil, Mitra

TOKEN_DAYS = 365
OVER = "Hari terakhir tidak boleh sebelum hari ini."
SUGGESTED = 300  # partners suggested while typing; the others are found by name


class RoleCards(forms.RadioSelect):
    """Choosing a role opens the box for the unit that it needs (`data-buka`)."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if kind := unit_kind(value):
            option["attrs"]["data-buka"] = kind
        return option


class PartnerField(forms.ModelChoiceField):
    """A partner, typed by name with suggestions: there are too many for a list."""

    widget = forms.TextInput
    several = "Ada lebih dari satu mitra yang cocok: {}. Tulis nama lengkapnya."

    def to_python(self, value):
        name = (value or "").strip()
        if not name:
            return None
        ProhibitNullCharactersValidator()(name)
        exact = list(self.queryset.filter(nama__iexact=name)[:2])
        found = exact or list(self.queryset.filter(nama__icontains=name)[:5])
        if not found:
            raise forms.ValidationError(f"Tidak ada mitra bernama “{name}” di wilayah Anda.")
        if len(found) > 1:
            raise forms.ValidationError(self.several.format("; ".join(mitra.nama for mitra in found)))
        return found[0]


class PenugasanForm(PortalForm):
    """Role, unit and last day, limited to what `by` may give."""

    peran = forms.ChoiceField(label="Peran", widget=RoleCards({"class": "p-kartu-grup--lebar"}))
    bapas = forms.ModelChoiceField(Bapas.objects.none(), label="Bapas", required=False)
    kanwil = forms.ModelChoiceField(Kanwil.objects.none(), label="Kanwil", required=False)
    mitra = PartnerField(
        Mitra.objects.none(), label="Mitra", required=False,
        help_text="Tulis nama Pokmas, Griya, dinas, atau perusahaan.",
        widget=forms.TextInput({"list": "daftar-mitra", "autocomplete": "off"}),
    )  # fmt: skip
    selesai = forms.DateField(
        label="Hari terakhir", required=False, widget=forms.DateInput, help_text="Kosongkan bila berlanjut."
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["peran"].choices = [(role, role.label) for role in may_give(by)]
        self.units = {"bapas": offices_of(by), "kanwil": regions_of(by), "mitra": partners_of(by)}
        for kind, units in self.units.items():
            self.fields[kind].queryset = units.filter(aktif=True)
        for kind in ("bapas", "kanwil"):
            if len(self.units[kind][:2]) < 2:
                del self.fields[kind]

    @property
    def suggestions(self):
        return self.fields["mitra"].queryset.values_list("nama", flat=True)[:SUGGESTED]

    def clean(self):
        kind, day = unit_kind(self.cleaned_data.get("peran", "")), self.cleaned_data.get("selesai")
        unit = self.cleaned_data["unit"] = {kind: self._unit(kind)} if kind else {}
        if day and day < Penugasan(**unit).hari_ini:
            self.add_error("selesai", OVER)
        return self.cleaned_data

    def _unit(self, kind):
        if kind not in self.fields:
            return self.units[kind].first()
        if self.cleaned_data.get(kind) is None and kind not in self.errors:
            self.add_error(kind, f"Pilih {self.fields[kind].label}.")
        return self.cleaned_data.get(kind)

    @property
    def facts(self) -> dict:
        """Arguments of the service."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.units}


class UndanganForm(PenugasanForm):
    """The person to invite, and the assignment."""

    email = forms.EmailField(
        label="Surel", help_text="Tautan untuk membuat kata sandi dikirim ke sini.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )  # fmt: skip
    nama = forms.CharField(label="Nama lengkap", max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    nip = forms.CharField(
        label="NIP", required=False, validators=[RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka.")],
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-20", "autocomplete": "off"}),
    )  # fmt: skip
    field_order = ("email", "nama", "nip", "peran", "bapas", "kanwil", "mitra", "selesai")


class AlasanForm(PortalForm):
    """A reason. It must hold no personal data, because it stays in the history for good."""

    alasan = forms.CharField(label="Alasan", max_length=200, help_text="Misalnya: pindah tugas.")


class KeluarkanForm(AlasanForm):
    alasan = forms.CharField(label="Alasan", max_length=200, help_text="Misalnya: HP hilang.")


class AkhiriForm(AlasanForm):
    """The last day of `duty`, on the calendar of its unit, or now."""

    kapan = forms.ChoiceField(
        label="Kapan berakhir?", required=False, initial="hari", widget=forms.RadioSelect,
        choices=[("hari", "Pada akhir hari terakhir"), ("sekarang", "Sekarang juga")],
        help_text="Sekarang juga: orang ini tidak dapat lagi membuka apa pun dengan penugasan ini.",
    )  # fmt: skip
    selesai = forms.DateField(
        label="Hari terakhir", required=False, widget=forms.DateInput,
        help_text="Berlaku sampai akhir hari itu. Tidak dibaca bila berakhir sekarang juga.",
    )  # fmt: skip
    field_order = ("kapan", "selesai", "alasan")

    def __init__(self, *args, duty, **kwargs):
        super().__init__(*args, **kwargs)
        self.hari_ini = self.fields["selesai"].initial = duty.hari_ini

    @property
    def now(self) -> bool:
        return self.cleaned_data.get("kapan") == "sekarang"

    def clean_selesai(self):
        day = self.cleaned_data["selesai"]
        if self.now:
            return None
        if day is None:
            raise forms.ValidationError("Isi hari terakhir.")
        if day < self.hari_ini:
            raise forms.ValidationError(OVER)
        return day

    @property
    def facts(self) -> dict:
        """Arguments of the service."""
        names = ("alasan",) if self.now else ("selesai", "alasan")
        return {name: self.cleaned_data[name] for name in names}


class NamaForm(PortalModelForm):
    """What people may change about themselves. The e-mail address identifies them and stays."""

    class Meta:
        model = Pengguna
        fields = ("nama", "jenjang")
        labels = {"nama": "Nama lengkap"}
        widgets = {"nama": forms.TextInput({"autocomplete": "name"})}
        help_texts = {"jenjang": "Dihitung dalam laporan harian ke Kanwil."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        duty = self.instance.penugasan
        if duty is None or duty.peran != Peran.PK:
            del self.fields["jenjang"]


class TokenForm(PortalForm):
    nama = forms.CharField(label="Untuk apa token ini", max_length=60, help_text="Misalnya: sinkronisasi data kantor.")
    kedaluwarsa = forms.DateField(label="Berlaku sampai", widget=forms.DateInput, help_text="Paling lama satu tahun.")

    def clean_kedaluwarsa(self):
        day, today = self.cleaned_data["kedaluwarsa"], timezone.localdate()
        if not today < day <= today + dt.timedelta(days=TOKEN_DAYS):
            raise forms.ValidationError("Pilih tanggal antara besok dan satu tahun dari sekarang.")
        return day


STATES = [
    ("", "Semua"),
    ("aktif", "Aktif"),
    ("diundang", "Diundang, belum membuat kata sandi"),
    ("lama", f"Tidak masuk {ABSENT_AFTER.days} hari"),
    ("tanpa", "Tanpa penugasan yang berlaku"),
    ("nonaktif", "Nonaktif"),
]


def in_state(state: str) -> Q:
    """The people in one of `STATES`."""
    current = Exists(Penugasan.objects.current().filter(pengguna=OuterRef("pk")))
    limit = timezone.now() - ABSENT_AFTER
    return {
        "aktif": Q(is_active=True) & Q(current),
        "diundang": Q(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX),
        "lama": Q(is_active=True) & (Q(last_login__lt=limit) | Q(last_login=None, dibuat_pada__lt=limit)),
        "tanpa": ~Q(current),
        "nonaktif": Q(is_active=False),
    }[state]


class PenggunaFilter(FilterForm):
    q = forms.CharField(label="Nama atau surel")
    peran = forms.ChoiceField(label="Peran", choices=[("", "Semua"), *Peran.choices])
    kanwil = forms.ModelChoiceField(Kanwil.objects.none(), label="Kanwil", help_text="Termasuk Bapas dan mitranya.")
    bapas = forms.ModelChoiceField(Bapas.objects.none(), label="Bapas")
    keadaan = forms.ChoiceField(label="Keadaan akun", choices=STATES)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        for name, units, own in (
            ("kanwil", regions_of(by), by.penugasan.bapas_id or by.penugasan.kanwil_id),
            ("bapas", offices_of(by), by.penugasan.bapas_id),
        ):
            self.fields[name].queryset = units
            self.fields[name].empty_label = "Semua"
            if own:
                del self.fields[name]

    def narrow(self, people):
        """The `people` that fit the filters. Role and unit must fit the same assignment, one that `by` manages."""
        chosen = self.chosen
        if q := chosen.get("q"):
            people = people.filter(Q(nama__icontains=q) | Q(email__icontains=q))
        unit = Q(**{name: chosen[name] for name in ("peran", "bapas") if name in chosen})
        if kanwil := chosen.get("kanwil"):
            unit &= Q(kanwil=kanwil) | Q(bapas__kanwil=kanwil) | Q(mitra__kabkota__provinsi__kanwil=kanwil)
        if unit:
            duties = Penugasan.objects.current().managed_by(self.by).filter(unit, pengguna=OuterRef("pk"))
            people = people.filter(Exists(duties))
        if state := chosen.get("keadaan"):
            people = people.filter(in_state(state))
        return people
