"""Forms of the programme and its budget."""

from decimal import Decimal

from django import forms
from django.db.models import Q
from django.utils import timezone

from apps.acuan.models import AkunBelanja, KategoriKebutuhan
from apps.dasar.forms import FilterForm, PortalForm, PortalModelForm, RupiahInput
from apps.dasar.numbers import read_money, read_number
from apps.dasar.wording import angka, grouped
from apps.jejak.compare import VersionedForm
from apps.pokmas.models import Pokmas
from apps.program.models import (
    MONTHS,
    KebutuhanTanpaProgram,
    ProgramTahunan,
    Realisasi,
    RencanaKegiatan,
    RincianBiaya,
)
from apps.program.numbers import read_product
from apps.wilayah.models import Bapas, Mitra


class AngkaInput(forms.TextInput):
    """A short text box: boxes of type "number" refuse the Indonesian notation."""

    def __init__(self, attrs=None):
        usual = {"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-5"}
        super().__init__(usual | (attrs or {}))


class AngkaField(forms.DecimalField):
    """A number as people type or paste it; an ambiguous one is an error."""

    widget: type[forms.TextInput] = AngkaInput
    read = staticmethod(read_number)

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                value = self.read(value)
            except ValueError as unreadable:
                raise forms.ValidationError(str(unreadable), code="invalid") from unreadable
        return super().to_python(value)

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return grouped(value, 2 if value % 1 else 0)


class UangField(AngkaField):
    """An amount of rupiah."""

    widget = RupiahInput
    read = staticmethod(read_money)


class AkunField(forms.CharField):
    """A spending account by code or name; the page offers suggestions in a datalist."""

    widget = forms.TextInput(attrs={"list": "daftar-akun", "autocomplete": "off"})
    accounts: list[AkunBelanja] = []

    def clean(self, value):
        text = super().clean(value).casefold()
        matches = [account for account in self.accounts if text.split(" ")[0] == account.kode]
        matches = matches or [account for account in self.accounts if text in account.nama.casefold()]
        if len(matches) != 1:
            raise forms.ValidationError("Pilih satu akun dari daftar, misalnya 521211 Belanja Bahan.", code="invalid")
        return matches[0]

    def prepare_value(self, value):
        return next((str(account) for account in self.accounts if account.pk == value), value)


def active_accounts() -> list[AkunBelanja]:
    return list(AkunBelanja.objects.filter(aktif=True))


class MulaiForm(PortalForm):
    """A new programme year."""

    tahun = forms.IntegerField(
        label="Tahun anggaran", min_value=2020, max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={"invalid": "Tulis tahun dengan empat angka, misalnya 2027."},
    )  # fmt: skip
    latar = forms.CharField(
        label="Latar belakang", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Keadaan klien dan arah program dalam beberapa kalimat.",
    )  # fmt: skip
    salin = forms.BooleanField(
        label="Salin kegiatan dan RAB dari tahun terakhir", required=False,
        help_text="Anda dapat mengubah atau menghapusnya sebelum dikirim.",
    )  # fmt: skip

    def __init__(self, *args, bapas, **kwargs):
        super().__init__(*args, **kwargs)
        self.bapas = bapas

    def clean_tahun(self):
        tahun = self.cleaned_data["tahun"]
        if ProgramTahunan.objects.filter(bapas=self.bapas, tahun=tahun).exists():
            raise forms.ValidationError(f"Program {tahun} sudah ada. Lanjutkan yang sudah ada atau pilih tahun lain.")
        return tahun


class KategoriChoice(forms.ModelChoiceField):
    """Categories of needs, each labelled with its number of clients."""

    counts: dict[str, int] = {}

    def label_from_instance(self, category):
        clients = self.counts.get(category.kode, 0)
        return f"{category} – {angka(clients)} klien membutuhkan" if clients else str(category)


class KegiatanForm(PortalModelForm):
    """A planned activity."""

    kategori = KategoriChoice(label="Kebutuhan yang dilayani", queryset=KategoriKebutuhan.objects.filter(aktif=True))
    target_klien = forms.IntegerField(
        label="Target klien", min_value=1, help_text="Berapa klien yang dituju selama setahun.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={
            "invalid": "Tulis banyak klien dengan angka, misalnya 20.", "min_value": "Target klien paling sedikit 1.",
        },
    )  # fmt: skip
    bulan = forms.TypedMultipleChoiceField(
        label="Bulan pelaksanaan", coerce=int, choices=list(enumerate(MONTHS, 1)),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "p-bulan-grup"}),
    )  # fmt: skip

    class Meta:
        model = RencanaKegiatan
        fields = ["judul", "kategori", "bidang", "target_klien", "bulan", "pelaksana", "indikator"]
        help_texts = {
            "pelaksana": "Kosongkan bila Bapas sendiri yang melaksanakan.",
            "indikator": "Contoh: 20 klien lulus uji keterampilan las.",
        }

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kategori"].counts = program.potret
        self.fields["pelaksana"].queryset = partners_of(program.bapas)
        self.fields["pelaksana"].empty_label = "Bapas sendiri"


