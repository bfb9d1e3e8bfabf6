"""Logged data of one Bapas → the numbers of its daily or monthly report. Only `collect` queries the database.

A number is `(n, year)`: the count on the day or within the period, and for events the count since 1 January. Counts of
a state (clients, staff) have no second number. Numbers are stored as they were sent, so keys never change their
meaning; a new number gets a new key.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeAlias

from django.db.models import Count, Q

from apps.acuan.calendar import month_end
from apps.akun.figures import officers_per_rank
from apps.akun.models import Pengguna
from apps.harian.models import LaporanKanwil
from apps.jejak.past import value_on
from apps.kegiatan.models import Kegiatan
from apps.kerja_sosial.figures import hours_worked, running_per_office
from apps.klien.figures import clients_at_work, clients_per_programme
from apps.klien.models import Klien, MasaBimbingan, Perkara, guided_on
from apps.litmas.models import Litmas, Pendampingan
from apps.pokmas.models import Pokmas
from apps.wilayah.days import office_day, today_at
from apps.wilayah.models import Bapas

Number: TypeAlias = tuple[int, int | None]
Figures: TypeAlias = dict[str, Number]

INTEGRATION = ("ASIMILASI", "PB", "CB", "CMB", "CMK")
"""Integration programmes in the order of the report (domain: integrasi)."""
RETURNED, TRAINING = "AKOT", "LATKERJA"
OTHER = "LAIN"


def period(jenis: str, day: date, today: date) -> tuple[date, date]:
    """First and last day that a report of `day` covers; the current month ends with `today`."""
    if jenis == LaporanKanwil.Jenis.HARIAN:
        return day, day
    return day.replace(day=1), min(month_end(day), today)


def collect(bapas: Bapas, jenis: str, day: date) -> Figures:
    """Every number of the report of `bapas`, counted from what is logged now."""
    since, until = period(jenis, day, today_at(bapas))
    found = dict(_staff(bapas, until))
    found |= _clients(bapas, until)
    found |= _programmes(bapas, until)
    found |= _inquiries(bapas, since, until)
    found |= _accompaniment(bapas, since, until)
    if jenis == LaporanKanwil.Jenis.BULANAN:
        found |= _month(bapas, since, until)
    return found


def _staff(bapas, day) -> Iterator[tuple[str, Number]]:
    """Guidance officers of that day by functional rank. A rank has no date: it is that of today."""
    ranks = officers_per_rank([bapas.pk], day=day)
    for rank in (*Pengguna.Jenjang.values, ""):
        yield f"pk.{rank or 'belum'}", (ranks.get(rank, 0), None)


def _clients(bapas, day) -> Figures:
    """Active clients, and how many of them were at school, at work or in certain cases, as the history tells."""
    active = Klien.objects.filter(bapas=bapas).as_of(day).order_by()
    groups = {
        (usia, sex): n for usia, sex, n in active.values_list("kategori_usia", "jenis_kelamin").annotate(Count("pk"))
    }
    cases = Perkara.objects.filter(guided_on(day, "klien"), bapas=bapas)
    cases = cases.annotate(saat=value_on(day, "klien_perkara", "golongan"))
    kinds = dict(cases.values_list("saat").annotate(Count("pk")).order_by())
    found = {
        f"klien.{usia}.{sex}": groups.get((usia, sex), 0) for usia in Klien.Usia.values for sex in Klien.Kelamin.values
    }
    found |= {
        "sekolah": active.annotate(saat=value_on(day, "klien_klien", "bersekolah")).filter(saat="true").count(),
        "bekerja": clients_at_work([bapas.pk], day=day).get(bapas.pk, 0),
        "terorisme": kinds.get(Perkara.Golongan.TERORISME, 0),
        "narkotika": kinds.get(Perkara.Golongan.NARKOTIKA, 0),
    }
    return {key: (n, None) for key, n in found.items()}


def _programmes(bapas, day) -> Figures:
    """Active clients by age group and legal ground; grounds that the report does not name count as "LAIN"."""
    named = (*INTEGRATION, RETURNED, TRAINING, OTHER)
    found = {f"program.{usia}.{kode}": 0 for usia in Klien.Usia.values for kode in named}
    for row in clients_per_programme([bapas.pk], day=day):
        found[f"program.{row.usia}.{row.kode if row.kode in named else OTHER}"] += row.clients
    return {key: (n, None) for key, n in found.items()}


def _inquiries(bapas, since, until) -> Figures:
    rows = Litmas.objects.filter(bapas=bapas).counted()
    found: Figures = {}
    for usia in Klien.Usia.values:
        own = rows.filter(untuk=usia)
        found[f"litmas.{usia}.minta"] = _over_time(own, "diminta", since, until)
        found[f"litmas.{usia}.selesai"] = _over_time(own, "selesai", since, until)
        waiting = own.filter(diminta__lte=until).filter(Q(selesai=None) | Q(selesai__gt=until))
        found[f"litmas.{usia}.sisa"] = (waiting.count(), None)
    return found


def _accompaniment(bapas, since, until) -> Figures:
    rows = Pendampingan.objects.filter(bapas=bapas).counted()
    found = {
        f"damping.{tahap}": _over_time(rows.filter(tahap=tahap), "tanggal", since, until)
        for tahap in Pendampingan.Tahap.values
    }
    returned = rows.filter(hasil=Pendampingan.Hasil.AKOT)
    return found | {"akot.hasil": _over_time(returned, "tanggal", since, until)}


def _month(bapas, since, until) -> Figures:
    """Numbers of the monthly report only: new and ended clients, community service, partners of the office."""
    held = Kegiatan.objects.filter(bapas=bapas, status=Kegiatan.Status.SELESAI)
    held = held.annotate(hari_setempat=office_day("mulai"))
    ending = until + timedelta(days=90)
    terms = MasaBimbingan.objects.filter(bapas=bapas).exclude(klien__status=Klien.Status.DIGABUNG)
    groups = Pokmas.objects.filter(bapas=bapas).as_of(until)
    hours, hours_of_year = (
        int(hours_worked([bapas.pk], since=first, until=until).get(bapas.pk, 0)) for first in (since, new_year(until))
    )
    return {
        "klien.baru": _over_time(Klien.objects.filter(bapas=bapas).persons(), "diregistrasi", since, until),
        "klien.hmb": _over_time(terms, "selesai", since, until),
        "kerjasosial.berjalan": (running_per_office([bapas.pk], day=until).get(bapas.pk, 0), None),
        "jam.kerjasosial": (hours, hours_of_year),
        "pokmas.aktif": (groups.count(), None),
        "pokmas.pks": (groups.filter(pks_selesai__gte=until).count(), None),
        "pokmas.pks_90": (groups.filter(pks_selesai__range=(until, ending)).count(), None),
        "kegiatan.terlaksana": _over_time(held, "hari_setempat", since, until),
    }


def new_year(day: date) -> date:
    return day.replace(month=1, day=1)


def _over_time(rows, column: str, since: date, until: date) -> Number:
    """(within the period, since 1 January)."""
    counts = rows.aggregate(
        n=Count("pk", filter=Q(**{f"{column}__gte": since, f"{column}__lte": until})),
        year=Count("pk", filter=Q(**{f"{column}__gte": new_year(until), f"{column}__lte": until})),
    )
    return counts["n"], counts["year"]
