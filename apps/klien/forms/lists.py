"""The filters above the list of clients and the timeline. Their state is the query string."""

import re
from datetime import date, timedelta

from django import forms

from apps.acuan.models import JenisProgram, KategoriKebutuhan
from apps.akun.models import Pengguna
from apps.dasar import entries
from apps.dasar.forms import FilterForm, PortalForm
from apps.klien.forms.clients import checked
from apps.klien.forms.fields import offer_officers, offer_reference
from apps.klien.models import Klien
from apps.klien.timeline import Event, all_kinds

CODE = re.compile(r"KL-\d{4}-\d{5,}", re.IGNORECASE)
RANGES = [("12", "12 bulan terakhir"), ("3", "3 bulan terakhir"), ("36", "3 tahun terakhir"), ("semua", "Semua")]
DEFAULT_RANGE = RANGES[0][0]
OVER = [(value, label) for value, label in Klien.Status.choices if value != Klien.Status.AKTIF]


class CaseloadFilter(FilterForm):
    """The panel "Saring". Search, tab and scope have their own controls; the panel only carries them along."""

    q = forms.CharField(required=False, widget=forms.HiddenInput)
    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    lingkup = forms.CharField(required=False, widget=forms.HiddenInput)
    mirip = forms.CharField(required=False, widget=forms.HiddenInput)
    urut = forms.CharField(required=False, widget=forms.HiddenInput)

    usia = forms.ChoiceField(label="Kategori usia", choices=[("", "Semua"), *Klien.Usia.choices], required=False)
    kegiatan = forms.ChoiceField(
        label="Kegiatan utama", choices=[("", "Semua"), *Klien.KegiatanUtama.choices], required=False
    )
    program = forms.ModelChoiceField(
        label="Jenis program", queryset=JenisProgram.objects.filter(aktif=True), required=False, empty_label="Semua"
    )
    kebutuhan = forms.ModelChoiceField(
        label="Kebutuhan terbuka", queryset=KategoriKebutuhan.objects.filter(aktif=True), required=False,
        empty_label="Semua",
    )  # fmt: skip
    desa = forms.CharField(label="Desa/kelurahan", max_length=80, required=False)
    status = forms.ChoiceField(label="Sebab selesai", choices=[("", "Semua"), *OVER], required=False)
    pk = forms.ModelChoiceField(label="PK", queryset=Pengguna.objects.none(), required=False, empty_label="Semua")
    tanpa_pk = forms.BooleanField(label="Hanya tanpa PK yang bertugas", required=False)
    terlewat = forms.BooleanField(label="Hanya yang terlewat", required=False)
    absen = forms.BooleanField(label="Tidak hadir 1 atau 2 kali berturut-turut", required=False)
    mendesak = forms.BooleanField(label="Hanya dengan kebutuhan mendesak", required=False)

    def __init__(self, *args, office, everyone: bool, **kwargs):
        super().__init__(*args, **kwargs)
        offer_reference(self)
        if everyone:
            offer_officers(self, office)
        else:
            del self.fields["pk"], self.fields["tanpa_pk"]

    @property
    def chosen(self) -> dict:
        """The filters in use, without the hidden parts of the address: search, scope."""
        return {name: value for name, value in super().chosen.items() if not self[name].is_hidden}


class NikForm(PortalForm):
    """An exact search: the number is compared by its keyed HMAC and never appears in an address."""

    nik = forms.CharField(
        label="NIK", max_length=24, help_text="16 angka. NIK tidak disimpan dalam riwayat pencarian.",
        widget=forms.TextInput({"class": "govuk-input--width-20", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_nik(self) -> str:
        return checked(entries.nik, self.cleaned_data["nik"])


class TimelineFilter(FilterForm):
    """Filter of the timeline: kinds of entries, range, author, words."""

    jenis = forms.MultipleChoiceField(
        label="Jenis", choices=lambda: list(all_kinds().items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    rentang = forms.ChoiceField(label="Rentang", choices=RANGES, required=False)
    oleh = forms.CharField(
        label="Oleh siapa", max_length=80, required=False, help_text="Nama atau bagian nama petugas."
    )
    kata = forms.CharField(label="Kata kunci", max_length=80)

    def choices(self, today) -> tuple[tuple[str, ...], date | None]:
        """(kinds, first day); without a choice all kinds and the default range."""
        self.is_valid()
        months = self.cleaned_data.get("rentang") or DEFAULT_RANGE
        since = None if months == "semua" else today - timedelta(days=31 * int(months))
        return tuple(self.cleaned_data.get("jenis") or all_kinds()), since

    def matching(self, events: list[Event]) -> list[Event]:
        """Entries by the person and with the words asked for. Only what the reader may read is searched."""
        who, words = (self.cleaned_data.get(name, "").casefold() for name in ("oleh", "kata"))
        return [event for event in events if who in event.oleh.casefold() and words in event.words.casefold()]
