"""Rows of the Beranda: finals that wait for the user's approval, and the user's recent reports, ready or failed."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from apps.akun.roles import Peran, may
from apps.dasar.prepared import prepared
from apps.dasar.worklist import TaskGroup, TaskRow, Urgency, first_rows, group_of
from apps.laporan.approval import VERB
from apps.laporan.models import Laporan

DAYS, NEWEST = 14, 21
"""Reports of these days are announced, at most so many."""
SERVED = (Peran.PERENCANA, Peran.KABAPAS, Peran.KANWIL, Peran.DITJENPAS)


def groups(user) -> list[TaskGroup]:
    if user.penugasan.peran not in SERVED:
        return []
    mine = _own(user, since=timezone.now() - timedelta(days=DAYS))
    return [
        *([_awaiting(user)] if may(user, VERB) else []),
        _group(mine, (Laporan.Status.SIAP,), "Laporan siap unduh", "Unduh"),
        _group(
            mine,
            (*Laporan.RUNNING, Laporan.Status.GAGAL),
            "Laporan sedang dibuat atau belum jadi",
            "Lihat",
            Urgency.WAITING,
        ),
    ]


@prepared
def _own(user, since):
    """The newest reports that the user asked for since a moment."""
    rows = Laporan.objects.visible_to(user).filter(diminta_oleh=user.pk, diminta_pada__gte=since)
    return rows.for_list()[:NEWEST]


@first_rows
def _first_awaiting(user):
    return Laporan.objects.awaiting(user.penugasan).for_list()


def _awaiting(user) -> TaskGroup:
    duty = user.penugasan
    level = "bapas" if duty.bapas_id else "kanwil" if duty.kanwil_id else "nasional"
    return group_of(
        "Laporan final menunggu pengesahan",
        _first_awaiting(user), _approvable,
        all_url=f"{reverse('laporan:list')}?pengesahan=belum&tingkat={level}", urgency=Urgency.DECIDE,
    )  # fmt: skip


def _approvable(laporan: Laporan) -> TaskRow:
    return TaskRow(
        what=f"Final, versi {laporan.versi}", about=f"Program dan anggaran {laporan.tahun}, {laporan.unit_nama}",
        url=reverse("laporan:detail", args=[laporan.pk]), action="Periksa",
        due=timezone.localdate(laporan.selesai_pada),
    )  # fmt: skip


def _group(mine, statuses, title, action, urgency=Urgency.WEEK) -> TaskGroup:
    found = [laporan for laporan in mine if laporan.status in statuses]
    rows = [
        TaskRow(
            laporan.get_status_display(),
            f"Program dan anggaran {laporan.tahun}, {laporan.unit_nama}",
            reverse("laporan:detail", args=[laporan.pk]),
            action,
            due=timezone.localdate(laporan.selesai_pada or laporan.diminta_pada),
        )
        for laporan in found
    ]
    return TaskGroup(title, rows, len(found), reverse("laporan:list"), urgency)
