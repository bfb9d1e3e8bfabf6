"""Shape of input about activities and attendance."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils import timezone

from apps.acuan.models import KategoriKebutuhan
from apps.akun.roles import may
from apps.dasar.forms import FilterForm, PortalForm, PortalModelForm, RupiahField, saved_at
from apps.dasar.wording import zona
from apps.jejak.compare import VersionedForm
from apps.kegiatan import services
from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.klien.forms.fields import of_model
from apps.klien.forms.obstacles import obstacle_cards
from apps.klien.models import Kendala
from apps.pokmas.models import Pokmas
from apps.program.models import ProgramTahunan, RencanaKegiatan, Sumber
from apps.wilayah.days import on_days, today_at
from apps.wilayah.models import Bapas, Mitra

MOST_PEOPLE = 500
ANY = [("", "Semua")]


class KegiatanFilter(FilterForm):
    """GET form above the list."""

    q = forms.CharField(label="Judul atau tempat", max_length=60, widget=forms.TextInput(attrs={"type": "search"}))
    jenis = forms.ChoiceField(label="Jenis", choices=[*ANY, *Kegiatan.Jenis.choices])
    kategori = forms.ModelChoiceField(label="Kebutuhan", queryset=KategoriKebutuhan.objects.all(), empty_label="Semua")
    mitra = forms.ModelChoiceField(label="Penyelenggara", queryset=Mitra.objects.none(), empty_label="Semua")
    dari = forms.DateField(label="Mulai dari", widget=forms.DateInput)
    sampai = forms.DateField(label="Sampai", widget=forms.DateInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kategori"].empty_label = "Semua"
        if user.scope.mitra:
            del self.fields["mitra"]
        else:
            groups = Pokmas.objects.visible_to(user).values("mitra")
            self.fields["mitra"].queryset = Mitra.objects.filter(pk__in=groups)
            self.fields["mitra"].empty_label = "Semua"

    def narrow(self, rows):
        chosen = self.chosen
        if "q" in chosen:
            rows = rows.filter(Q(judul__icontains=chosen["q"]) | Q(tempat__icontains=chosen["q"]))
        rows = rows.filter(**{name: chosen[name] for name in ("jenis", "kategori", "mitra") if name in chosen})
        return rows.filter(on_days("mulai", since=chosen.get("dari"), until=chosen.get("sampai")))


MIDNIGHT = dt.time()


class HourOfEnd(forms.TimeField):
    """An hour; 24.00 is midnight at the end of the day."""

    def to_python(self, value):
        return MIDNIGHT if str(value).strip() in ("24:00", "24.00", "24:00:00") else super().to_python(value)


class KegiatanForm(PortalModelForm):
    """One page: what, when, where, for how many, for which needs, and who pays."""

    tanggal = forms.DateField(label="Tanggal", widget=forms.DateInput)
    jam_mulai = forms.TimeField(label="Jam mulai")
    jam_selesai = HourOfEnd(label="Jam selesai")
    biaya_rencana = RupiahField(
        label="Perkiraan biaya", max_digits=14, min_value=0, required=False, help_text="Kosongkan bila tanpa biaya.",
        error_messages={"min_value": "Perkiraan biaya tidak boleh kurang dari nol."},
    )  # fmt: skip

    class Meta:
        model = Kegiatan
        fields = ["jenis", "judul", "tempat", "kuota", "kategori", "biaya_rencana", "sumber", "rencana"]
        widgets = {
            "jenis": forms.RadioSelect,
            "judul": forms.TextInput(attrs={"list": "judul-lama"}),
            "tempat": forms.TextInput(attrs={"list": "tempat-lama"}),
            "kuota": forms.NumberInput(
                attrs={"min": 1, "max": MOST_PEOPLE, "class": "govuk-input--width-5", "inputmode": "numeric"}
            ),
            "kategori": forms.CheckboxSelectMultiple(attrs={"class": "p-kartu-grup--lebar"}),
            "sumber": forms.RadioSelect,
        }
        labels = {"jenis": "Jenis kegiatan"}
        help_texts = {
            "kategori": "Pilih paling sedikit satu. Pilihan ini menunjukkan kebutuhan klien yang sudah terlayani.",
            "rencana": "Kegiatan dalam program tahunan yang sudah disetujui.",
        }
        error_messages = {"kategori": {"required": "Pilih paling sedikit satu kebutuhan yang dilayani."}}

    field_order = [
        "bapas", "mitra", "jenis", "judul", "tanggal", "jam_mulai", "jam_selesai", "tempat", "kuota", "kategori",
        "biaya_rencana", "sumber", "rencana",
    ]  # fmt: skip

    def __init__(self, *args, user, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.offices = offices
        self._offer_categories()
        self._offer_planned(user)
        self._use_time_pickers()

    @property
    def clock(self) -> str:
        """WIB, WITA or WIT if all possible offices have the same, else ""."""
        zones = {zona(bapas) for bapas in self.offices}
        return zones.pop() if len(zones) == 1 else ""

    def clean_kuota(self):
        people = self.cleaned_data["kuota"]
        if not 1 <= people <= MOST_PEOPLE:
            raise forms.ValidationError(f"Isi kuota antara 1 dan {MOST_PEOPLE} peserta.")
        return people

    def clean(self):
        cleaned = super().clean()
        begin, end = cleaned.get("jam_mulai"), cleaned.get("jam_selesai")
        if begin and end and end <= begin and end != MIDNIGHT:
            self.add_error("jam_selesai", "Jam selesai harus setelah jam mulai.")
        return cleaned

    @property
    def office(self) -> Bapas:
        return self.cleaned_data.get("bapas") or self.offices[0]

    @property
    def facts(self) -> dict:
        """Arguments of the services: moments in the time zone of the office, other values unchanged."""
        data = self.cleaned_data
        zone = ZoneInfo(self.office.zona_waktu)
        own = {name: data[name] for name in self.Meta.fields if name in data}
        return {
            **own,
            "biaya_rencana": data["biaya_rencana"] or 0,
            "mulai": dt.datetime.combine(data["tanggal"], data["jam_mulai"], zone),
            "selesai": dt.datetime.combine(self._last_day, data["jam_selesai"], zone),
        }

    @property
    def _last_day(self) -> dt.date:
        """An end at midnight is 24.00 of the day on which the activity begins."""
        day = self.cleaned_data["tanggal"]
        return day + dt.timedelta(days=1) if self.cleaned_data["jam_selesai"] == MIDNIGHT else day

    def _offer_categories(self):
        """Group them as in the needs assessment; old activities keep a category that is no longer used."""
        used = Q(aktif=True) | Q(pk__in=self.instance.kategori.values("pk") if self.instance.pk else [])
        field = self.fields["kategori"]
        field.queryset = KategoriKebutuhan.objects.filter(used)
        domain = {need.pk: need.domain for need in field.queryset}
        field.choices = [
            (label, [choice for choice in field.choices if domain[choice[0].value] == value])
            for value, label in KategoriKebutuhan.Domain.choices
            if value in domain.values()
        ]

    def _offer_planned(self, user):
        if not may(user, "program.lihat"):
            del self.fields["rencana"]
            return
        this_year = timezone.localdate().year
        in_force = ProgramTahunan.objects.visible_to(user).in_force(this_year, this_year + 1)
        offered = Q(program__in=in_force) | Q(pk=self.instance.rencana_id)  # a link to a replaced version stays
        self.fields["rencana"].queryset = RencanaKegiatan.objects.visible_to(user).filter(offered)

    def _use_time_pickers(self):
        for name in ("jam_mulai", "jam_selesai"):
            self.fields[name].input_formats = ["%H:%M", "%H.%M", "%H:%M:%S"]
            self.fields[name].widget = forms.TimeInput(
                format="%H:%M", attrs={"type": "time", "class": "govuk-input--width-10"}
            )


class ExistingKegiatanForm(VersionedForm, KegiatanForm):
    """Changes the plan of an existing activity."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"tanggal": self.instance.hari, **_hours(self.instance)}


