"""What the Beranda says about activities: fill in attendance, write down the result."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from apps.akun.roles import may
from apps.akun.worklist import SHOWN, TaskGroup, TaskRow, Urgency
from apps.kegiatan.models import Kegiatan, Tab


def groups(user) -> list[TaskGroup]:
    """For those who hold activities. Officers get those of the office itself; a Pokmas looks after its own."""
    if not may(user, "kegiatan.buat"):
        return []
    rows = Kegiatan.objects.visible_to(user)
    if not user.scope.mitra:
        rows = rows.filter(mitra=None)
    return [_today(rows), _unfinished(rows)]


def _today(rows) -> TaskGroup:
    """The day is that of the office of the next activity: a partner has no clock of its own."""
    upcoming = rows.filter(Tab.DATANG.rule())
    following = upcoming.select_related("bapas").order_by("mulai").first()
    zone = ZoneInfo(following.bapas.zona_waktu if following else settings.TIME_ZONE)
    tonight = dt.datetime.combine(timezone.now().astimezone(zone).date() + dt.timedelta(days=1), dt.time.min, zone)
    rows = upcoming.filter(mulai__lt=tonight)
    return _group("Kegiatan hari ini", "Tidak ada kegiatan hari ini.", rows, Tab.DATANG, Urgency.TODAY)


def _unfinished(rows) -> TaskGroup:
    return _group(
        "Kegiatan selesai yang belum ditutup", "Semua kegiatan sudah ditutup.", rows.filter(Tab.TUTUP.rule()),
        Tab.TUTUP, Urgency.OVERDUE,
    )  # fmt: skip


def _group(title, empty, rows, tab, urgency) -> TaskGroup:
    shown = list(rows.for_list().order_by("mulai", "pk")[:SHOWN])
    return TaskGroup(
        title=title,
        empty=empty,
        rows=[_row(kegiatan) for kegiatan in shown],
        total=len(shown) if len(shown) < SHOWN else rows.count(),
        all_url=f"{reverse('kegiatan:list')}?tab={tab.value}",
        urgency=urgency,
    )


def _row(kegiatan) -> TaskRow:
    """Attendance first; when some of it is there, the result is what is missing."""
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
