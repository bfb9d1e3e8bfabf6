"""Rows of the Beranda about Pokmas: agreements that end."""

from django.urls import reverse

from apps.akun.roles import may
from apps.dasar.worklist import SHOWN, TaskGroup, TaskRow
from apps.pokmas.models import Pokmas


def groups(user) -> list[TaskGroup]:
    """For the coordinator and for the office that maintains the data."""
    if not may(user, "pokmas.kelola"):
        return []
    ending = Pokmas.objects.visible_to(user).ending()
    rows = list(ending.select_related("mitra").order_by("pks_selesai", "pk")[:SHOWN])
    return [
        TaskGroup(
            title="PKS akan berakhir",
            empty="Tidak ada perjanjian kerja sama (PKS) yang berakhir dalam 90 hari.",
            rows=[_row(pokmas) for pokmas in rows],
            total=len(rows) if len(rows) < SHOWN else ending.count(),
            all_url=reverse("pokmas:list") + "?pks=habis",
        )
    ]


def _row(pokmas) -> TaskRow:
    return TaskRow(
        what="PKS berakhir" if pokmas.sisa_pks >= 0 else "PKS sudah berakhir",
        about=str(pokmas),
        due=pokmas.pks_selesai,
        url=reverse("pokmas:detail", args=[pokmas.pk]),
        action="Buka Pokmas",
    )
