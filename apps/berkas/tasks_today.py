"""Papers on the Beranda: those of this person that the virus scanner refused."""

from django.conf import settings
from django.urls import reverse

from apps.akun.roles import may
from apps.berkas.models import Dokumen
from apps.dasar.worklist import TaskGroup, TaskRow, Urgency, first_rows, group_of


def groups(user) -> list[TaskGroup]:
    """No group without a scanner, and none when it refused nothing."""
    rows = _refused(user) if settings.CLAMD_URL and may(user, "klien.tambah") else []
    title = "Dokumen yang ditolak pemindai virus"
    return [group_of(title, rows, _row, urgency=Urgency.TODAY)] if rows else []


@first_rows
def _refused(user):
    rows = Dokumen.objects.visible_to(user).not_struck().filter(pindai=Dokumen.Pindai.TOLAK, diunggah_oleh=user.pk)
    return rows.select_related("klien", "jenis").order_by("-pk")


def _row(paper: Dokumen) -> TaskRow:
    return TaskRow(
        what=f"{paper.jenis} ditolak: ada virus", about=paper.klien.kode, action="Lihat dokumen",
        url=reverse("berkas:list", args=[paper.klien_id]), note="Berkasnya dihapus. Coret, lalu unggah yang bersih.",
    )  # fmt: skip
