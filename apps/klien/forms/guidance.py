"""The form for officers in the field (≤ 60 seconds), and the correction of a stored record."""

import uuid
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date

from apps.acuan.models import KategoriKebutuhan
from apps.dasar.forms import EMPTY_CHOICE, PortalForm, PortalModelForm, saved_at
from apps.dasar.wording import hari_tanggal, tanggal
from apps.klien.forms.fields import RevealingRadios, of_model, too_far
from apps.klien.forms.obstacles import obstacle_cards
from apps.klien.forms.photos import PhotoField
from apps.klien.models import SHORTEST_TERM, CatatanBimbingan, Kebutuhan, Klien
from apps.klien.services.photos import CHILDREN_HAVE_NO_PHOTO
from apps.wilayah.days import clock_of, today

Topik = CatatanBimbingan.Topik
TOPIC_OF = {
    KategoriKebutuhan.Domain.TINGGAL: Topik.TINGGAL,
    KategoriKebutuhan.Domain.KERJA: Topik.PEKERJAAN,
    KategoriKebutuhan.Domain.TERAMPIL: Topik.KETERAMPILAN,
    KategoriKebutuhan.Domain.SEHAT: Topik.KESEHATAN,
    KategoriKebutuhan.Domain.KELUARGA: Topik.KELUARGA,
    KategoriKebutuhan.Domain.KARAKTER: Topik.IBADAH,
}
PROMPTS = ("kondisi", "pekerjaan", "lingkungan", "kendala", "rencana")
EXTRA = ("foto", "bidang", *PROMPTS, "jenis_kendala", "kebutuhan_kategori", "kebutuhan_mendesak", "kebutuhan_uraian")
FOLLOW_UPS = ("Telepon klien", "Hubungi keluarga atau penjamin", "Kirim surat panggilan", "Kunjungan rumah")
"""Usual next steps after an absence, to tap instead of typing."""
CAME = [("ya", "Hadir"), ("tidak", "Tidak hadir")]
WHEN = [("hari-ini", "Hari ini"), ("kemarin", "Kemarin"), ("lain", "Lain")]