class NewKegiatanForm(KegiatanForm):
    """Also asks for the office, if a partner works with several, or for the Pokmas, if an office plans."""

    bapas = forms.ModelChoiceField(
        label="Bapas", queryset=Bapas.objects.none(), help_text="Bapas yang membimbing klien peserta kegiatan ini."
    )
    mitra = forms.ModelChoiceField(
        label="Penyelenggara", queryset=Mitra.objects.none(), required=False,
        help_text="Pokmas yang dipilih ikut mengisi daftar hadir.",
    )  # fmt: skip

    def __init__(self, *args, user, offices, **kwargs):
        super().__init__(*args, user=user, offices=offices, **kwargs)
        self.own_mitra = user.penugasan.mitra
        if self.own_mitra:
            del self.fields["mitra"]
        else:
            self.fields["mitra"].queryset = services.partners_of(offices[0])
            self.fields["mitra"].empty_label = "Bapas sendiri"
        if len(offices) == 1:
            del self.fields["bapas"]
        else:
            self.fields["bapas"].queryset = Bapas.objects.filter(pk__in=[bapas.pk for bapas in offices])

    @property
    def organiser(self) -> Mitra | None:
        return self.own_mitra or self.cleaned_data.get("mitra")


def first_values(user, bapas: Bapas, kegiatan: Kegiatan | None) -> dict:
    """Initial values: today at `bapas`, and the activity to repeat or else place, hours and quota of the last one."""
    own = Kegiatan.objects.visible_to(user).filter(dibuat_oleh=user).select_related("bapas")
    last = kegiatan or own.order_by("-pk").first()
    start: dict[str, Any] = {
        "tanggal": today_at(bapas),
        "sumber": Sumber.POKMAS if user.scope.mitra else Sumber.DIPA,
    }
    if last:
        start |= {name: getattr(last, name) for name in ("tempat", "kuota", "sumber")} | _hours(last)
        start["bapas"] = last.bapas_id
    if kegiatan:
        start |= {name: getattr(kegiatan, name) for name in ("jenis", "judul", "biaya_rencana")}
        start |= {"mitra": kegiatan.mitra_id, "kategori": list(kegiatan.kategori.values_list("pk", flat=True))}
    return start


