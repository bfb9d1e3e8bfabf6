"""Clients whom a PK takes along on the phone for work without signal: who is offered, in which order, and how a name
is shortened. What a lost phone may show: docs/keputusan/0047."""

import re
from dataclasses import dataclass
from datetime import date, time

from django.utils.dateformat import format as date_format

from apps.dasar.entries import call_name
from apps.klien.models import Klien

AHEAD = 6
"""Meetings of this many days after today are offered before all other clients."""
MOST_NAMES = 30
"""How many names a phone may hold, people on attendance lists included."""
TODAY, LATE, SOON, OTHERS = "Hari ini", "Terlewat", "Enam hari berikutnya", "Klien lain"
GROUPS = (TODAY, LATE, SOON, OTHERS)
"""The order of the day."""


@dataclass(frozen=True)
class FieldName:
    """One client as the phone may show it; `group` is one of `GROUPS`."""

    klien: Klien
    group: str

    @property
    def name(self) -> str:
        return short_name(self.klien)

    @property
    def when(self) -> str:
        """ "1 Desember, 09.00", or the day alone; "" without a meeting."""
        plan = self.klien.jadwal
        hour = f", {plan.jam:%H.%M}" if plan.janji_berlaku and plan.jam else ""
        return f"{date_format(plan.berikutnya, 'j F')}{hour}" if plan.berikutnya else ""


def short_name(klien: Klien) -> str:
    """ "Haris P.": the call name, and the initial of the last other word of the name, degrees left out."""
    called = klien.panggilan or call_name(klien.nama)
    words = re.findall(r"[^\W\d_]+", klien.nama.split(",")[0])
    others = [word for word in words if word.casefold() not in called.casefold().split()]
    return f"{called} {others[-1][0].upper()}." if others else called


def caseload(user, day: date) -> list[FieldName]:
    """All active clients of `user`, and of those for whom he stands in: those of the day by hour, then by date, the
    rest by village and name."""
    rows = Klien.objects.visible_to(user).active().of_officer(user).select_related("jadwal")
    names = [FieldName(klien, _group(klien.jadwal.berikutnya, day)) for klien in rows]
    return sorted(names, key=_order)


def _group(due: date | None, day: date) -> str:
    if due is None:
        return OTHERS
    if due == day:
        return TODAY
    if due < day:
        return LATE
    return SOON if (due - day).days <= AHEAD else OTHERS


def _order(one: FieldName) -> tuple:
    klien, plan = one.klien, one.klien.jadwal
    dated = one.group != OTHERS
    hour = plan.jam if plan.janji_berlaku and plan.jam else time.max
    return (
        GROUPS.index(one.group), plan.berikutnya if dated else date.max, hour if dated else time.max,
        klien.kelurahan.casefold(), klien.nama.casefold(), klien.pk,
    )  # fmt: skip