class ContactForm(PortalModelForm):
    """The fields of one contact, for logging and for correction.

    The form may be sent twice: the device makes the key `kunci` when it saves. Without JavaScript the form keeps the
    key with which it was opened, so that a double tap is still one record.
    """

    kunci = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    dibuat_pada = forms.CharField(required=False, widget=forms.HiddenInput)

    hadir = forms.ChoiceField(
        label="Klien hadir?", choices=CAME, widget=RevealingRadios(reveals={"tidak": "absen"}),
        error_messages={"required": "Pilih klien hadir atau tidak hadir."},
    )  # fmt: skip
    alasan = forms.ChoiceField(
        label="Alasan tidak hadir", choices=CatatanBimbingan.Alasan, required=False, widget=forms.RadioSelect
    )
    topik = forms.MultipleChoiceField(
        label="Dibahas", choices=Topik, required=False, widget=forms.CheckboxSelectMultiple
    )

    needed_sometimes = ("alasan", "tindak_lanjut", "tanggal")

    class Meta:
        model = CatatanBimbingan
        fields = (
            "cara",
            "tanggal",
            "hadir",
            "alasan",
            "tindak_lanjut",
            "topik",
            "catatan",
            "bidang",
            *PROMPTS,
            "berikutnya",
        )
        widgets = {
            "cara": forms.RadioSelect,
            "bidang": forms.RadioSelect({"class": "p-kartu-grup--satu"}),
            "catatan": forms.Textarea({"rows": 3}),
            **{name: forms.Textarea({"rows": 2}) for name in PROMPTS},
        }
        help_texts = {
            "catatan": "Tulis inti pembicaraan. Jangan tulis NIK atau nomor perkara.",
            "tindak_lanjut": "Langkah berikutnya. Misalnya: telepon keluarga, kunjungan rumah lusa.",
        }

    def __init__(self, *args, user, klien: Klien, **kwargs):
        super().__init__(*args, **kwargs)
        self.klien, self.hari_ini, self.zona = klien, today(user), clock_of(user)
        self._needed_when("alasan", hadir="tidak")
        self._needed_when("tindak_lanjut", hadir="tidak")

    follow_ups = FOLLOW_UPS

    def prompts(self):
        return [self[name] for name in PROMPTS]

    def record(self) -> CatatanBimbingan:
        """The row to store, with the key and the clock of the device."""
        self.instance.kunci = self.cleaned_data["kunci"]
        self.instance.dibuat_pada = self.cleaned_data["dibuat_pada"]
        return self.instance

    def clean_kunci(self):
        return self.cleaned_data["kunci"] or uuid.uuid4()

    def clean_dibuat_pada(self):
        """The time on the device; the server's time when that is unreadable or in the future."""
        return saved_at(self.cleaned_data["dibuat_pada"])

    def clean_hadir(self):
        return self.cleaned_data["hadir"] == "ya"

    def clean(self):
        data = super().clean()
        self._check_date("tanggal", data.get("tanggal"))
        if data.get("hadir"):
            data["alasan"] = data["tindak_lanjut"] = ""
        met, again = data.get("tanggal"), data.get("berikutnya")
        if met and again and again <= met:
            self.add_error("berikutnya", "Pertemuan berikutnya harus setelah tanggal bimbingan.")
        elif again and (sentence := too_far(again, self.hari_ini)):
            self.add_error("berikutnya", sentence)
        return data

    def _needed_when(self, name, **chosen):
        """Require the field when its choice is made."""
        self.fields[name].required = all(self.data.get(other) == value for other, value in chosen.items())

    def _check_date(self, name, value):
        if value is None:
            return
        if value > self.hari_ini:
            self.add_error(name, f"Tanggal bimbingan tidak boleh setelah hari ini, {tanggal(self.hari_ini)}.")
        elif value < self.klien.diregistrasi:
            since = tanggal(self.klien.diregistrasi)
            self.add_error(name, f"Tanggal bimbingan tidak boleh sebelum klien diregistrasi, {since}.")


