"""Beranda of the Kanwil: which of its Bapas need attention today."""

from django.urls import reverse

from apps.akun.roles import Peran
from apps.dasar.worklist import TaskGroup, TaskRow, Urgency
from apps.dasbor.panels import contact_month
from apps.dasbor.region import attention, released
from apps.dasbor.units import bapas_of, whole
from apps.wilayah.days import today_at


def groups(user) -> list[TaskGroup]:
    if user.penugasan.peran != Peran.KANWIL:
        return []
    day = today_at(user.penugasan.kanwil)
    kanwil = user.penugasan.kanwil
    region = released(bapas_of(kanwil), whole(kanwil), month=day.replace(day=1), today=day)
    asks = attention(region, contact_month(region))
    rows = [
        TaskRow(ask.reason, ask.unit.name, reverse("dasbor:bapas_rinci", args=[ask.unit.id]), "Lihat rincian")
        for ask in asks
    ]
    return [
        TaskGroup(
            "Bapas perlu perhatian",
            rows,
            len(asks),
            reverse("dasbor:wilayah"),
            Urgency.OVERDUE,
        )
    ]
