"""Activities on the Beranda: fill in attendance, record the result."""

from django.db.models import F
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse

from apps.akun.roles import may
from apps.dasar.worklist import SHOWN, TaskGroup, TaskRow, Urgency
from apps.kegiatan.models import Kegiatan, Tab
from apps.wilayah.days import office_day, today_in


def groups(user) -> list[TaskGroup]:
    """For those who hold activities. Officers get those of the office itself, a Pokmas gets its own."""
    if not may(user, "kegiatan.buat"):
        return []
    rows = Kegiatan.objects.visible_to(user)
    if not user.scope.mitra:
        rows = rows.filter(mitra=None)
    return [_today(rows), _unfinished(rows)]


def _today(rows) -> TaskGroup:
    """Today is that of each office: a partner may hold activities for offices of another zone."""
    rows = rows.filter(Tab.DATANG.rule(), LessThanOrEqual(office_day("mulai"), today_in(F("bapas__zona_waktu"))))
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
