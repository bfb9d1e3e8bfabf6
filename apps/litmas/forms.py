"""Forms of the two books (tables Litmas and Pendampingan): a request and its completion, an accompaniment, a
withdrawal."""

import re
import uuid
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from apps.acuan.models import JenisLitmas
from apps.akun.models import Pengguna
from apps.dasar.forms import FilterForm, PortalForm
from apps.dasar.wording import tanggal
from apps.jejak.compare import VersionedForm
from apps.klien.forms.fields import UNKNOWN_OFFICER, officers
from apps.klien.models import Klien
from apps.litmas.models import Litmas, Pendampingan
from apps.wilayah.days import today

HALF, TINY = ({"class": f"govuk-input--width-{width}"} for width in (20, 5))
INITIALS_ONLY = "Tulis huruf awal nama saja, misalnya B.S."
SHARED = ("inisial", "untuk", "kode_klien", "pk_pelaksana")


class EntryForm(VersionedForm):
    """Fields of both books. `kunci` detects a repeated submit, `versi` a change that somebody else made meanwhile."""

    kode_klien = forms.CharField(
        label="Kode klien", required=False, max_length=16, widget=forms.TextInput(HALF),
        help_text="Bila sudah terdaftar di kantor Anda, misalnya KL-2026-00123.",
    )  # fmt: skip
    kunci = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.office, self.hari_ini = user.penugasan.bapas, today(user)
        self.fields["inisial"].error_messages["max_length"] = INITIALS_ONLY
        self.fields["pk_pelaksana"].queryset = officers(self.office)
        if self.instance.pk:
            self.fields["pk_pelaksana"].queryset |= Pengguna.objects.filter(pk=self.instance.pk_pelaksana_id)
            self.initial["kode_klien"] = self._code()
        else:
            self.initial.setdefault("kunci", uuid.uuid4())
            if self.fields["pk_pelaksana"].queryset.filter(pk=user.pk).exists():
                self.initial.setdefault("pk_pelaksana", user.pk)

    @property
    def facts(self) -> dict:
        """Column → value, the arguments of the services."""
        return {name: getattr(self.instance, name) for name in (*self._meta.fields, "klien") if name != "kode_klien"}

    def clean_inisial(self):
        initials = self.cleaned_data["inisial"].strip().upper()
        if not re.fullmatch(r"[A-Z](?:[. ]*[A-Z]){0,4}\.?", initials):
            raise ValidationError(INITIALS_ONLY)
        return initials

    def clean_kode_klien(self):
        code = self.cleaned_data["kode_klien"].strip().upper()
        self.instance.klien = Klien.objects.filter(bapas=self.office, kode=code).first() if code else None
        if code and self.instance.klien is None:
            raise ValidationError("Kode klien ini tidak ada di kantor Anda. Periksa kembali.")
        return code

    def not_later(self, name, label):
        """Add an error when the day lies in the future."""
        value = self.cleaned_data[name]
        if value and value > self.hari_ini:
            raise ValidationError(f"{label} tidak boleh setelah hari ini, {tanggal(self.hari_ini)}.")
        return value

    def _code(self) -> str:
        return self.instance.klien.kode if self.instance.klien_id else ""


class LitmasForm(EntryForm):
    """A request. The completion is filled in later, on the same page."""

    HEADER = ("jenis", "peminta", "nomor_surat", "diminta", "tenggat", *SHARED)
    DONE = ("selesai", "rekomendasi", "tpp_tanggal", "tpp_nomor")
    field_order = (*HEADER, *DONE)

    class Meta:
        model = Litmas
        fields = ("jenis", "untuk", "inisial", "peminta", "nomor_surat", "diminta", "tenggat", "pk_pelaksana",
                  "selesai", "rekomendasi", "tpp_tanggal", "tpp_nomor")  # fmt: skip
        widgets = {
            "inisial": forms.TextInput(TINY), "untuk": forms.RadioSelect, "nomor_surat": forms.TextInput(HALF),
            "tpp_nomor": forms.TextInput(HALF),
        }  # fmt: skip
        help_texts = {"tenggat": "Kosongkan agar mengikuti batas waktu jenis litmas.",
                      "selesai": "Kosongkan selama belum selesai."}  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tenggat"].required = False
        self.fields["jenis"].queryset = JenisLitmas.objects.filter(aktif=True)
        self.initial.setdefault("diminta", self.hari_ini)

    @property
    def header(self):
        return [self[name] for name in self.HEADER]

    @property
    def done(self):
        return [self[name] for name in self.DONE]

    def clean_diminta(self):
        return self.not_later("diminta", "Tanggal permintaan")

    def clean_selesai(self):
        return self.not_later("selesai", "Tanggal selesai")

    def clean(self):
        data = super().clean()
        kind, asked = data.get("jenis"), data.get("diminta")
        if kind and data.get("untuk") and kind.untuk not in (data["untuk"], JenisLitmas.Untuk.SEMUA):
            self.add_error("jenis", f"Jenis litmas ini hanya untuk {kind.get_untuk_display().lower()}.")
        if kind and asked and not data.get("tenggat") and "tenggat" not in self.errors:
            data["tenggat"] = asked + timedelta(days=kind.batas_hari)
        if data.get("selesai") and not data.get("rekomendasi"):
            self.add_error("rekomendasi", "Pilih rekomendasi.")
        if data.get("rekomendasi") and not data.get("selesai") and "selesai" not in self.errors:
            self.add_error("selesai", "Isi tanggal selesai.")
        return data


class PendampinganForm(EntryForm):
    """One accompaniment."""

    class Meta:
        model = Pendampingan
        fields = ("tahap", "tanggal", "untuk", "inisial", "instansi", "pk_pelaksana", "hasil")
        widgets = {"inisial": forms.TextInput(TINY), "untuk": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("tanggal", self.hari_ini)
        self.initial.setdefault("untuk", Klien.Usia.ANAK)

    def clean_tanggal(self):
        return self.not_later("tanggal", "Tanggal")


class CancelForm(PortalForm):
    alasan = forms.CharField(label="Alasan batal", max_length=200, help_text="Misalnya: permintaan ditarik kembali.")


class BookFilter(FilterForm):
    """Filters above either book."""

    untuk = forms.ChoiceField(label="Kategori usia", choices=[("", "Semua"), *Klien.Usia.choices])
    pk = forms.ModelChoiceField(queryset=Pengguna.objects.none(), label="PK", empty_label="Semua")
    tab = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        theirs = [
            Exists(book.objects.filter(bapas=office, pk_pelaksana=OuterRef("pk"))) for book in (Litmas, Pendampingan)
        ]
        here = Q(pk__in=officers(office).values("pk"))
        self.fields["pk"].queryset = Pengguna.objects.filter(here | theirs[0] | theirs[1])  # also of those who left
        self.fields["pk"].error_messages["invalid_choice"] = UNKNOWN_OFFICER
        self.fields["pk"].empty_label = "Semua"

    def narrow(self, rows):
        columns = {"untuk": "untuk", "pk": "pk_pelaksana"}
        if "pk" in self.errors:
            return rows.none()
        return rows.filter(**{columns[name]: value for name, value in self.chosen.items()})
