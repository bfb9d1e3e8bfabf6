"""Imports on the Beranda: those that wait for somebody."""

from django.urls import reverse

from apps.akun.roles import may
from apps.dasar.worklist import TaskGroup, TaskRow
from apps.impor.models import Impor

ACTIONS = {Impor.Status.UNGGAH: "Cocokkan", Impor.Status.SIAP: "Periksa", Impor.Status.GAGAL: "Buka"}


def groups(user) -> list[TaskGroup]:
    """No group for an office without an open import."""
    if not may(user, "klien.impor"):
        return []
    found = list(Impor.objects.visible_to(user).filter(status__in=ACTIONS).for_list())
    if not found:
        return []
    return [TaskGroup("Impor", [_row(impor) for impor in found], len(found), reverse("impor:list"))]


def _row(impor: Impor) -> TaskRow:
    return TaskRow(
        what=f"Impor {impor.get_jenis_display().lower()}", about=impor.nama_berkas, note=impor.get_status_display(),
        url=reverse("impor:detail", args=[impor.pk]), action=ACTIONS[Impor.Status(impor.status)],
    )  # fmt: skip
