"""Rows of the Beranda: the officer's own inquiries that are due."""

from datetime import timedelta

from django.urls import reverse

from apps.akun.roles import Peran, may
from apps.dasar.worklist import TaskGroup, TaskRow, Urgency, first_rows, group_of
from apps.litmas.models import Litmas
from apps.wilayah.days import today

AHEAD = timedelta(days=7)


def groups(user) -> list[TaskGroup]:
    """For Pembimbing Kemasyarakatan: inquiries overdue or due within a week."""
    if user.penugasan.peran != Peran.PK or not may(user, "litmas.catat"):
        return []
    title = "Litmas jatuh tempo"
    rows = _due(user, until=today(user) + AHEAD)
    return [group_of(title, rows, _row, reverse("litmas:litmas_list"), Urgency.WEEK)]


@first_rows
def _due(user, until):
    rows = Litmas.objects.visible_to(user).open().filter(pk_pelaksana=user.pk, tenggat__lte=until)
    return rows.select_related("jenis").order_by("tenggat", "pk")


def _row(litmas) -> TaskRow:
    url = reverse("litmas:litmas_edit", args=[litmas.pk])
    return TaskRow(litmas.jenis.nama, f"{litmas.inisial} · {litmas.peminta}", url, "Selesaikan", due=litmas.tenggat)
