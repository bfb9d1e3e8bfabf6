"""Registration and change of a file."""

import re
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError

from apps.acuan.models import JenisProgram
from apps.klien.calendar import open_day, today
from apps.klien.forms.fields import of_model, officers, places, programmes
from apps.klien.models import JadwalLapor, Klien, MasaBimbingan, Perkara
from apps.klien.services.clients import age_group, programme_fits
from pemasyarakatan.forms import PortalForm, PortalFormMixin, PortalModelForm
from pemasyarakatan.wording import tanggal

IDENTITY = (
    "nama", "panggilan", "izin_panggilan", "nik", "lahir", "jenis_kelamin", "kabkota", "kelurahan", "alamat",
    "telepon", "pendidikan", "bersekolah", "pekerjaan",
)  # fmt: skip
REGISTER = ("nomor_register", "tahun_register", "diregistrasi", "pk_pembimbing", "id_sdp")
PERIOD = ("jenis_program", "sk_nomor", "sk_tanggal", "mulai", "selesai")
CASE = ("pasal", "pengadilan", "putusan_nomor", "putusan_tanggal", "pidana", "upt_asal")
REPORTING = ("frekuensi_hari", "pertama")

ONE_DAY = timedelta(days=1)
HALF, SHORT, TINY = ({"class": f"govuk-input--width-{width}"} for width in (20, 10, 5))


