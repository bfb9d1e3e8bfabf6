"""Forms for one schedule, many schedules and the reminder text, and the filters of agenda and attendance."""

import uuid
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from apps.acuan.calendar import LONGEST_CLOSURE, Calendar, open_day
from apps.akun.models import Pengguna
from apps.dasar.forms import FilterForm, PortalForm
from apps.dasar.wording import hari_tanggal, tanggal
from apps.jejak.compare import VersionedForm
from apps.klien.forms.fields import RevealingRadios, of_model, offer_officers, too_far
from apps.klien.models import CaraBertemu, JadwalLapor
from apps.wajib_lapor.reminders import NEEDED, PARTS, sensitive, unknown_parts
from apps.wajib_lapor.services import DETAILS, MOST_CLIENTS, Plan
from apps.wilayah.days import today

OTHER = "lain"
HOW_OFTEN = [("7", "Tiap minggu"), ("14", "Tiap 2 minggu"), ("30", "Tiap bulan"), (OTHER, "Lain")]
NO_MODE = ("", "Belum ditentukan")
TOGETHER = "Dijadwalkan bersama"
SMALL = {"class": "govuk-input--width-5", "inputmode": "numeric"}
CLOCK = forms.TimeInput({"type": "time", "class": "govuk-input--width-5"}, format="%H:%M")
PLACE_HINT = "Alamat saja, tanpa nama instansi: isian ini masuk ke teks pengingat."


class KeepDay(forms.BooleanField):
    """Checkbox to keep a day on which the office is closed."""

    def __init__(self, **options):
        super().__init__(
            label="Tetap pakai tanggal ini walau kantor tutup", required=False,
            help_text="Tulis sebabnya pada alasan.", **options,
        )  # fmt: skip


class Appointment:
    """Mixin with the checks of both schedule forms: day and place. The form has `hari_ini`."""

    def check_day(self, name: str, day: date | None) -> None:
        if day is None:
            return
        if day < self.hari_ini:
            self.add_error(name, f"Tanggal tidak boleh sebelum hari ini, {tanggal(self.hari_ini)}.")
            return
        if sentence := too_far(day, self.hari_ini):
            self.add_error(name, sentence)
            return
        calendar = Calendar.between(day, day + LONGEST_CLOSURE)
        closed = calendar.closed_because(day)
        if closed and not self.cleaned_data.get("tetap"):
            self.add_error(
                name,
                f"{tanggal(day)} adalah {closed}. Hari kerja berikutnya {hari_tanggal(calendar.open_day(day))}. "
                "Pilih hari itu, atau centang “Tetap pakai tanggal ini”.",
            )

    def clean_tempat(self):
        place = self.cleaned_data["tempat"].strip()
        if found := sensitive(place):
            raise ValidationError(f"Hapus kata “{found}”. Tulis alamat saja, karena isian ini masuk ke teks pengingat.")
        return place


class ScheduleForm(Appointment, VersionedForm):
    """Frequency and next date of one client."""

    kunci = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    seberapa = forms.ChoiceField(
        label="Seberapa sering", choices=HOW_OFTEN, widget=RevealingRadios(reveals={OTHER: "lain"})
    )
    frekuensi_hari = of_model(
        JadwalLapor, "frekuensi_hari", label="Jarak lapor (hari)", required=False, widget=forms.TextInput(SMALL),
        min_value=1, max_value=180,
        error_messages=dict.fromkeys(("min_value", "max_value"), "Frekuensi lapor antara 1 dan 180 hari."),
    )  # fmt: skip
    tetap = KeepDay()
    alasan = forms.CharField(
        label="Alasan perubahan", min_length=5, max_length=200,
        help_text="Misalnya: klien bekerja hari Senin. Jangan tulis NIK atau nomor perkara.",
    )  # fmt: skip

    field_order = ("seberapa", "frekuensi_hari", "berikutnya", "tetap", "jam", "cara", "tempat", "alasan")

    class Meta:
        model = JadwalLapor
        fields = ("frekuensi_hari", *DETAILS)
        widgets = {"jam": CLOCK, "cara": forms.RadioSelect}
        help_texts = {"tempat": PLACE_HINT}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.hari_ini = today(user)
        plan = self.instance
        often = str(plan.frekuensi_hari)
        known = often in dict(HOW_OFTEN)
        self.initial.update(
            seberapa=often if known else OTHER, frekuensi_hari=None if known else plan.frekuensi_hari,
            berikutnya=self._suggested(plan),
            **({} if plan.janji_berlaku else {"jam": None, "cara": "", "tempat": ""}),
        )  # fmt: skip
        self.fields["berikutnya"].required = True
        self.fields["berikutnya"].error_messages["required"] = "Isi tanggal lapor."
        self.fields["berikutnya"].widget.attrs["min"] = self.hari_ini.isoformat()
        if plan.terakhir is None:
            self.fields["berikutnya"].label = "Lapor pertama"
        self.fields["cara"].choices = [NO_MODE, *CaraBertemu.choices]

    def clean(self):
        data = super().clean()
        if data.get("seberapa") == OTHER and not data.get("frekuensi_hari"):
            if "frekuensi_hari" not in self.errors:
                self.add_error("frekuensi_hari", "Isi jarak lapor dalam hari.")
        elif data.get("seberapa", OTHER) != OTHER:
            data["frekuensi_hari"] = int(data["seberapa"])
            self.errors.pop("frekuensi_hari", None)
        if data.get("berikutnya") != self.initial["berikutnya"]:  # an unchanged date is not checked again
            self.check_day("berikutnya", data.get("berikutnya"))
        return data

    def version(self) -> str:
        return str(self.instance.versi)

    @property
    def compared(self) -> list[str]:
        """Compared fields, without those that are asked anew each time."""
        return [name for name in super().compared if name not in ("tetap", "alasan")]

    def facts(self) -> dict:
        """Arguments of `services.reschedule`, without the schedule and the user."""
        data = self.cleaned_data
        plan = Plan(**{name: data[name] for name in DETAILS})
        return {"plan": plan, **{name: data[name] for name in ("versi", "kunci", "alasan", "frekuensi_hari")}}

    def _suggested(self, plan: JadwalLapor) -> date:
        """The stored date, or the next working day when that date has passed."""
        kept = plan.berikutnya
        return kept if kept and kept >= self.hari_ini else open_day(self.hari_ini)


