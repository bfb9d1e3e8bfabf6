"""What the Beranda says about activities: fill in attendance, write down the result."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from apps.akun.roles import may
from apps.akun.worklist import SHOWN, TaskGroup, TaskRow
from apps.kegiatan.models import Kegiatan, Tab


def groups(user) -> list[TaskGroup]:
    """For those who hold activities. Officers get those of the office itself; a Pokmas looks after its own."""
    if not may(user, "kegiatan.buat"):
        return []
    rows = Kegiatan.objects.visible_to(user)
    if not user.scope.mitra:
        rows = rows.filter(mitra=None)
    return [_today(rows, user), _unfinished(rows)]


def _today(rows, user) -> TaskGroup:
    zone = ZoneInfo(user.penugasan.zona_waktu)
    morning = dt.datetime.combine(timezone.now().astimezone(zone).date(), dt.time.min, zone)
    rows = rows.filter(status=Kegiatan.Status.RENCANA, mulai__gte=morning, mulai__lt=morning + dt.timedelta(days=1))
    return _group("Kegiatan hari ini", "Tidak ada kegiatan hari ini.", rows.filter(Tab.DATANG.rule()), Tab.DATANG)


def _unfinished(rows) -> TaskGroup:
    return _group(
        "Kegiatan selesai yang belum ditutup", "Semua kegiatan sudah ditutup.", rows.filter(Tab.TUTUP.rule()), Tab.TUTUP
    )


def _group(title, empty, rows, tab) -> TaskGroup:
    shown = list(rows.for_list().order_by("mulai", "pk")[:SHOWN])
    return TaskGroup(
        title=title,
        empty=empty,
        rows=[_row(kegiatan) for kegiatan in shown],
        total=len(shown) if len(shown) < SHOWN else rows.count(),
        all_url=f"{reverse('kegiatan:list')}?tab={tab.value}",
    )


def _row(kegiatan) -> TaskRow:
    """Attendance first; when some of it is there, the result is what is missing."""
    unset = kegiatan.peserta == kegiatan.belum
    name, action = ("attendance", "Isi daftar hadir") if unset else ("close", "Tutup kegiatan")
    return TaskRow(
        what=kegiatan.judul,
        about=f"{kegiatan.jam}, {kegiatan.tempat}",
        due=kegiatan.hari,
        url=reverse(f"kegiatan:{name}", args=[kegiatan.pk]),
        action=action,
        note=f"{kegiatan.peserta} peserta",
    )
