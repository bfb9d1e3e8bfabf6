"""Forms for stages, ends, revocation, handover and follow-up: past dates, numbers of papers, reasons."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from apps.acuan.calendar import open_day
from apps.acuan.models import DasarPencabutan
from apps.dasar.forms import FilterForm, PortalForm, PortalModelForm
from apps.dasar.wording import hari_tanggal, tanggal
from apps.klien.forms.fields import UNKNOWN_OFFICER, of_model, officers, officers_and_former, too_far
from apps.klien.models import Klien
from apps.perjalanan.models import (
    LangkahPencabutan,
    Pelimpahan,
    PeristiwaAkhir,
    TahapBimbingan,
    TahapLapas,
    TindakLanjut,
    UsulPencabutan,
)
from apps.perjalanan.models.revocation import NUMBERED
from apps.wilayah.models import Bapas

NUMBER = {"class": "govuk-input--width-20"}
LINES = forms.Textarea({"rows": 3})


class PastDates:
    """Mixin: the dates named in `past` may not lie after `hari_ini`, today at the office."""

    past: tuple[str, ...] = ("tanggal",)

    def __init__(self, *args, hari_ini: date, **kwargs):
        self.hari_ini = hari_ini
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        for name in self.past:
            if data.get(name) and data[name] > self.hari_ini:
                self.add_error(name, f"Isi tanggal paling lambat hari ini, {tanggal(self.hari_ini)}.")
        return data


class ConfirmForm(PortalForm):
    """A form without fields, only to confirm."""


class ReasonForm(PortalForm):
    alasan = forms.CharField(
        label="Alasan", min_length=10, max_length=200, widget=LINES,
        error_messages={"min_length": "Tulis alasan yang jelas, paling sedikit 10 huruf."},
    )  # fmt: skip


class StageForm(PastDates, PortalModelForm):
    """The next stage of guidance. `ke` is the stage that the page offered, so a form sent twice moves only once."""

    past = ("tpp_tanggal", "mulai")
    ke = of_model(TahapBimbingan, "tahap", widget=forms.HiddenInput)

    class Meta:
        model = TahapBimbingan
        fields = ("tpp_tanggal", "tpp_nomor", "mulai")
        widgets = {"tpp_nomor": forms.TextInput(NUMBER)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tpp_tanggal"].required = self.fields["tpp_nomor"].required = True
        self.initial.setdefault("mulai", self.hari_ini)

    def _post_clean(self):
        """Left out: the service completes the row, and PostgreSQL checks it."""

    def clean(self):
        data = super().clean()
        if data.get("tpp_tanggal") and data.get("mulai") and data["mulai"] < data["tpp_tanggal"]:
            self.add_error("mulai", "Tahap tidak boleh dimulai sebelum sidang TPP.")
        return data


class PrisonStageForm(PastDates, PortalModelForm):
    past = ("mulai", "tpp_tanggal")

    class Meta:
        model = TahapLapas
        fields = ("tahap", "mulai", "tpp_tanggal", "tpp_tempat")
        widgets = {"tahap": forms.RadioSelect}
        help_texts = {"tpp_tempat": "Misalnya nama Lapas, Rutan, atau LPKA."}

    def clean(self):
        data = super().clean()
        if data.get("tpp_tanggal") and data.get("mulai") and data["mulai"] < data["tpp_tanggal"]:
            self.add_error("mulai", "Tahap tidak boleh dimulai sebelum sidang TPP.")
        return data


class EndForm(PastDates, PortalModelForm):
    """Guidance ends on the last day of the term (HMB). The head decides on that day or after it."""

    past = ()

    class Meta:
        model = PeristiwaAkhir
        fields = ("tanggal", "keterangan")
        labels = {"tanggal": "Bimbingan berakhir pada"}

    def __init__(self, *args, last_day: date | None, **kwargs):
        self.last_day = last_day
        super().__init__(*args, **kwargs)
        self.initial.setdefault("tanggal", last_day)

    def clean_tanggal(self):
        day = self.cleaned_data["tanggal"]
        if self.last_day and day < self.last_day:
            raise ValidationError(f"Masa bimbingan baru habis {tanggal(self.last_day)}. Isi tanggal itu.")
        return day


class SourcedEndForm(PastDates, PortalModelForm):
    """A death or a flight: the day, and the paper that proves it."""

    past = ("tanggal", "sumber_tanggal")

    class Meta:
        model = PeristiwaAkhir
        fields = ("tanggal", "sumber_nomor", "sumber_tanggal", "keterangan")
        widgets = {"sumber_nomor": forms.TextInput(NUMBER)}

    def __init__(self, *args, last_day=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sumber_nomor"].required = True


class DeathForm(SourcedEndForm):
    class Meta(SourcedEndForm.Meta):
        labels = {
            "tanggal": "Tanggal meninggal",
            "sumber_nomor": "Nomor surat kematian",
            "sumber_tanggal": "Tanggal surat kematian",
        }


class FlightForm(SourcedEndForm):
    class Meta(SourcedEndForm.Meta):
        labels = {
            "tanggal": "Tidak diketahui keberadaannya sejak",
            "sumber_nomor": "Nomor laporan",
            "sumber_tanggal": "Tanggal laporan",
        }
        help_texts = {"sumber_nomor": "Berita acara kunjungan atau laporan kepada kepolisian."}


END_FORMS: dict[str, type[PortalModelForm]] = {
    PeristiwaAkhir.Jenis.SELESAI: EndForm,
    PeristiwaAkhir.Jenis.MENINGGAL: DeathForm,
    PeristiwaAkhir.Jenis.MELARIKAN_DIRI: FlightForm,
}


class LetterNumberForm(PortalForm):
    surat_nomor = of_model(PeristiwaAkhir, "surat_nomor", required=True, widget=forms.TextInput(NUMBER))


class RevocationForm(PortalModelForm):
    class Meta:
        model = UsulPencabutan
        fields = ("dasar", "uraian")
        widgets = {"dasar": forms.RadioSelect, "uraian": forms.Textarea({"rows": 4})}
        help_texts = {"uraian": "Apa yang terjadi, dan apa yang sudah diupayakan. Tulis fakta saja."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dasar"].queryset = DasarPencabutan.objects.filter(aktif=True)
        self.fields["dasar"].empty_label = None

    def _post_clean(self):
        """Take over the ground and the words; the service fills in dates and deadline."""
        self.instance.dasar = self.cleaned_data.get("dasar")
        self.instance.uraian = self.cleaned_data.get("uraian", "")


class StepForm(PastDates, PortalModelForm):
    """One step of a revocation."""

    class Meta:
        model = LangkahPencabutan
        fields = ("tanggal", "nomor", "uraian")
        widgets = {"nomor": forms.TextInput(NUMBER), "uraian": LINES}

    def __init__(self, *args, langkah: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.langkah = langkah
        self.initial.setdefault("tanggal", self.hari_ini)
        self.fields["nomor"].required = langkah in NUMBERED


class TransferForm(PastDates, PortalModelForm):
    past = ("surat_tanggal",)

    class Meta:
        model = Pelimpahan
        fields = ("lawan", "alasan", "surat_nomor", "surat_tanggal", "pesan")
        labels = {"lawan": "Bapas penerima"}
        widgets = {"alasan": LINES, "pesan": LINES, "surat_nomor": forms.TextInput(NUMBER)}
        help_texts = {
            "alasan": "Terbaca Kepala Bapas penerima sebelum ia menjawab, bersama kode dan nama klien.",
            "pesan": "Terbaca setelah diterima. Isi catatan bimbingan tidak ikut diserahkan.",
        }

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lawan"].queryset = Bapas.objects.filter(aktif=True).exclude(pk=office.pk).order_by("nama")
        self.initial.setdefault("surat_tanggal", self.hari_ini)

    def _post_clean(self):
        """Copy the typed values; the service makes both rows from them."""
        for name in self._meta.fields:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])


class AcceptForm(PortalForm):
    nomor_register = of_model(Klien, "nomor_register", widget=forms.TextInput(NUMBER))
    pk_pembimbing = of_model(Klien, "pk_pembimbing")

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pk_pembimbing"].queryset = officers(office)


class FollowUpForm(PastDates, PortalModelForm):
    class Meta:
        model = TindakLanjut
        fields = ("tanggal", "cara", *TindakLanjut.OUTCOMES, "catatan")
        widgets = dict.fromkeys(("cara", *TindakLanjut.OUTCOMES), forms.RadioSelect) | {"catatan": LINES}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["tanggal"] = self.instance.tanggal or self.hari_ini
        for name in ("tanggal", "cara", *TindakLanjut.OUTCOMES):
            self.fields[name].required = True
            if hasattr(self.fields[name], "choices"):
                self.fields[name].choices = [choice for choice in self.fields[name].choices if choice[0] != ""]
                self.fields[name].error_messages["required"] = f"Jawab “{self.fields[name].label}”."

    def _post_clean(self):
        """Left out: the service writes the row."""

    def answers(self) -> dict:
        """The arguments of `services.followup.answer`."""
        data = dict(self.cleaned_data)
        return {"jawaban": {name: data.pop(name) for name in TindakLanjut.OUTCOMES}, **data}


class SummonsForm(PortalForm):
    """A letter that asks the client to come."""

    ke = forms.TypedChoiceField(
        label="Surat panggilan", coerce=int, choices=[(1, "Pertama"), (2, "Kedua"), (3, "Ketiga")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    nomor = forms.CharField(label="Nomor surat", max_length=80, widget=forms.TextInput(NUMBER))
    hadir = forms.DateField(label="Klien diminta datang pada", widget=forms.DateInput)
    jam = forms.TimeField(label="Pukul", widget=forms.TimeInput({"type": "time", "class": "govuk-input--width-5"}))

    def __init__(self, *args, hari_ini: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.hari_ini = hari_ini

    def clean_hadir(self):
        day = self.cleaned_data["hadir"]
        if day < self.hari_ini:
            raise ValidationError("Isi hari ini atau sesudahnya.")
        if sentence := too_far(day, self.hari_ini):
            raise ValidationError(sentence)
        if (following := open_day(day)) != day:
            raise ValidationError(f"Pada {hari_tanggal(day)} kantor tutup. Hari kerja berikutnya {tanggal(following)}.")
        return day


class CasesFilter(FilterForm):
    """Filters of the list of cases, besides its tab."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    pk = forms.ModelChoiceField(label="PK", queryset=officers(None), required=False, empty_label="Semua")
    semua = forms.BooleanField(label="Juga yang sudah selesai", required=False)

    def __init__(self, *args, office, everyone: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pk"].queryset = officers_and_former(office)
        self.fields["pk"].error_messages["invalid_choice"] = UNKNOWN_OFFICER
        self.fields["pk"].empty_label = "Semua"
        if not everyone:
            del self.fields["pk"]
