"""Rows of the Beranda about Pokmas: agreements that end."""

from django.urls import reverse

from apps.akun.roles import may
from apps.dasar.worklist import TaskGroup, TaskRow, first_rows, group_of
from apps.pokmas.models import Pokmas, warned_until


def groups(user) -> list[TaskGroup]:
    """For the coordinator and for the office that maintains the data."""
    if not may(user, "pokmas.kelola"):
        return []
    return [
        group_of(
            "PKS akan berakhir",
            _ending(user, last=warned_until()), _row, reverse("pokmas:list") + "?pks=habis",
        )
    ]  # fmt: skip


@first_rows
def _ending(user, last):
    return Pokmas.objects.visible_to(user).ending(last).select_related("mitra").order_by("pks_selesai", "pk")


def _row(pokmas) -> TaskRow:
    return TaskRow(
        what="PKS berakhir" if pokmas.sisa_pks >= 0 else "PKS sudah berakhir",
        about=str(pokmas),
        due=pokmas.pks_selesai,
        url=reverse("pokmas:detail", args=[pokmas.pk]),
        action="Buka Pokmas",
    )
