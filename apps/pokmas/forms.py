"""Forms about Pokmas."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from apps.dasar.entries import telephone
from apps.dasar.forms import FilterForm, PortalForm, PortalModelForm
from apps.dasar.ids import id_of
from apps.jejak.compare import VersionedForm
from apps.pokmas import services
from apps.pokmas.models import WARN_DAYS, Anggota, Pokmas
from apps.wilayah.models import Bapas, KabKota, Mitra

ANY = [("", "Semua")]
NEW = "baru"


class DirectoryFilter(FilterForm):
    """Filters above the directory."""

    q = forms.CharField(label="Nama Pokmas", max_length=60, widget=forms.TextInput(attrs={"type": "search"}))
    bidang = forms.ChoiceField(label="Bidang", choices=[*ANY, *Pokmas.Bidang.choices])
    status = forms.ChoiceField(label="Status", choices=[*ANY, *Pokmas.Status.choices])
    bapas = forms.ModelChoiceField(label="Bapas", queryset=Bapas.objects.none(), empty_label="Semua")
    pks = forms.ChoiceField(
        label="Perjanjian kerja sama (PKS)", choices=[*ANY, ("habis", f"Berakhir dalam {WARN_DAYS[0]} hari")]
    )

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        if len(offices) > 1:
            self.fields["bapas"].queryset = Bapas.objects.filter(pk__in=offices)
            self.fields["bapas"].empty_label = "Semua"
        else:
            del self.fields["bapas"]

    def narrow(self, rows):
        chosen = self.chosen
        if "q" in chosen:
            rows = rows.filter(mitra__nama__icontains=chosen["q"])
        if "bidang" in chosen:
            rows = rows.filter(bidang__contains=[chosen["bidang"]])
        for name in ("status", "bapas"):
            if name in chosen:
                rows = rows.filter(**{name: chosen[name]})
        return rows.ending() if "pks" in chosen else rows


class _PokmasForm(VersionedForm):
    """Data of the group. Name, place and contact are columns of its identity (Mitra)."""

    IDENTITY = ("nama", "kabkota", "kontak")
    kontak = forms.CharField(
        label="Kontak lembaga", max_length=120, required=False, help_text="Telepon atau surel lembaga, bukan pribadi."
    )

    class Meta:
        model = Pokmas
        fields = ["bidang", "alamat"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in self.IDENTITY:
                self.initial[name] = getattr(self.instance.mitra, name)
        self.fields["bidang"] = forms.MultipleChoiceField(
            label="Bidang layanan", choices=Pokmas.Bidang,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "p-kartu-grup--lebar"}),
            error_messages={"required": "Pilih paling sedikit satu bidang."},
        )  # fmt: skip

    @property
    def identity(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.IDENTITY if name in self.cleaned_data}

    @property
    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class OwnPokmasForm(_PokmasForm):
    """Fields that the coordinator maintains; name, agreement and decree stay with the office."""

    field_order = ["kontak", "alamat", "bidang"]


class PokmasForm(_PokmasForm):
    """Fields that the office maintains, without the decree: only the head of the office writes it."""

    nama = forms.CharField(label="Nama Pokmas", max_length=150)
    kabkota = forms.ModelChoiceField(label="Kabupaten/kota", queryset=KabKota.objects.none())
    field_order = ["nama", "bentuk", "bidang", "kabkota", "alamat", "kontak", "pks_nomor", "pks_mulai", "pks_selesai"]

    class Meta(_PokmasForm.Meta):
        fields = ["bentuk", "bidang", "alamat", "pks_nomor", "pks_mulai", "pks_selesai"]
        widgets = {
            "bentuk": forms.RadioSelect,
            "pks_mulai": forms.DateInput,
            "pks_selesai": forms.DateInput,
        }
        labels = {"pks_nomor": "Nomor perjanjian kerja sama (PKS)"}

    def __init__(self, *args, bapas, **kwargs):
        super().__init__(*args, **kwargs)
        region = Q(provinsi__kanwil=bapas.kanwil_id, aktif=True)
        self.fields["kabkota"].queryset = KabKota.objects.filter(region | Q(pk=bapas.kota_id))


class NewPokmasForm(PokmasForm):
    """Registration. It asks about a group of a similar name before it makes a second identity for it."""

    identitas = forms.ChoiceField(label="Apakah sama dengan mitra ini?", required=False, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        alike = services.namesakes(self.data["nama"]) if self.data.get("nama") else []
        self.fields["identitas"].choices = [*((str(m.pk), f"{m.nama}, {m.get_jenis_display()}") for m in alike)]
        if alike:
            self.fields["identitas"].choices += [(NEW, "Bukan, ini kelompok baru")]
            self.order_fields(["identitas", *self.field_order])
        else:
            del self.fields["identitas"]

    def clean(self):
        cleaned = super().clean()
        if "identitas" in self.fields and not cleaned.get("identitas") and "identitas" not in self.errors:
            self.add_error("identitas", "Nama ini mirip dengan mitra yang ada. Pilih yang sama, atau kelompok baru.")
        return cleaned

    @property
    def mitra(self) -> Mitra | None:
        """The existing identity that the user chose, or None."""
        chosen = id_of(self.cleaned_data.get("identitas"))
        return Mitra.objects.get(pk=chosen) if chosen else None


class AppointForm(PortalForm):
    """The decree (SK) of the head of the office."""

    sk_nomor = forms.CharField(label="Nomor SK", max_length=80)
    sk_tanggal = forms.DateField(label="Tanggal SK", widget=forms.DateInput)

    def clean_sk_tanggal(self):
        date = self.cleaned_data["sk_tanggal"]
        if date > timezone.localdate():
            raise forms.ValidationError("Tanggal SK tidak boleh setelah hari ini.")
        return date


class DismissForm(PortalForm):
    alasan = forms.CharField(label="Alasan", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class AnggotaForm(PortalModelForm):
    class Meta:
        model = Anggota
        fields = ["nama", "jabatan", "keahlian", "telepon"]
        widgets = {"telepon": forms.TextInput(attrs={"inputmode": "tel", "class": "govuk-input--width-20"})}
        help_texts = {"jabatan": "Misalnya ketua, sekretaris, atau pelatih."}

    def clean_telepon(self):
        try:
            return self.cleaned_data["telepon"].strip() and telephone(self.cleaned_data["telepon"])
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem


class ExistingAnggotaForm(AnggotaForm):
    class Meta(AnggotaForm.Meta):
        fields = [*AnggotaForm.Meta.fields, "aktif"]
        help_texts = {**AnggotaForm.Meta.help_texts, "aktif": "Hapus centang bila orang ini bukan anggota lagi."}
