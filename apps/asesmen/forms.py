"""Forms of an assessment: one short page per domain, scores, and the end."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from apps.acuan.models import FaktorInstrumen, Instrumen, KategoriKebutuhan
from apps.asesmen.models import Asesmen, ButirKebutuhan, IsianDomain, SkorAsesmen
from apps.asesmen.services import Content, Need
from apps.dasar.forms import PortalForm
from apps.dasar.wording import tanggal
from apps.klien.models import Kebutuhan

HINTS = {
    "tinggal": "Rumah, keluarga yang menampung, lingkungan.",
    "kerja": "Pekerjaan, usaha, alat, kenalan yang memberi kerja.",
    "terampil": "Keahlian, ijazah, sertifikat, minat.",
    "sehat": "Kondisi badan, pengobatan yang berjalan, dukungan untuk pulih.",
    "keluarga": "Pasangan, anak, orang tua, tetangga, kelompok.",
    "dokumen": "KTP, KK, akta, dokumen lain yang sudah ada.",
    "ekonomi": "Penghasilan, tabungan, bantuan yang diterima.",
    "karakter": "Ibadah, kegiatan rutin, cara menghadapi kesulitan.",
}
NUMBER = {"inputmode": "numeric", "class": "govuk-input--width-5", "autocomplete": "off"}
URGENCY_MISSING = "Pilih seberapa mendesak: {}."


@dataclass(frozen=True)
class NeedRow:
    """One category of need, and the fields about it."""

    kategori: KategoriKebutuhan
    ada: forms.BoundField
    mendesak: forms.BoundField
    uraian: forms.BoundField


def categories_for(isian: IsianDomain) -> list[KategoriKebutuhan]:
    """Active categories of the domain, and those that the page already names."""
    named = ButirKebutuhan.objects.filter(bapas=isian.bapas_id, isian=isian).values("kategori")
    return list(KategoriKebutuhan.objects.filter(Q(domain=isian.domain, aktif=True) | Q(pk__in=named)))


class DomainForm(PortalForm):
    """One domain. An incomplete answer is valid and is stored; `ask_for_gaps` says what is still missing."""

    kekuatan = forms.CharField(
        label="Kekuatan yang dimiliki", required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )
    tanpa_kebutuhan = forms.BooleanField(label="Tidak ada kebutuhan di bidang ini", required=False)
    kata_klien = forms.CharField(
        label="Kata klien", required=False, max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text="Tulis seperti yang dikatakan klien.",
    )  # fmt: skip
    versi = forms.IntegerField(widget=forms.HiddenInput)
    marks_optional = False

    def __init__(self, data=None, *, isian: IsianDomain, stored: Content):
        self.categories = categories_for(isian)
        super().__init__(data, initial=_initial(isian, stored))
        self.fields["kekuatan"].help_text = HINTS[isian.domain]
        for category in self.categories:
            self._ask_about(category)

    def rows(self) -> Iterator[NeedRow]:
        for category in self.categories:
            names = (f"{name}-{category.pk}" for name in ("ada", "mendesak", "uraian"))
            yield NeedRow(category, *(self[name] for name in names))

    def content(self) -> Content:
        data = self.cleaned_data
        needs = (
            Need(category.pk, data[f"mendesak-{category.pk}"], data[f"uraian-{category.pk}"])
            for category in self.categories
            if data[f"ada-{category.pk}"]
        )
        return Content(data["kekuatan"], data["tanpa_kebutuhan"], data["kata_klien"], frozenset(needs))

    def ask_for_gaps(self) -> bool:
        """Add an error for everything that is missing. True if there is any."""
        content = self.content()
        named = {need.kategori: need for need in content.butir}
        for category in self.categories:
            if category.pk in named and not named[category.pk].mendesak:
                self.add_error(f"mendesak-{category.pk}", URGENCY_MISSING.format(category.nama))
        if content.butir and content.tanpa_kebutuhan:
            self.add_error("tanpa_kebutuhan", "Pilih kebutuhan, atau “Tidak ada kebutuhan”, tidak keduanya.")
        if not content.butir and not content.tanpa_kebutuhan:
            self.add_error("tanpa_kebutuhan", "Pilih kebutuhan, atau centang “Tidak ada kebutuhan di bidang ini”.")
        return bool(self.errors)

    def _ask_about(self, category: KategoriKebutuhan) -> None:
        self.fields[f"ada-{category.pk}"] = forms.BooleanField(label=category.nama, required=False)
        self.fields[f"mendesak-{category.pk}"] = forms.ChoiceField(
            label="Seberapa mendesak?", required=False, choices=Kebutuhan.Mendesak.choices, widget=forms.RadioSelect
        )
        self.fields[f"uraian-{category.pk}"] = forms.CharField(
            label="Uraian singkat (pilihan)", required=False, max_length=200
        )


def _initial(isian: IsianDomain, stored: Content) -> dict:
    values = {"kekuatan": stored.kekuatan, "tanpa_kebutuhan": stored.tanpa_kebutuhan, "kata_klien": stored.kata_klien}
    for need in stored.butir:
        values |= {
            f"ada-{need.kategori}": True,
            f"mendesak-{need.kategori}": need.mendesak,
            f"uraian-{need.kategori}": need.uraian,
        }
    return {**values, "versi": isian.versi}


def instruments_for(asesmen: Asesmen):
    """Instruments that fit the client's age group: an adult's bands are never offered for a child."""
    used = SkorAsesmen.objects.filter(bapas=asesmen.bapas_id, asesmen=asesmen).values("instrumen")
    rows = Instrumen.objects.filter(untuk=asesmen.untuk)
    return rows.filter(Q(aktif=True) | Q(pk__in=used)).prefetch_related("faktor__pita")


class ScoreForm(PortalForm):
    """Scores of one instrument, a box per factor. Answers to its items are not asked for."""

    marks_optional = False

    def __init__(self, data=None, *, instrumen: Instrumen, scores: list[SkorAsesmen]):
        self.factors: list[FaktorInstrumen] = list(instrumen.faktor.all())
        super().__init__(data, initial={f"skor-{score.faktor_id}": score.skor for score in scores})
        for factor in self.factors:
            sentence = f"{factor.nama}: isi angka 0 sampai {factor.skor_maks}."
            self.fields[f"skor-{factor.pk}"] = forms.IntegerField(
                label=factor.nama, required=False, min_value=0, max_value=factor.skor_maks,
                help_text=f"0 sampai {factor.skor_maks}",
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
                widget=forms.TextInput(NUMBER),
            )  # fmt: skip

    def scores(self) -> dict[FaktorInstrumen, int | None]:
        return {factor: self.cleaned_data[f"skor-{factor.pk}"] for factor in self.factors}


class FinishForm(PortalForm):
    """The date of the assessment, and whether it was read aloud to the client."""

    tanggal = forms.DateField(label="Tanggal asesmen")
    dibacakan = forms.BooleanField(label="Sudah dibacakan kepada klien", required=False)

    def __init__(self, data=None, *, asesmen: Asesmen, today, **kwargs):
        super().__init__(data, initial={"tanggal": today}, **kwargs)
        self.asesmen, self.today = asesmen, today

    def clean_tanggal(self):
        day = self.cleaned_data["tanggal"]
        if day > self.today:
            raise ValidationError(f"Tanggal asesmen tidak boleh setelah hari ini, {tanggal(self.today)}.")
        if day < self.asesmen.klien.diregistrasi:
            registered = tanggal(self.asesmen.klien.diregistrasi)
            raise ValidationError(f"Tanggal asesmen tidak boleh sebelum klien diregistrasi, {registered}.")
        return day


class ReasonForm(PortalForm):
    """The reason for dropping a draft or deleting a score."""

    alasan = forms.CharField(label="Alasan", max_length=200)