class KlienForm(PortalFormMixin, forms.ModelForm):
    """The file itself: who the person is, where it stands in the register, who guides."""

    sections = (
        ("Identitas", IDENTITY),
        ("Register dan PK", REGISTER),
        ("Wajib lapor", ("frekuensi_hari",)),
    )

    frekuensi_hari = of_model(
        JadwalLapor, "frekuensi_hari", widget=forms.TextInput({**TINY, "inputmode": "numeric"}),
        help_text="Biasanya 30 hari; 7 atau 14 hari bila perlu perhatian lebih.", min_value=1, max_value=180,
        error_messages=dict.fromkeys(("min_value", "max_value"), "Frekuensi lapor antara 1 dan 180 hari."),
    )  # fmt: skip

    class Meta:
        model = Klien
        fields = (*IDENTITY, *REGISTER)
        widgets = {
            "jenis_kelamin": forms.RadioSelect,
            "panggilan": forms.TextInput(HALF),
            "nik": forms.TextInput({**HALF, "inputmode": "numeric", "autocomplete": "off"}),
            "telepon": forms.TextInput({**HALF, "inputmode": "tel", "autocomplete": "off"}),
            "nomor_register": forms.TextInput(HALF),
            "tahun_register": forms.TextInput({**TINY, "inputmode": "numeric"}),
            "id_sdp": forms.TextInput(HALF),
        }
        help_texts = {
            "nik": "16 angka. Kosongkan bila klien belum punya NIK. NIK disimpan tersandi.",
            "panggilan": "Hanya nama ini yang dapat dilihat mitra kegiatan, bila klien setuju.",
            "lahir": "Klien yang belum 18 tahun pada tanggal registrasi masuk register anak.",
            "pekerjaan": "Kosongkan bila belum bekerja.",
            "alamat": "Disimpan tersandi.",
            "telepon": "Disimpan tersandi.",
            "id_sdp": "Nomor pada Sistem Database Pemasyarakatan, bila ada.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.hari_ini = user, today(user)
        self.office = user.penugasan.bapas
        self.fields["kabkota"].choices = places(self.office)
        self.fields["pk_pembimbing"].queryset = officers(self.office)

    def rows(self):
        """(title, fields) of each section of the page."""
        return [(title, [self[name] for name in names]) for title, names in self.sections]

    def clean_nik(self):
        nik = re.sub(r"[\s.-]", "", self.cleaned_data["nik"])
        if nik and not re.fullmatch(r"\d{16}", nik):
            raise ValidationError("NIK terdiri dari 16 angka. Periksa kembali.")
        return nik

    def clean_telepon(self):
        telepon = self.cleaned_data["telepon"].strip()
        if telepon and not re.fullmatch(r"\+?[\d\s().-]{8,20}", telepon):
            raise ValidationError("Tulis nomor HP dengan angka, misalnya 0812 3456 7890.")
        return telepon

    def clean_lahir(self):
        lahir = self.cleaned_data["lahir"]
        if not lahir.year > 1900 or lahir > self.hari_ini:
            raise ValidationError("Tanggal lahir tidak mungkin. Periksa tahun.")
        return lahir

    def clean_diregistrasi(self):
        return self._not_later(self.cleaned_data["diregistrasi"], "Tanggal registrasi")

    def clean(self):
        data = super().clean()
        born, registered = data.get("lahir"), data.get("diregistrasi")
        if born and registered and born >= registered:
            self.add_error("lahir", "Tanggal lahir harus sebelum tanggal registrasi.")
        elif born and registered:
            self._check_register_number(age_group(born, registered))
        return data

    def _not_later(self, value, label):
        if value > self.hari_ini:
            raise ValidationError(f"{label} tidak boleh setelah hari ini, {tanggal(self.hari_ini)}.")
        return value

    def _check_register_number(self, group):
        """Said here beside the field; the constraint in PostgreSQL is what holds."""
        taken = Klien.objects.filter(
            bapas=self.office, kategori_usia=group, tahun_register=self.cleaned_data.get("tahun_register"),
            nomor_register=self.cleaned_data.get("nomor_register"),
        ).exclude(pk=self.instance.pk)  # fmt: skip
        twin = {
            "nama": self.cleaned_data.get("nama"),
            "lahir": self.cleaned_data.get("lahir"),
            "dibuat_oleh": self.user,
        }
        if not self.instance.pk:
            taken = taken.exclude(**twin)  # a second click on the same button; `register` answers it
        if taken.exists():
            self.add_error("nomor_register", "Nomor register ini sudah dipakai di kantor Anda.")


class RegisterForm(KlienForm):
    """The one page that opens a file."""

    sections = (
        *KlienForm.sections[:2],
        ("Masa bimbingan", PERIOD),
        ("Wajib lapor", REPORTING),
    )

    jenis_program = of_model(MasaBimbingan, "jenis_program", queryset=JenisProgram.objects.filter(aktif=True))
    sk_nomor = of_model(MasaBimbingan, "sk_nomor", widget=forms.TextInput(HALF))
    sk_tanggal = of_model(MasaBimbingan, "sk_tanggal")
    mulai = of_model(MasaBimbingan, "mulai")
    selesai = of_model(MasaBimbingan, "selesai")
    pertama = of_model(JadwalLapor, "pertama", required=False, help_text="Kosongkan agar mengikuti frekuensi lapor.")
    pasal = of_model(Perkara, "pasal", required=False)
    pengadilan = of_model(Perkara, "pengadilan")
    putusan_nomor = of_model(Perkara, "putusan_nomor", widget=forms.TextInput(HALF))
    putusan_tanggal = of_model(Perkara, "putusan_tanggal")
    pidana = of_model(Perkara, "pidana")
    upt_asal = of_model(Perkara, "upt_asal")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jenis_program"].choices = programmes()
        self.initial.setdefault("tahun_register", self.hari_ini.year)
        self.initial["diregistrasi"] = self.hari_ini
        if self.fields["pk_pembimbing"].queryset.filter(pk=self.user.pk).exists():
            self.initial["pk_pembimbing"] = self.user.pk

    def case_rows(self):
        return [self[name] for name in CASE]

    @property
    def case_open(self) -> bool:
        """Whether the folded part has to be seen."""
        return self.is_bound and any(self[name].value() or self[name].errors for name in CASE)

    def clean(self):
        data = super().clean()
        self._check_programme()
        self._check_period()
        if any(data.get(name) for name in CASE) and not data.get("pasal"):
            self.add_error("pasal", "Isi pasal, atau kosongkan semua isian perkara.")
        return data

    def parts(self) -> dict:
        """The rows that `services.register` stores."""
        data = self.cleaned_data
        first = data["pertama"] or open_day(data["diregistrasi"] + data["frekuensi_hari"] * ONE_DAY)
        return {
            "klien": self.instance,
            "masa": MasaBimbingan(**{name: data[name] for name in PERIOD}),
            "jadwal": JadwalLapor(frekuensi_hari=data["frekuensi_hari"], pertama=first),
            "perkara": Perkara(**{name: data[name] for name in CASE}) if data["pasal"] else None,
        }

    def _check_programme(self):
        data = self.cleaned_data
        if not all(data.get(name) for name in ("jenis_program", "lahir", "diregistrasi")):
            return
        group = age_group(data["lahir"], data["diregistrasi"])
        if not programme_fits(data["jenis_program"], group):
            self.add_error("jenis_program", f"Program ini tidak berlaku untuk klien {group.label.lower()}.")

    def _check_period(self):
        data = self.cleaned_data
        if data.get("mulai") and data.get("selesai") and data["selesai"] < data["mulai"]:
            self.add_error("selesai", "Habis masa bimbingan tidak boleh sebelum mulai bimbingan.")
        if data.get("sk_tanggal") and data["sk_tanggal"] > self.hari_ini:
            self.add_error("sk_tanggal", f"Tanggal SK tidak boleh setelah hari ini, {tanggal(self.hari_ini)}.")


class ChangeForm(KlienForm):
    """The same file later; `versi` tells whether somebody else saved in the meantime."""

    names = (*KlienForm.Meta.fields, "frekuensi_hari")
    versi = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["versi"] = self.instance.versi
        self.initial["frekuensi_hari"] = self.instance.jadwal.frekuensi_hari
        self.fields["pk_pembimbing"].queryset |= type(self.instance.pk_pembimbing).objects.filter(
            pk=self.instance.pk_pembimbing_id
        )

    def beside(self) -> dict:
        """What `services.update` needs besides the row of the client."""
        return {name: self.cleaned_data[name] for name in ("versi", "frekuensi_hari")}

    def differences(self, current: Klien) -> list[dict]:
        """Fields whose typed value is not what is stored now, each with both values."""
        stored = type(self)(instance=current, user=self.user)
        return [
            {"label": self[name].label, "nama": name, "pilihan": [self._choice(name), stored._choice(name)]}
            for name in self.names
            if self._choice(name) != stored._choice(name)
        ]

    def _choice(self, name) -> tuple[str, str]:
        """(value as sent, value as read) of one field."""
        bound = self[name]
        value = bound.value()
        sent = "" if value in (None, False) else str(bound.field.prepare_value(value))
        return sent, _words(bound.field, sent)


def _words(field, sent: str) -> str:
    """How people read the value that a form would send."""
    if isinstance(field, forms.BooleanField):
        return "Ya" if sent else "Tidak"
    if isinstance(field, forms.DateField) and re.fullmatch(r"\d{4}-\d\d-\d\d", sent):
        return tanggal(date.fromisoformat(sent))
    for value, text in getattr(field, "choices", ()):
        options = text if isinstance(text, list) else [(value, text)]
        for key, label in options:
            if str(key) == sent and sent:
                return str(label)
    return sent or "(kosong)"


class CaseForm(PortalModelForm):
    """The case behind the registration."""

    class Meta:
        model = Perkara
        fields = (*CASE, "golongan")
        widgets = {"putusan_nomor": forms.TextInput(HALF)}


class OpeningForm(PortalForm):
    """Why somebody outside the office opens one file."""

    kode = forms.CharField(
        label="Kode klien", max_length=16, help_text="Contoh: KL-2026-00123.", widget=forms.TextInput(SHORT)
    )
    alasan = forms.CharField(
        label="Alasan membuka", min_length=15, max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text="Sebutkan keperluan dan dasarnya. Kepala Bapas dan auditor dapat membaca alasan ini.",
        error_messages={"min_length": "Tulis alasan yang jelas, paling sedikit 15 huruf."},
    )  # fmt: skip

    def clean_kode(self):
        return self.cleaned_data["kode"].strip().upper()
