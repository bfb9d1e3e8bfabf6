"""Activities on the Beranda: fill in attendance, record the result."""

from django.db.models import F
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone

from apps.akun.roles import may
from apps.dasar.worklist import TaskGroup, TaskRow, Urgency, first_rows, group_of
from apps.kegiatan.models import Kegiatan, Tab
from apps.wilayah.days import office_day, today_in


def groups(user) -> list[TaskGroup]:
    """For those who hold activities. Officers get those of the office itself, a Pokmas gets its own."""
    if not may(user, "kegiatan.buat"):
        return []
    now = timezone.now()
    whose = "Kegiatan" if user.scope.mitra else "Kegiatan Bapas sendiri"
    return [
        group_of(f"{whose} hari ini", _today(user, now=now), _row, urgency=Urgency.TODAY),
        group_of(f"{whose} selesai yang belum ditutup", _unfinished(user, now=now), _row, urgency=Urgency.OVERDUE),
    ]


@first_rows
def _today(user, now):
    """Today is that of each office: a partner may hold activities for offices of another zone."""
    of_today = LessThanOrEqual(office_day("mulai"), today_in(F("bapas__zona_waktu"), now))
    return _held_by(user).filter(Tab.DATANG.rule(now), of_today).for_list().order_by("mulai", "pk")


@first_rows
def _unfinished(user, now):
    return _held_by(user).filter(Tab.TUTUP.rule(now)).for_list().order_by("mulai", "pk")


def _held_by(user):
    rows = Kegiatan.objects.visible_to(user)
    return rows if user.scope.mitra else rows.filter(mitra=None)


def _row(kegiatan) -> TaskRow:
    """Asks for attendance first; once some of it is recorded, for the result."""
    unset = kegiatan.peserta == kegiatan.belum
    name, action = ("attendance", "Isi daftar hadir") if unset else ("close", "Tutup kegiatan")
    return TaskRow(
        what=f"{kegiatan.peserta} peserta",
        about=kegiatan.judul,
        due=kegiatan.hari,
        url=reverse(f"kegiatan:{name}", args=[kegiatan.pk]),
        action=action,
        note=f"{kegiatan.jam}, {kegiatan.tempat}",
    )
