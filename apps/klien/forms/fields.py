"""Choices and fields that several forms of this room (app) share."""

from datetime import date, datetime

from django import forms
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from apps.acuan.models import JenisProgram, KategoriKebutuhan
from apps.akun.models import Pengguna
from apps.dasar.prepared import prepared
from apps.dasar.wording import tanggal
from apps.klien.models import JadwalLapor, Klien, officers
from apps.wilayah.models import KabKota

EVERYBODY = ("", "Semua")
"""The choice of a filter that does not narrow."""
UNKNOWN_OFFICER = "PK ini tidak bertugas dan tidak membimbing klien di kantor Anda. Pilih PK lain."


def of_model(model, name: str, **options):
    """The form field of one column, with its label, length and choices."""
    return model._meta.get_field(name).formfield(**options)


def too_far(day: date, today: date) -> str:
    """Why a meeting cannot be planned on `day`, or ""."""
    last = today + JadwalLapor.FURTHEST
    return f"Tanggal paling lambat {tanggal(last)}. Periksa tahunnya." if day > last else ""


def officers_and_former(bapas, now: datetime | None = None):
    """PKs of a filter: those who work at `bapas`, and those who left while active clients are still theirs."""
    theirs = Klien.objects.active().filter(bapas=bapas, pk_pembimbing=OuterRef("pk"))
    return Pengguna.objects.filter(Q(pk__in=officers(bapas, now).values("pk")) | Exists(theirs))


@prepared
def _officers(user, office, now):
    return officers_and_former(office, now).values_list("pk", "nama")


@prepared
def _programmes(user):
    return JenisProgram.objects.filter(aktif=True).values_list("pk", "nama")


@prepared
def _categories(user):
    return KategoriKebutuhan.objects.filter(aktif=True).values_list("pk", "nama")


def _offered(rows):
    """Choices of a filter from a statement; Django calls them when the filter is drawn."""
    return lambda: [EVERYBODY, *rows]


def offer_officers(form: forms.Form, bapas) -> None:
    """Fill the filter by officer of `bapas`; the queryset only checks a choice."""
    field = form.fields["pk"]
    field.error_messages["invalid_choice"] = UNKNOWN_OFFICER
    if form.data.get("pk"):
        field.queryset = officers_and_former(bapas)
    field.widget.choices = _offered(_officers.rows(office=bapas.pk, now=timezone.now()))


def offer_reference(form: forms.Form) -> None:
    """Fill the filters by legal ground and by need."""
    for name, found in (("program", _programmes), ("kebutuhan", _categories)):
        form.fields[name].widget.choices = _offered(found.rows())


def places(bapas) -> list:
    """Regencies and cities for a select, those of the office's area first."""
    own = bapas.wilayah_kerja.values("pk")
    near = Case(When(pk__in=own, then=Value(True)), default=Value(False))
    rows = KabKota.objects.filter(aktif=True).annotate(dekat=near).order_by("nama").values_list("pk", "nama", "dekat")
    groups = {"Wilayah kerja": True, "Kabupaten/kota lain": False}
    return [("", "Pilih…")] + [
        (title, [(pk, nama) for pk, nama, dekat in rows if dekat is wanted]) for title, wanted in groups.items()
    ]


def programmes() -> list:
    """Legal grounds for a select, grouped by the age group they apply to."""
    rows = list(JenisProgram.objects.filter(aktif=True))
    return [("", "Pilih…")] + [
        (group.label, [(row.pk, row.nama) for row in rows if row.untuk == group])
        for group in JenisProgram.Untuk
        if any(row.untuk == group for row in rows)
    ]


class RevealingRadios(forms.RadioSelect):
    """Radio buttons that can show further fields: `reveals={"tidak": "absen"}` (see `p-bila-…` in portal.css)."""

    def __init__(self, attrs=None, *, reveals: dict[str, str]):
        super().__init__(attrs)
        self.reveals = reveals

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.reveals:
            option["attrs"]["data-buka"] = self.reveals[value]
        return option