def partners_of(bapas: Bapas):
    """Active Pokmas of the office, and other partners with a seat in its working area."""
    groups = Pokmas.objects.filter(bapas=bapas, status=Pokmas.Status.AKTIF).values("mitra")
    nearby = ~Q(jenis=Mitra.Jenis.POKMAS) & Q(kabkota__in=bapas.wilayah_kerja.values("pk"))
    return Mitra.objects.filter(Q(pk__in=groups) | nearby, aktif=True)


class BiayaForm(VersionedForm):
    """One cost line. An empty volume is computed from the factors of the calculation."""

    akun = AkunField(label="Akun", max_length=160)
    volume = AngkaField(
        label="Volume", max_digits=12, decimal_places=2, required=False, min_value=Decimal("0.01"),
        error_messages={"min_value": "Volume harus lebih dari nol."},
    )  # fmt: skip
    harga = UangField(
        label="Harga satuan", max_digits=14, decimal_places=2, min_value=0,
        error_messages={"min_value": "Harga tidak boleh kurang dari nol."},
    )  # fmt: skip

    class Meta:
        model = RincianBiaya
        fields = ["akun", "uraian", "hitungan", "volume", "satuan", "harga", "sumber"]
        widgets = {
            "hitungan": forms.TextInput(attrs={"placeholder": "15 org x 2 keg"}),
            "satuan": forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        }

    marks_optional = False

    def __init__(self, *args, accounts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["akun"].accounts = accounts
        self.fields["akun"].widget.attrs["autofocus"] = not self.is_bound

    def _post_clean(self):
        """Only fill the instance: the fields check all that the model would, at the cost of seven queries per row."""
        self.instance = forms.models.construct_instance(self, self.instance, self._meta.fields)

    def clean(self):
        data = super().clean()
        if data.get("volume") is None and "volume" not in self.errors:
            data["volume"] = read_product(data.get("hitungan", ""))
            if data["volume"] is None:
                self.add_error("volume", "Isi volume, atau tulis rincian seperti 15 org x 2 keg.")
        return data


class TempelForm(PortalForm):
    """Rows copied from a spreadsheet."""

    kegiatan = forms.ModelChoiceField(label="Untuk kegiatan", queryset=RencanaKegiatan.objects.none())
    teks = forms.CharField(
        label="Baris dari Excel", strip=False, max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 8, "wrap": "off", "spellcheck": "false"}),
        help_text="Urutan kolom: akun, uraian, rincian hitungan, volume, satuan, harga satuan, sumber dana.",
    )  # fmt: skip

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kegiatan"].queryset = RencanaKegiatan.objects.filter(bapas=program.bapas_id, program=program)


class AlasanKebutuhanForm(PortalModelForm):
    """The reason why a need gets no activity."""

    class Meta:
        model = KebutuhanTanpaProgram
        fields = ["alasan"]
        labels = {"alasan": "Alasan tidak dilayani tahun ini"}
        help_texts = {"alasan": "Contoh: sudah dilayani Dinas Kesehatan tanpa biaya Bapas."}


class KembalikanForm(PortalForm):
    """Return of a programme, with a reason for the planner."""

    catatan = forms.CharField(
        label="Alasan dikembalikan", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Sebut kegiatan atau baris RAB yang perlu diperbaiki.",
    )  # fmt: skip


class RealisasiForm(PortalModelForm):
    """Money spent, or a correction with a reason."""

    jumlah = UangField(
        label="Jumlah", max_digits=18, decimal_places=2,
        help_text="Untuk koreksi tulis angka negatif, misalnya -500.000.",
    )  # fmt: skip

    class Meta:
        model = Realisasi
        fields = ["tanggal", "jumlah", "bukti", "keterangan"]
        help_texts = {"keterangan": "Wajib untuk koreksi: mengapa angka sebelumnya salah."}

    def __init__(self, *args, tahun, **kwargs):
        super().__init__(*args, **kwargs)
        self.tahun = tahun

    def clean_tanggal(self):
        tanggal = self.cleaned_data["tanggal"]
        if tanggal > timezone.localdate():
            raise forms.ValidationError("Tanggal pengeluaran tidak boleh setelah hari ini.")
        if tanggal.year != self.tahun:
            raise forms.ValidationError(f"Tanggal pengeluaran harus dalam tahun anggaran {self.tahun}.")
        return tanggal

    def clean(self):
        data = super().clean()
        if (data.get("jumlah") or 0) < 0 and not data.get("keterangan"):
            self.add_error("keterangan", "Isi alasan koreksi.")
        return data


class SaringForm(FilterForm):
    """Filters of the programme list."""

    tahun = forms.TypedChoiceField(label="Tahun anggaran", coerce=int, empty_value=None, required=False)
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Semua"), *ProgramTahunan.Status.choices])
    bapas = forms.ModelChoiceField(label="Bapas", queryset=Bapas.objects.none(), required=False)

    def __init__(self, *args, user, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tahun"].choices = [("", "Semua"), *((year, year) for year in years)]
        offices = Bapas.objects.filter(pk__in=user.scope.bapas)
        if len(user.scope.bapas) > 1:
            self.fields["bapas"].queryset = offices
            self.fields["bapas"].empty_label = "Semua"
        else:
            del self.fields["bapas"]
