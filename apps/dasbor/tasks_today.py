"""Beranda of the Kanwil: which of its Bapas need attention today."""

from django.urls import reverse
from django.utils.dateformat import format as date_format

from apps.akun.roles import Peran
from apps.dasar.worklist import SHOWN, TaskGroup, TaskRow, Urgency
from apps.dasbor.region import attention, collect
from apps.dasbor.units import bapas_of
from apps.wilayah.days import today_at


def groups(user) -> list[TaskGroup]:
    if user.penugasan.peran != Peran.KANWIL:
        return []
    day = today_at(user.penugasan.kanwil)
    region = collect(bapas_of(user.penugasan.kanwil), month=day.replace(day=1), today=day).shown()
    asks = attention(region, date_format(day, "F Y"))
    rows = [
        TaskRow(ask.reason, ask.unit.name, reverse("dasbor:bapas_rinci", args=[ask.unit.id]), "Lihat rincian")
        for ask in asks[:SHOWN]
    ]
    return [
        TaskGroup(
            "Bapas perlu perhatian",
            "Tidak ada Bapas yang perlu perhatian khusus bulan ini.",
            rows,
            len(asks),
            reverse("dasbor:wilayah"),
            Urgency.OVERDUE,
        )
    ]
