"""Forms of the report centre."""

from django import forms
from django.utils import timezone

from apps.akun.roles import may
from apps.dasar.forms import FilterForm, PortalForm
from apps.laporan.models import Laporan
from apps.laporan.rules import VERBS, may_request
from apps.wilayah.models import Bapas, Kanwil

NATION = "nasional"
YEARS_BACK, YEARS_AHEAD = 5, 1


def years() -> list[tuple[int, str]]:
    """Budget years, the coming one first: most reports are about it."""
    this = timezone.localdate().year
    return [(year, str(year)) for year in range(this + YEARS_AHEAD, this - YEARS_BACK, -1)]


class ReportForm(PortalForm):
    """Request of a report: unit (which gives the level), year, draft or final."""

    unit = forms.ChoiceField(label="Unit")
    tahun = forms.TypedChoiceField(label="Tahun anggaran", coerce=int, choices=years)
    final = forms.TypedChoiceField(
        label="Status dokumen",
        widget=forms.RadioSelect,
        coerce=lambda value: value == "final",
        choices=[("draf", "Draf – untuk dibaca dan diperbaiki"), ("final", "Final – angka dibekukan")],
        initial="draf",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices(user)
        self.fields["tahun"].initial = timezone.localdate().year

    def request(self) -> dict:
        """The arguments of `services.request_report`."""
        level, _, key = self.cleaned_data["unit"].partition("-")
        return {
            "bapas": Bapas.objects.get(pk=key) if level == "bapas" else None,
            "kanwil": Kanwil.objects.get(pk=key) if level == "kanwil" else None,
            "tahun": self.cleaned_data["tahun"],
            "final": self.cleaned_data["final"],
        }


class ReportFilter(FilterForm):
    tingkat = forms.ChoiceField(
        label="Tingkat", required=False, choices=[("", "Semua tingkat"), *Laporan.Tingkat.choices]
    )
    tahun = forms.TypedChoiceField(label="Tahun", required=False, coerce=int, empty_value=None)
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Semua"), *Laporan.Status.choices])
    pengesahan = forms.ChoiceField(
        label="Pengesahan",
        required=False,
        choices=[("", "Semua"), ("belum", "Final, belum disahkan"), ("sudah", "Disahkan")],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tahun"].choices = [("", "Semua"), *years()]

    def narrow(self, reports):
        """Rows of `reports` that match the filters."""
        rules = self.chosen
        if state := rules.pop("pengesahan", ""):
            ready = {"final": True, "status": Laporan.Status.SIAP}
            reports = reports.filter(**ready, pengesahan__isnull=state == "belum")
        return reports.filter(**rules)


class CodeForm(PortalForm):
    kode = forms.CharField(
        label="Kode verifikasi",
        max_length=20,
        help_text="12 huruf dan angka di lembar pengesahan, misalnya 7K3M-Q9TX-2F4A.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20", "spellcheck": "false"}),
    )


def unit_choices(user) -> list:
    """Units of the jurisdiction for which the role has the verb, the widest first."""
    choices: list = []
    if may(user, VERBS["nasional"]):
        choices.append((NATION, "Nasional"))
    kanwil = [unit for unit in Kanwil.objects.filter(aktif=True) if may_request(user, kanwil=unit)]
    if kanwil:
        choices.append(("Kanwil", [(f"kanwil-{unit.pk}", str(unit)) for unit in kanwil]))
    bapas = Bapas.objects.filter(aktif=True, pk__in=user.scope.bapas).order_by("nama")
    own = [(f"bapas-{unit.pk}", unit.nama) for unit in bapas]
    return choices + ([("Bapas", own)] if choices else own)
