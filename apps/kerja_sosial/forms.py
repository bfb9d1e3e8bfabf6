"""Shape of input about community service."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.db.models import Q

from apps.dasar.forms import FilterForm, PortalForm, RupiahField
from apps.dasar.wording import tanggal
from apps.jejak.compare import ComparableForm, VersionedForm
from apps.kerja_sosial import pins, services
from apps.kerja_sosial.models import Hari, JamKerja, KerjaSosial, PutusanKerjaSosial, TempatKerjaSosial, lasting
from apps.klien.models import Klien
from apps.pokmas.models import Pokmas
from apps.wilayah.models import KabKota, Mitra

HALF, TINY = {"class": "govuk-input--width-20"}, {"class": "govuk-input--width-5", "inputmode": "numeric"}
BREAKS = [(Decimal(n) / 2, words) for n, words in enumerate(("Tanpa istirahat", "Setengah jam", "1 jam", "1½ jam"))]
START = dt.time(8)
"""When a day of work begins, until a client has a first entry."""


class ListFilter(FilterForm):
    """GET form above the list of the office."""

    q = forms.CharField(
        label="Nama, kode, atau telepon klien", max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    status = forms.ChoiceField(label="Status", choices=[("", "Semua"), *KerjaSosial.Status.choices])
    jenis = forms.ChoiceField(label="Jenis", choices=[("", "Semua"), *KerjaSosial.Jenis.choices])
    tempat = forms.ModelChoiceField(label="Tempat", queryset=TempatKerjaSosial.objects.none())

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["tempat"].queryset = TempatKerjaSosial.objects.visible_to(user).order_by("nama")
        self.fields["tempat"].empty_label = "Semua"

    def narrow(self, rows):
        chosen = self.chosen
        if "q" in chosen:
            rows = rows.filter(klien__in=Klien.objects.visible_to(self.user).searched(chosen["q"]).values("pk"))
        return rows.filter(**{name: chosen[name] for name in ("status", "jenis", "tempat") if name in chosen})


class PlaceForm(VersionedForm):
    """A place where clients can work."""

    mitra = forms.ModelChoiceField(
        label="Lembaga yang punya akun", queryset=Mitra.objects.none(), required=False,
        help_text="Orang dari lembaga ini dapat masuk dan mengesahkan jam. Kosongkan bila belum ada.",
    )  # fmt: skip

    needed_sometimes = ("pendidikan",)

    class Meta:
        model = TempatKerjaSosial
        fields = (
            "nama", "jenis", "alamat", "pekerjaan", "keselamatan", "nirlaba", "untuk", "pendidikan", "kapasitas",
            "pengawas", "jabatan", "aktif",
        )  # fmt: skip
        widgets = {"untuk": forms.RadioSelect, "kapasitas": forms.TextInput(TINY)}
        help_texts = {
            "pekerjaan": "Contoh: membersihkan taman, membantu dapur umum.",
            "nirlaba": "Kerja sosial tidak boleh dikomersialkan (KUHP Pasal 85).",
            "pendidikan": "Wajib bila menerima klien anak (UU 11/2012 Pasal 76).",
            "kapasitas": "Banyak klien paling banyak dalam satu hari.",
            "pengawas": "Orang di tempat ini yang mengesahkan jam klien.",
        }

    def __init__(self, *args, bapas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nirlaba"].required = True
        self.fields["nirlaba"].error_messages["required"] = "Kerja sosial hanya di tempat yang tidak mencari untung."
        self.fields["mitra"].queryset = institutions(bapas)
        if self.instance.pk:
            self.initial["mitra"] = self.instance.mitra_id
        else:
            del self.fields["aktif"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("untuk") in ("anak", "semua") and not cleaned.get("pendidikan"):
            self.add_error("pendidikan", "Tempat yang menerima klien anak harus mendidik.")
        return cleaned


def institutions(bapas):
    """Partners seated in the area of the office, and its Pokmas."""
    area = KabKota.objects.filter(Q(bapas=bapas) | Q(pk=bapas.kota_id))
    groups = Pokmas.objects.filter(bapas=bapas).values("mitra")
    return Mitra.objects.filter(Q(kabkota__in=area) | Q(pk__in=groups), aktif=True).order_by("nama")


class PinForm(PortalForm):
    """A new PIN, typed twice by the supervisor on any phone."""

    SHAPE = {"inputmode": "numeric", "autocomplete": "off", "maxlength": pins.DIGITS, "class": "govuk-input--width-10"}
    pin = forms.RegexField(
        rf"^\d{{{pins.DIGITS}}}$", label="PIN baru", help_text=f"{pins.DIGITS} angka, dipilih sendiri oleh pengawas.",
        widget=forms.PasswordInput(attrs=SHAPE), error_messages={"invalid": f"Isi {pins.DIGITS} angka."},
    )  # fmt: skip
    ulang = forms.CharField(label="Ulangi PIN", widget=forms.PasswordInput(attrs=SHAPE))

    def clean_pin(self):
        pin = self.cleaned_data["pin"]
        if len(set(pin)) == 1 or pin in "01234567890" or pin in "09876543210":
            raise forms.ValidationError("PIN ini mudah ditebak. Pilih angka yang tidak berurutan.")
        return pin

    def clean(self):
        cleaned = super().clean()
        if "pin" in cleaned and cleaned["pin"] != cleaned.get("ulang"):
            self.add_error("ulang", "PIN yang diulang tidak sama.")
        return cleaned


def pin_field() -> forms.CharField:
    """The supervisor's PIN beside hours on the PK's phone."""
    return forms.CharField(
        label="PIN pengawas", max_length=pins.DIGITS, required=False,
        help_text="Diketik oleh pengawas. Kosongkan bila pengawas tidak ada; jam menunggu pengesahan.",
        widget=forms.PasswordInput(attrs=PinForm.SHAPE),
    )  # fmt: skip


class SentenceForm(VersionedForm):
    """Where and when: the part that the place may know."""

    hari = forms.TypedMultipleChoiceField(
        label="Hari", choices=Hari.choices, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="Sebanyak hari per minggu menurut putusan.",
        error_messages={"required": "Pilih paling sedikit satu hari."},
    )  # fmt: skip

    class Meta:
        model = KerjaSosial
        fields = ("total_jam", "jam_per_hari", "hari", "tempat", "mulai", "batas")
        widgets = {"total_jam": forms.TextInput(TINY), "jam_per_hari": forms.TextInput(TINY | {"inputmode": "decimal"})}
        help_texts = {"jam_per_hari": "Menurut putusan, kelipatan setengah jam. Contoh: 4 atau 3,5."}

    def __init__(self, *args, klien, **kwargs):
        super().__init__(*args, **kwargs)
        kind = self.instance.jenis or klien.kategori_usia
        places = TempatKerjaSosial.objects.filter(bapas=klien.bapas_id, untuk__in=(kind, "semua"))
        self.fields["tempat"].queryset = places.filter(Q(aktif=True) | Q(pk=self.instance.tempat_id)).order_by("nama")
        self.fields["jam_per_hari"].localize = True
        self.fields["jam_per_hari"].widget.is_localized = True

    def version(self) -> str:
        return str(self.instance.versi)

    def clean(self):
        cleaned = super().clean()
        begin, end = cleaned.get("mulai"), cleaned.get("batas")
        if begin and end and end < begin:
            self.add_error("batas", "Batas selesai tidak boleh sebelum mulai.")
        per_day = cleaned.get("jam_per_hari")
        if per_day is not None and (per_day <= 0 or per_day * 2 % 1):
            self.add_error("jam_per_hari", "Isi kelipatan setengah jam, misalnya 4 atau 3,5.")
        return cleaned


class VerdictForm(ComparableForm):
    """The part that only the office reads. It is saved with the sentence, under the version of the sentence."""

    denda = RupiahField(label="Denda yang diganti", max_digits=14, min_value=0, required=False)

    class Meta:
        model = PutusanKerjaSosial
        fields = (
            "nomor", "tanggal", "pengadilan", "kejaksaan", "jaksa", "persetujuan", "ancaman_tahun", "pidana_bulan",
            "denda",
        )  # fmt: skip
        widgets = {
            "nomor": forms.TextInput(HALF),
            "ancaman_tahun": forms.TextInput(TINY),
            "pidana_bulan": forms.TextInput(TINY),
        }
        help_texts = {"persetujuan": "Kerja sosial hanya dengan persetujuan klien (KUHP Pasal 85)."}

    def __init__(self, *args, day: dt.date, jenis: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        if jenis == KerjaSosial.Jenis.ANAK:
            self.fields["persetujuan"].help_text = "Persetujuan anak bersama orang tua atau wali."
            for name in ("ancaman_tahun", "pidana_bulan", "denda"):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        for name in ("tanggal", "persetujuan"):
            refuse_future(self, name)
        return cleaned


def refuse_future(form, name: str) -> None:
    """Add an error to a date that lies after `form.day`, today at the office."""
    if (day := form.cleaned_data.get(name)) and day > form.day:
        form.add_error(name, f"Tanggal tidak boleh setelah hari ini, {tanggal(form.day)}.")


@dataclass(frozen=True)
class Beside:
    """More forms of the same page, in the shape of a formset, for the error summary."""

    forms: list

    def non_form_errors(self) -> list[str]:
        return []


class HoursForm(PortalForm):
    """One stretch of work. Initial values come from the last one, so a usual day needs no typing."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    tanggal = forms.DateField(label="Tanggal", widget=forms.DateInput)
    mulai = forms.TimeField(label="Jam mulai")
    selesai = forms.TimeField(label="Jam selesai")
    istirahat = forms.TypedChoiceField(label="Istirahat", choices=BREAKS, coerce=Decimal, initial=Decimal(0))
    kegiatan = forms.CharField(label="Pekerjaan", max_length=200)

    def __init__(self, *args, ks: KerjaSosial, day: dt.date, with_pin: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.ks, self.day = ks, day
        if with_pin:
            self.fields["pin"] = pin_field()
        for name in ("mulai", "selesai"):
            self.fields[name].input_formats = ["%H:%M", "%H.%M", "%H:%M:%S"]
            self.fields[name].widget = forms.TimeInput(
                format="%H:%M", attrs={"type": "time", "class": "govuk-input--width-10"}
            )

    def clean(self):
        cleaned = super().clean()
        refuse_future(self, "tanggal")
        begin, end, pause = (cleaned.get(name) for name in ("mulai", "selesai", "istirahat"))
        if begin and end == dt.time():
            self.add_error("selesai", "Jam kerja dicatat sampai pukul 23.59. Sisanya dicatat pada hari berikutnya.")
        elif begin and end and end <= begin:
            self.add_error("selesai", "Jam selesai harus setelah jam mulai.")
        elif begin and end and pause is not None and lasting(begin, end, pause) <= 0:
            self.add_error("selesai", "Paling sedikit setengah jam kerja tanpa istirahat.")
        return cleaned

    @property
    def work(self) -> services.Work:
        names = ("tanggal", "mulai", "selesai", "istirahat", "kegiatan")
        return services.Work(**{name: self.cleaned_data[name] for name in names})


def usual_hours(ks: KerjaSosial, last: JamKerja | None, day: dt.date) -> dict:
    """Initial values of a new entry: the last one, or the hours of the verdict from START on."""
    start = {"kunci": uuid.uuid4(), "tanggal": day, "istirahat": Decimal(0)}
    if last:
        return (
            start
            | {name: getattr(last, name) for name in ("mulai", "selesai", "kegiatan")}
            | {"istirahat": lasting(last.mulai, last.selesai) - last.jam}
        )
    minutes = int(ks.jam_per_hari * 60)
    end = (dt.datetime.combine(day, START) + dt.timedelta(minutes=minutes)).time()
    return start | {"mulai": START, "selesai": end, "kegiatan": ks.tempat.pekerjaan}


class CorrectionForm(HoursForm):
    """The corrected entry, or nothing in its place."""

    alasan = forms.CharField(label="Alasan koreksi", max_length=200)
    hapus = forms.BooleanField(
        label="Klien tidak bekerja pada jam ini", required=False,
        help_text="Jam dibatalkan; barisnya tetap terbaca dalam buku.",
    )  # fmt: skip


class ConfirmForm(PortalForm):
    """The supervisor's PIN for all hours that wait."""

    pin = pin_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pin"].required = True
        self.fields["pin"].help_text = "Diketik oleh pengawas di HP ini."


class ExtensionForm(PortalForm):
    nomor = forms.CharField(label="Nomor penetapan", max_length=80, widget=forms.TextInput(HALF))
    tanggal = forms.DateField(label="Tanggal penetapan", widget=forms.DateInput)
    batas = forms.DateField(label="Batas selesai baru", widget=forms.DateInput)

    def __init__(self, *args, day: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day

    def clean(self):
        cleaned = super().clean()
        refuse_future(self, "tanggal")
        return cleaned


class AbsenceForm(PortalForm):
    """A day without work, with or without a reason that counts."""

    tanggal = forms.DateField(label="Tanggal tidak hadir", widget=forms.DateInput)
    beralasan = forms.TypedChoiceField(
        label="Apakah ada alasan yang dapat diterima?", choices=[("ya", "Ya"), ("tidak", "Tidak")],
        coerce="ya".__eq__, widget=forms.RadioSelect, error_messages={"required": "Pilih ya atau tidak."},
    )  # fmt: skip
    uraian = forms.CharField(
        label="Keadaan dan tindak lanjut", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Masuk laporan kepada jaksa.",
    )  # fmt: skip

    def __init__(self, *args, day: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day

    def clean(self):
        cleaned = super().clean()
        refuse_future(self, "tanggal")
        return cleaned


class StrikeForm(PortalForm):
    alasan = forms.CharField(label="Mengapa catatan ini keliru", max_length=200)


class GiveUpForm(PortalForm):
    alasan = forms.CharField(
        label="Alasan", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Masuk laporan kepada jaksa. Jaksa dan hakim yang memutuskan kelanjutannya.",
    )  # fmt: skip


class ResumeForm(PortalForm):
    alasan = forms.CharField(
        label="Alasan dilanjutkan", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Contoh: klien kembali, dan jaksa mengizinkan melanjutkan. Masuk laporan kepada jaksa.",
    )  # fmt: skip


class NothingForm(PortalForm):
    """A form without fields: the page only needs a yes."""
