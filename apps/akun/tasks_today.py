"""Beranda of the admin: accounts that need attention."""

from django.urls import reverse

from apps.akun.forms import in_state
from apps.akun.models import ABSENT_AFTER, Pengguna
from apps.akun.roles import Peran
from apps.dasar.worklist import SHOWN, TaskGroup, TaskRow

LIST = "akun:pengguna"


def groups(user) -> list[TaskGroup]:
    if user.penugasan.peran != Peran.ADMIN:
        return []
    return [
        _group("diundang", "Undangan belum dipakai"),
        _group("lama", f"Tidak masuk {ABSENT_AFTER.days} hari"),
    ]


def _group(state: str, title: str) -> TaskGroup:
    found = Pengguna.objects.filter(in_state(state)).order_by("dibuat_pada")
    rows = [
        TaskRow(person.email, person.nama, reverse("akun:orang", args=[person.pk]), "Lihat akun")
        for person in found[:SHOWN]
    ]
    return TaskGroup(title, rows, found.count(), f"{reverse(LIST)}?keadaan={state}")
