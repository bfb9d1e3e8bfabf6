"""Forms that open a client's file and change it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django import forms
from django.core.exceptions import ValidationError

from apps.acuan.calendar import open_day
from apps.acuan.models import JenisProgram
from apps.dasar import entries
from apps.dasar.forms import PortalForm, PortalModelForm
from apps.dasar.wording import tanggal
from apps.jejak.compare import VersionedForm
from apps.klien.forms.fields import RevealingRadios, of_model, officers, places, programmes, too_far
from apps.klien.models import JadwalLapor, Klien, MasaBimbingan, Penjamin, Perkara
from apps.klien.occupation import OUT_OF_WORK, Contradiction, Kegiatan, agreed
from apps.klien.services.clients import age_group, programme_fits
from apps.wilayah.days import today

IDENTITY = (
    "nama", "alias", "panggilan", "izin_panggilan", "nik", "lahir", "jenis_kelamin", "agama", "pendidikan",
    "kegiatan_utama", "pekerjaan", "bersekolah", "kabkota", "kelurahan", "alamat", "telepon",
)  # fmt: skip
REGISTER = ("nomor_register", "tahun_register", "diregistrasi", "pk_pembimbing", "id_sdp")
PERIOD = ("jenis_program", "sk_nomor", "sk_tanggal", "mulai", "selesai")
CASE = ("pasal", "pengadilan", "putusan_nomor", "putusan_tanggal", "pidana", "upt_asal")
REPORTING = ("frekuensi_hari", "pertama")
VOUCHING = (
    "penjamin_nama", "penjamin_hubungan", "penjamin_telepon", "penjamin_alamat", "penjamin_surat_nomor",
    "penjamin_surat_tanggal", "penjamin_diketahui_oleh",
)  # fmt: skip
"""Columns of Penjamin, each with the prefix `penjamin_`."""

ONE_DAY = timedelta(days=1)
HALF, SHORT, TINY = ({"class": f"govuk-input--width-{width}"} for width in (20, 10, 5))


def checked(rule: Callable[[str], str], typed: str) -> str:
    """What a rule of `entries.py` makes of the text, or empty; its sentence becomes a `ValidationError`."""
    try:
        return rule(typed) if typed.strip() else ""
    except ValueError as problem:
        raise ValidationError(str(problem)) from problem


def checked_telephone(typed: str) -> str:
    """The telephone number, or empty; `ValidationError` when it cannot be dialled."""
    return checked(entries.telephone, typed)


def settled(data):
    """The data sent, with main activity, occupation and school as they will be stored. An occupation box hidden by the
    choice is ignored. An occupation without a choice decides the main activity, and a pupil goes to school.
    `clean` reports contradictions."""
    chosen = data.get("kegiatan_utama") or ""
    words = "" if chosen in OUT_OF_WORK else (data.get("pekerjaan") or "").strip()
    try:
        activity, work = agreed(chosen, words)
    except ValueError:  # a contradiction, or no choice at all
        return data
    same = data.copy()
    same["kegiatan_utama"], same["pekerjaan"] = activity.value, work
    if activity == Kegiatan.SEKOLAH:
        same["bersekolah"] = "on"
    return same


class KlienForm(PortalModelForm):
    """The file itself: identity, place in the register, PK."""

    sections = (
        ("Identitas", IDENTITY),
        ("Register dan PK", REGISTER),
    )

    class Meta:
        model = Klien
        fields = (*IDENTITY, *REGISTER)
        widgets = {
            "jenis_kelamin": forms.RadioSelect,
            "kegiatan_utama": RevealingRadios(reveals={Kegiatan.BEKERJA: "kerja"}),
            "pekerjaan": forms.TextInput({"class": "p-isi-kerja"}),
            "panggilan": forms.TextInput(HALF),
            "nik": forms.TextInput({**HALF, "inputmode": "numeric", "autocomplete": "off"}),
            "telepon": forms.TextInput({**HALF, "inputmode": "tel", "autocomplete": "off"}),
            "nomor_register": forms.TextInput(HALF),
            "tahun_register": forms.TextInput({**TINY, "inputmode": "numeric"}),
            "id_sdp": forms.TextInput(HALF),
        }
        help_texts = {
            "alias": "Nama lain yang dipakai, dipisah koma.",
            "nik": "16 angka. Kosongkan bila klien belum punya NIK. NIK disimpan tersandi.",
            "panggilan": "Hanya nama ini yang dapat dilihat mitra kegiatan, bila klien setuju.",
            "lahir": "Klien yang belum 18 tahun pada tanggal registrasi masuk register anak.",
            "pekerjaan": "Contoh: buruh bangunan, pedagang, petani.",
            "bersekolah": "Terisi sendiri bila kegiatan utamanya sekolah.",
            "alamat": "Disimpan tersandi.",
            "telepon": "Disimpan tersandi.",
            "id_sdp": "Nomor pada Sistem Database Pemasyarakatan, bila ada.",
        }

    def __init__(self, data=None, *args, user, **kwargs):
        super().__init__(data and settled(data), *args, **kwargs)
        self.user, self.hari_ini = user, today(user)
        self.office = user.penugasan.bapas
        self.fields["kabkota"].choices = partial(places, self.office)
        self.fields["pk_pembimbing"].queryset = officers(self.office)

    def rows(self):
        """(title, fields) of each section of the page."""
        return [(title, [self[name] for name in names]) for title, names in self.sections]

    def clean_nik(self):
        return checked(entries.nik, self.cleaned_data["nik"])

    def clean_telepon(self):
        return checked_telephone(self.cleaned_data["telepon"])

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
        self._check_occupation()
        return data

    def _not_later(self, value, label):
        if value > self.hari_ini:
            raise ValidationError(f"{label} tidak boleh setelah hari ini, {tanggal(self.hari_ini)}.")
        return value

    def _check_occupation(self):
        try:
            agreed(self.cleaned_data.get("kegiatan_utama", ""), self.cleaned_data.get("pekerjaan", ""))
        except Contradiction as contradiction:
            self.add_error("pekerjaan", str(contradiction))

    def _check_register_number(self, group):
        """Show the error beside the field; the PostgreSQL constraint guarantees it."""
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
            taken = taken.exclude(**twin)  # from a second click on the same button: `register` gives the first file
        if taken.exists():
            self.add_error("nomor_register", "Nomor register ini sudah dipakai di kantor Anda.")


class RegisterForm(KlienForm):
    """All fields that open a file. Pages ask for them in steps (`forms/registration.py`), the API all at once."""

    jenis_program = of_model(MasaBimbingan, "jenis_program", queryset=JenisProgram.objects.filter(aktif=True))
    sk_nomor = of_model(MasaBimbingan, "sk_nomor", widget=forms.TextInput(HALF))
    sk_tanggal = of_model(MasaBimbingan, "sk_tanggal")
    mulai = of_model(MasaBimbingan, "mulai")
    selesai = of_model(MasaBimbingan, "selesai")
    frekuensi_hari = of_model(
        JadwalLapor, "frekuensi_hari", widget=forms.TextInput({**TINY, "inputmode": "numeric"}),
        help_text="Biasanya 30 hari; 7 atau 14 hari bila perlu perhatian lebih.", min_value=1, max_value=180,
        error_messages=dict.fromkeys(("min_value", "max_value"), "Frekuensi lapor antara 1 dan 180 hari."),
    )  # fmt: skip
    pertama = of_model(JadwalLapor, "pertama", required=False, help_text="Kosongkan agar mengikuti frekuensi lapor.")
    pasal = of_model(Perkara, "pasal", required=False)
    pengadilan = of_model(Perkara, "pengadilan")
    putusan_nomor = of_model(Perkara, "putusan_nomor", widget=forms.TextInput(HALF))
    putusan_tanggal = of_model(Perkara, "putusan_tanggal")
    pidana = of_model(Perkara, "pidana")
    golongan = of_model(Perkara, "golongan", required=False)
    upt_asal = of_model(Perkara, "upt_asal")
    penjamin_nama = of_model(Penjamin, "nama", required=False)
    penjamin_hubungan = of_model(Penjamin, "hubungan", required=False)
    penjamin_telepon = of_model(Penjamin, "telepon", widget=forms.TextInput({**HALF, "inputmode": "tel"}))
    penjamin_alamat = of_model(Penjamin, "alamat", help_text="Disimpan tersandi.")
    penjamin_surat_nomor = of_model(Penjamin, "surat_nomor", widget=forms.TextInput(HALF))
    penjamin_surat_tanggal = of_model(Penjamin, "surat_tanggal")
    penjamin_diketahui_oleh = of_model(
        Penjamin, "diketahui_oleh", help_text="Nama lurah atau kepala desa yang mengetahui surat jaminan."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jenis_program"].choices = programmes
        self.initial.setdefault("tahun_register", self.hari_ini.year)
        self.initial.setdefault("diregistrasi", self.hari_ini)

    def clean_pertama(self):
        first = self.cleaned_data["pertama"]
        if first and (sentence := too_far(first, self.hari_ini)):
            raise ValidationError(sentence)
        return first

    def clean_penjamin_telepon(self):
        return checked_telephone(self.cleaned_data["penjamin_telepon"])

    def clean(self):
        data = super().clean()
        self._check_programme()
        self._check_period()
        special = data.get("golongan", "") not in ("", Perkara.Golongan.UMUM)
        if (special or any(data.get(name) for name in CASE)) and not data.get("pasal"):
            self.add_error("pasal", "Isi pasal, atau kosongkan semua isian perkara.")
        if any(data.get(name) for name in VOUCHING):
            for name in ("penjamin_nama", "penjamin_hubungan"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, f"Isi {self[name].label.lower()}, atau kosongkan semua isian penjamin.")
        return data

    def parts(self) -> dict:
        """The rows that `services.register` stores."""
        data = self.cleaned_data
        first = data["pertama"] or open_day(data["diregistrasi"] + data["frekuensi_hari"] * ONE_DAY)
        vouching = {name.removeprefix("penjamin_"): data[name] for name in VOUCHING}
        return {
            "klien": self.instance,
            "masa": MasaBimbingan(**{name: data[name] for name in PERIOD}),
            "jadwal": JadwalLapor(frekuensi_hari=data["frekuensi_hari"], pertama=first),
            "perkara": Perkara(**self._case()) if data["pasal"] else None,
            "penjamin": Penjamin(**vouching, mulai=data["diregistrasi"]) if vouching["nama"] else None,
        }

    def _case(self) -> dict:
        names = [name for name in (*CASE, "golongan") if name in CASE or self.cleaned_data["golongan"]]
        return {name: self.cleaned_data[name] for name in names}

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


class ChangeForm(VersionedForm, KlienForm):
    """Change of an existing file. The reporting frequency is changed in the room (app) `wajib_lapor`, with a reason."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pk_pembimbing"].queryset |= type(self.instance.pk_pembimbing).objects.filter(
            pk=self.instance.pk_pembimbing_id
        )

    def version(self) -> str:
        return str(self.instance.versi)


class OpeningForm(PortalForm):
    """The reason for which somebody outside the office opens one file."""

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
