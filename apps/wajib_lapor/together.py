"""Scheduling of many clients at once: the ticked clients, their days, and the plan for the check page."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice

from django.db.models import F
from django.http import QueryDict

from apps.acuan.calendar import LONGEST_CLOSURE, ONE_DAY, Calendar
from apps.dasar.ids import ids_of
from apps.klien.caseload import Caseload
from apps.klien.models import JadwalLapor, Klien
from apps.wajib_lapor.forms import BulkForm
from apps.wajib_lapor.services import MOST_CLIENTS


@dataclass(frozen=True)
class PlannedDay:
    """One day of the plan: its clients, the number of other clients on it, and why the office is closed (or "")."""

    date: date
    clients: list[Klien]
    others: int
    closed: str


def ticked(user, query: QueryDict) -> list[Klien]:
    """The ticked clients, or all of a filtered list (`?semua=1&…`): active ones of the office, most urgent first.

    At most one more than allowed, so that the caller notices too many.
    """
    rows = Klien.objects.visible_to(user).active().select_related("jadwal")
    if "semua" in query:
        rows = rows.filter(pk__in=Caseload(user, query).found().values("pk"))
    else:
        rows = rows.filter(pk__in=ids_of(query.getlist("klien")))
    return list(rows.order_by(F("jadwal__berikutnya").asc(nulls_first=True), "nama_urut", "pk")[: MOST_CLIENTS + 1])


def days_for(clients: list[Klien], form: BulkForm) -> dict[int, date]:
    """Client id → day, in the order of `clients`."""
    data = form.cleaned_data
    days = spread(data["tanggal"], len(clients), data["sebar"], keep_first=data["tetap"])
    return dict(zip((klien.pk for klien in clients), days, strict=True))


def spread(first: date, count: int, per_day: int | None, *, keep_first: bool) -> list[date]:
    """A day for each of `count` clients: `per_day` on each open day, or all on the first (None). Queries the holidays.

    `keep_first`: use the first day even when the office is closed.
    """
    per_day = per_day or count
    needed = -(-count // per_day)
    calendar = Calendar.between(first, first + 2 * needed * ONE_DAY + LONGEST_CLOSURE)
    days = [first] if keep_first else []
    start = first + ONE_DAY if keep_first else first
    days += islice(calendar.open_days(start), needed - len(days))
    return [days[number // per_day] for number in range(count)]


def plan(user, clients: list[Klien], days: dict[int, date]) -> list[PlannedDay]:
    """The days in order, with their clients and the number of others."""
    first, last = min(days.values()), max(days.values())
    others = JadwalLapor.objects.visible_to(user).filter(
        berikutnya__range=(first, last), klien__status=Klien.Status.AKTIF
    )
    expected = Counter(others.exclude(klien__in=days).values_list("berikutnya", flat=True))
    calendar = Calendar.between(first, last)
    return [
        PlannedDay(day, list(group), expected[day], calendar.closed_because(day))
        for day, group in groupby(clients, key=lambda klien: days[klien.pk])
    ]


def versions_seen(query: QueryDict) -> dict[int, int]:
    """Client id → version of its schedule on the check page."""
    pairs = (ids_of(value.split("-")) for value in query.getlist("terlihat"))
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def key_of(query: QueryDict) -> uuid.UUID:
    """The key that the check page sent; a new one when it is missing or broken."""
    try:
        return uuid.UUID(query.get("kunci", ""))
    except ValueError:
        return uuid.uuid4()
