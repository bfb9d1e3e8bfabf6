"""Guidance POST through the whole portal against what one would take instead: the add view of Django's admin."""

import uuid
from datetime import timedelta

from django.utils import timezone

from apps.akun.models import Pengguna
from bench.bimbingan_post import against
from bench.measure import Verdict

PASS, AIM = 2.0, 2.5


def run() -> Verdict:
    return against("bench.admin:application", "/klien/catatanbimbingan/add/", form, name="POST against admin",
                   passes=PASS, aim=AIM)  # fmt: skip


def form(officer: Pengguna, client: int, _key: uuid.UUID, note: str) -> dict:
    """What the admin's form of the same model sends; it makes the key itself."""
    now = timezone.localtime()
    return {
        "klien": client, "pk_pencatat": officer.pk, "tanggal": now.date(),
        "cara": "kantor", "bidang": "kepribadian", "hadir": "on", "topik": "pekerjaan", "catatan": note,
        "berikutnya": now.date() + timedelta(days=30), "dibuat_pada_0": now.date(), "dibuat_pada_1": f"{now:%H:%M:%S}",
    }  # fmt: skip