class BulkForm(Appointment, PortalForm):
    """One day, hour, mode and place for many clients."""

    tanggal = forms.DateField(label="Tanggal")
    tetap = KeepDay()
    sebar = forms.IntegerField(
        label="Paling banyak per hari", required=False, min_value=1, max_value=MOST_CLIENTS,
        widget=forms.TextInput(SMALL),
        help_text="Misalnya 20: klien berikutnya dijadwalkan pada hari kerja sesudahnya.",
        error_messages=dict.fromkeys(("min_value", "max_value", "invalid"), f"Isi angka 1 sampai {MOST_CLIENTS}."),
    )  # fmt: skip
    jam = forms.TimeField(label="Jam", required=False, widget=CLOCK)
    cara = forms.ChoiceField(
        label="Cara bertemu", choices=[NO_MODE, *CaraBertemu.choices], required=False, widget=forms.RadioSelect
    )
    tempat = of_model(JadwalLapor, "tempat", label="Tempat", required=False, help_text=PLACE_HINT)
    alasan = forms.CharField(label="Alasan", max_length=200, required=False, help_text="Tercatat di berkas klien.")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.hari_ini = today(user)
        self.initial.setdefault("tanggal", open_day(self.hari_ini))
        self.initial.setdefault("alasan", TOGETHER)
        self.fields["tanggal"].widget.attrs["min"] = self.hari_ini.isoformat()

    def clean_alasan(self):
        return self.cleaned_data["alasan"].strip() or TOGETHER

    def clean(self):
        data = super().clean()
        self.check_day("tanggal", data.get("tanggal"))
        if data.get("tetap") and data.get("alasan") == TOGETHER:
            self.add_error("alasan", "Tulis mengapa tanggal ini dipakai walau kantor tutup.")
        return data

    @property
    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(data["tanggal"], data["jam"], data["cara"], data["tempat"])


class ReminderTextForm(PortalForm):
    """The office's text of the reminder, with placeholders in braces."""

    teks = forms.CharField(
        label="Teks pengingat", max_length=300, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Kosongkan untuk memakai teks bawaan.",
    )  # fmt: skip

    def clean_teks(self):
        text = " ".join(self.cleaned_data["teks"].split())
        if not text:
            return ""
        unknown = unknown_parts(text)
        if unknown is None:
            raise ValidationError("Periksa kurung kurawal. Tulis misalnya {panggilan}.")
        if unknown:
            raise ValidationError(f"{{{unknown[0]}}} tidak dikenal. Pakai {', '.join(f'{{{n}}}' for n in PARTS)}.")
        if missing := [name for name in NEEDED if f"{{{name}}}" not in text]:
            raise ValidationError(f"Teks harus memuat {{{missing[0]}}}.")
        if found := sensitive(text.replace("{", " ").replace("}", " ")):
            raise ValidationError(f"Hapus kata “{found}”: pengingat dapat terbaca orang lain.")
        return text


class OfficerFilter(FilterForm):
    """Filter by officer; the form keeps the week."""

    minggu = forms.CharField(required=False, widget=forms.HiddenInput)
    lingkup = forms.CharField(required=False, widget=forms.HiddenInput)
    pk = forms.ModelChoiceField(label="PK", queryset=Pengguna.objects.none(), required=False, empty_label="Semua")

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        offer_officers(self, office)


class MonthFilter(FilterForm):
    """Choice of one of the last twelve months."""

    bulan = forms.ChoiceField(label="Bulan", required=False)

    def __init__(self, *args, months: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bulan"].choices = months