class GuidanceForm(ContactForm):
    """ "Catat bimbingan": everything has a sensible default except whether the client came."""

    kapan = forms.ChoiceField(
        label="Kapan", choices=WHEN, widget=RevealingRadios({"class": "p-kartu-grup--rapat"}, reveals={"lain": "lain"})
    )
    tanggal = of_model(CatatanBimbingan, "tanggal", required=False, help_text="Contoh: 21-11-2026.")
    kebutuhan_kategori = of_model(
        Kebutuhan, "kategori", label="Kebutuhan baru", required=False,
        queryset=KategoriKebutuhan.objects.filter(aktif=True),
    )  # fmt: skip
    kebutuhan_mendesak = forms.ChoiceField(
        label="Seberapa mendesak", choices=[("", EMPTY_CHOICE), *Kebutuhan.Mendesak.choices], required=False
    )
    kebutuhan_uraian = of_model(Kebutuhan, "uraian", label="Uraian kebutuhan")
    jenis_kendala = obstacle_cards()
    foto = PhotoField(required=False)

    class Meta(ContactForm.Meta):
        help_texts = ContactForm.Meta.help_texts | {"kendala": "Agar terhitung, centang juga jenisnya di atas."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kapan"].help_text = f"Hari ini: {hari_tanggal(self.hari_ini)}"
        self.fields["tanggal"].widget.attrs["max"] = self.hari_ini.isoformat()
        self.initial.setdefault("kapan", "hari-ini")
        self._needed_when("tanggal", kapan="lain")

    def put_first(self, open_domains):
        """Topics of the client's open needs come first."""
        if wanted := [TOPIC_OF[domain] for domain in open_domains if domain in TOPIC_OF]:
            self.fields["topik"].choices = sorted(Topik.choices, key=lambda choice: choice[0] not in wanted)

    @property
    def next_date(self):
        """The date in the save bar; a typed date stays when the form is shown again."""
        value = self["berikutnya"].value()
        return parse_date(value) if isinstance(value, str) else value

    @property
    def no_photo(self) -> str:
        """The reason why this client may not be photographed, or ""."""
        return CHILDREN_HAVE_NO_PHOTO if self.klien.kategori_usia == Klien.Usia.ANAK else ""

    @property
    def extra_open(self) -> bool:
        """Whether the collapsed section holds an error or something that was typed."""
        return self.is_bound and not {*self.errors, *self.changed_data}.isdisjoint(EXTRA)

    def ask_for_photo_again(self):
        """Add an error when the form is shown again, because no browser fills in a file a second time."""
        if self.files.get("foto") and not self.no_photo and not self.has_error("foto"):
            self.add_error("foto", "Pilih foto ini sekali lagi. Peramban tidak mengirimnya ulang.")

    def clean(self):
        days_ago = {"hari-ini": 0, "kemarin": 1}.get(self.cleaned_data.get("kapan"))
        if days_ago is not None:
            self.cleaned_data["tanggal"] = self._day_of_saving() - timedelta(days=days_ago)
        data = super().clean()
        if self.no_photo and data.get("foto"):
            self.add_error(None, self.no_photo)
        if data.get("kebutuhan_kategori"):
            if not data.get("kebutuhan_mendesak"):
                self.add_error("kebutuhan_mendesak", "Pilih seberapa mendesak.")
        elif data.get("kebutuhan_mendesak") or data.get("kebutuhan_uraian"):
            self.add_error("kebutuhan_kategori", "Pilih kebutuhan.")
        return data

    def _day_of_saving(self):
        """ "Hari ini" means the day on which the device saved: without a signal the form may arrive days later."""
        return self.cleaned_data["dibuat_pada"].astimezone(self.zona).date()

    def need(self) -> Kebutuhan | None:
        data = self.cleaned_data
        if not data["kebutuhan_kategori"]:
            return None
        return Kebutuhan(
            kategori=data["kebutuhan_kategori"], mendesak=data["kebutuhan_mendesak"],
            uraian=data["kebutuhan_uraian"], sumber=Kebutuhan.Sumber.BIMBINGAN,
        )  # fmt: skip


class OfflineGuidanceForm(GuidanceForm):
    """The same questions on a page that the phone caches: no client, no date, nothing that ages. Never bound."""

    klien = forms.CharField(
        label="Kode klien", max_length=16, help_text="Contoh: KL-2026-00123, atau 123 saja untuk tahun ini.",
        widget=forms.TextInput({"class": "govuk-input--width-10", "autocapitalize": "characters",
                                "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    class Meta(GuidanceForm.Meta):
        pass

    def __init__(self, *, user):
        super().__init__(user=user, klien=Klien(), initial={"cara": CatatanBimbingan.Cara.KUNJUNGAN})
        self.fields["kapan"].help_text = ""
        self.fields["foto"].help_text += " Foto klien anak tidak disimpan."
        del self.fields["tanggal"].widget.attrs["max"], self.fields["kunci"], self.fields["dibuat_pada"]


class CorrectionForm(ContactForm):
    """The whole record with the right values, and the reason for the correction."""

    alasan_koreksi = forms.CharField(
        label="Mengapa diperbaiki?", max_length=200, error_messages={"required": "Isi alasan perbaikan."}
    )

    class Meta(ContactForm.Meta):
        fields = (*ContactForm.Meta.fields, "alasan_koreksi")


class WithdrawalForm(PortalForm):
    """The reason why a record should not have been written at all."""

    alasan = forms.CharField(label="Alasan pembatalan", min_length=5, max_length=200)


class WhichClientForm(PortalForm):
    """The form opened without a client: whatever is known of the client finds it."""

    kode = forms.CharField(
        label="Cari klien", max_length=60, help_text="Nama, bagian kode, nomor register, telepon, atau desa.",
        widget=forms.TextInput({"class": "govuk-input--width-20", "type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    marks_optional = False

    def clean_kode(self):
        term = " ".join(self.cleaned_data["kode"].split())
        if len(term) < SHORTEST_TERM:
            raise ValidationError(f"Tulis paling sedikit {SHORTEST_TERM} huruf atau angka.")
        return term