def _hours(kegiatan: Kegiatan) -> dict:
    """Begin and end in the time zone of the office, to the minute."""
    zone = ZoneInfo(kegiatan.bapas.zona_waktu)
    moments = {"jam_mulai": kegiatan.mulai, "jam_selesai": kegiatan.selesai}
    return {name: at.astimezone(zone).time().replace(second=0, microsecond=0) for name, at in moments.items()}


class CancelForm(PortalForm):
    alasan = forms.CharField(label="Alasan", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class CloseForm(PortalForm):
    """The result in one sentence, the actual cost, and obstacles."""

    hasil = forms.CharField(
        label="Hasil dalam satu kalimat", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Contoh: 12 klien menyelesaikan latihan las dasar dan 8 lulus uji. Jangan tulis nama klien.",
    )  # fmt: skip
    biaya = RupiahField(
        label="Biaya sebenarnya", max_digits=14, min_value=0, help_text="Tulis 0 bila tanpa biaya.",
        error_messages={"min_value": "Biaya tidak boleh kurang dari nol."},
    )  # fmt: skip
    jenis_kendala = obstacle_cards()
    uraian_kendala = of_model(Kendala, "uraian", help_text="Dalam beberapa kata. Jangan tulis nama klien.")

    def clean(self):
        data = super().clean()
        if data.get("uraian_kendala") and not data.get("jenis_kendala"):
            self.add_error("jenis_kendala", "Pilih jenis kendala yang Anda uraikan.")
        return data


class CodesForm(PortalForm):
    """One code or several, as written on the client's card or only the number."""

    MOST_CODES = 50
    _WRITTEN = re.compile(r"(?:KL-?)?(?:(\d{4})-)?(\d{1,6})", re.IGNORECASE)

    kode = forms.CharField(
        label="Kode klien", max_length=800,
        help_text="Contoh: KL-2026-00123, atau 123 saja untuk tahun ini. Pisahkan beberapa kode dengan koma.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_kode(self) -> list[str]:
        typed = [word for word in re.split(r"[\s,;]+", self.cleaned_data["kode"]) if word]
        found = [match for word in typed if (match := self._WRITTEN.fullmatch(word))]
        if len(found) < len(typed):
            raise forms.ValidationError("Tulis kode seperti KL-2026-00123.")
        if len(found) > self.MOST_CODES:
            raise forms.ValidationError(f"Tulis paling banyak {self.MOST_CODES} kode sekaligus.")
        this_year = timezone.localdate().year
        return list(dict.fromkeys(f"KL-{match[1] or this_year}-{int(match[2]):05}" for match in found))


class AttendanceForm(PortalForm):
    """Three cards (radio buttons) per person, unset at the start.

    The form also sends the values that the page showed, so only changed rows are written: two people who mark
    different rows at the same time do not undo each other's work.
    """

    marks_optional = False
    CHOICES = [
        (Kehadiran.Status.HADIR, "Hadir"),
        (Kehadiran.Status.TIDAK, "Tidak"),
        (Kehadiran.Status.IZIN, "Izin"),
    ]

    def __init__(self, *args, daftar, **kwargs):
        super().__init__(*args, **kwargs)
        self.daftar = list(daftar)
        for row in self.daftar:
            self.fields[f"k{row.pk}"] = forms.ChoiceField(
                choices=self.CHOICES, widget=forms.RadioSelect, required=False, show_hidden_initial=True,
                initial="" if row.status == Kehadiran.Status.BELUM else row.status,
            )  # fmt: skip

    def clean(self):
        """Refuses marks for people whom others have removed from the list: they must not vanish silently."""
        data = super().clean()
        marked = {name for name, value in self.data.items() if value and re.fullmatch(r"k\d+", name)}
        gone = marked - self.fields.keys()
        if gone:
            raise forms.ValidationError(f"{len(gone)} peserta yang Anda tandai sudah dihapus dari daftar.")
        return data

    def marks(self) -> dict[int, str]:
        """Id of a row → status, for rows that were changed; "all present" fills the rows without a choice."""
        rest = Kehadiran.Status.HADIR if "semua" in self.data else ""
        chosen = {row.pk: self.cleaned_data[f"k{row.pk}"] for row in self.daftar}
        return {
            pk: status or rest
            for pk, status in chosen.items()
            if (status and f"k{pk}" in self.changed_data) or (rest and not status)
        }

    def rows(self):
        """Each person with their cards."""
        return [(row, self[f"k{row.pk}"]) for row in self.daftar]


class DeviceForm(PortalForm):
    """The key and the clock that a device sends with a list it kept."""

    kunci = forms.UUIDField()
    dibuat_pada = forms.CharField(required=False)

    def clean_dibuat_pada(self):
        return saved_at(self.cleaned_data["dibuat_pada"])


class SearchForm(PortalForm):
    """Clients of the own office by code or name."""

    marks_optional = False
    q = forms.CharField(
        label="Nama, kode, atau telepon klien", max_length=60, required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
