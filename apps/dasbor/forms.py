"""Filters of the dashboards. They are part of the URL, so that a view can be bookmarked, printed and mailed."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.dateformat import format as date_format
from django.utils.http import urlencode
from django.utils.text import capfirst

from apps.acuan.models import KategoriKebutuhan
from apps.dasar.forms import FilterForm
from apps.dasbor.obstacles import Quarter, last_quarters
from apps.dasbor.region import METRICS
from apps.klien.figures import last_months


class QuarterFilter(FilterForm):
    triwulan = forms.ChoiceField(label="Triwulan")
    kanwil = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, today: date, newest: date | None = None, **kwargs):
        """`newest` is the first day of the newest released quarter: it is chosen unless somebody chooses."""
        super().__init__(*args, **kwargs)
        self.quarters = {quarter.key: quarter for quarter in last_quarters(today)}
        self.fields["triwulan"].choices = [(key, capfirst(str(quarter))) for key, quarter in self.quarters.items()]
        known = (key for key, quarter in self.quarters.items() if quarter.first == newest)
        unasked = next(known, next(iter(self.quarters)))
        if self.data.get("triwulan") not in self.quarters:  # the field says what the page shows
            data = QueryDict(mutable=True)
            data.update({**self.data, "triwulan": unasked})
            self.data = data

    @property
    def quarter(self) -> Quarter:
        return self.quarters[self.data["triwulan"]]


class DasborFilter(FilterForm):
    bulan = forms.ChoiceField(label="Bulan", required=False)
    ukuran = forms.ChoiceField(
        label="Warna peta", required=False, choices=[(key, metric.label) for key, metric in METRICS.items()]
    )
    kategori = forms.ModelChoiceField(
        KategoriKebutuhan.objects.filter(aktif=True), label="Jenis kebutuhan", required=False
    )

    def __init__(self, data, *, today: date):
        super().__init__(data or None)
        self.today = today
        months = last_months(today)[::-1]
        self.fields["bulan"].choices = [(f"{m:%Y-%m}", date_format(m, "F Y")) for m in months]
        self.fields["kategori"].empty_label = "Semua jenis kebutuhan"

    @property
    def month(self) -> date:
        """First day of the chosen month, or of the current one."""
        return date.fromisoformat(f"{self.chosen.get('bulan') or f'{self.today:%Y-%m}'}-01")

    @property
    def metric(self) -> str:
        """Key of what colours the map."""
        return self.chosen.get("ukuran") or "bimbingan"

    @property
    def category(self) -> KategoriKebutuhan | None:
        return self.chosen.get("kategori")

    @property
    def active(self) -> int:
        """How many filters differ from the default."""
        changed = (self.month != self.today.replace(day=1), self.metric != "bimbingan", self.category is not None)
        return sum(changed)

    def link(self, **changes: str) -> str:
        """The URL of the same view with some filters changed."""
        chosen = {name: self.data[name] for name in (*self.fields, "kanwil") if self.data.get(name)}
        return f"?{urlencode(chosen | changes)}"
