"""Forms: the closing note of a report, and the day or month that a region chooses."""

from datetime import timedelta

from django import forms

from apps.dasar.forms import FilterForm, PortalForm
from apps.harian.models import LaporanKanwil


class SendForm(PortalForm):
    """Section XIII, the closing note."""

    catatan = forms.CharField(
        label="XIII. Penutup", required=False, max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="Hal yang perlu diketahui Kanwil. Jangan tulis nama, NIK, atau nomor perkara.",
    )  # fmt: skip
    versi = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class DayFilter(FilterForm):
    jenis = forms.ChoiceField(label="Laporan", choices=LaporanKanwil.Jenis.choices)
    tanggal = forms.DateField(label="Tanggal", widget=forms.DateInput)

    def __init__(self, data, *, today):
        super().__init__(data or {"jenis": LaporanKanwil.Jenis.HARIAN, "tanggal": f"{today:%Y-%m-%d}"})
        self.today = today

    def wanted(self):
        """(kind, day): by default today's daily report; never a future day."""
        chosen = self.chosen
        kind = chosen.get("jenis") or LaporanKanwil.Jenis.HARIAN
        day = min(chosen.get("tanggal") or self.today, self.today)
        return kind, day if kind == LaporanKanwil.Jenis.HARIAN else day.replace(day=1)


def recent(today, days: int = 14, months: int = 6):
    """(kind, day) of the reports in the list of an office: the last days, then the last months."""
    yield from ((LaporanKanwil.Jenis.HARIAN, today - timedelta(days=n)) for n in range(days))
    first = today.replace(day=1)
    for _ in range(months):
        yield LaporanKanwil.Jenis.BULANAN, first
        first = (first - timedelta(days=1)).replace(day=1)
