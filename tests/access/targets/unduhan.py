"""Files of a person, asked for by the PK of an office; nobody else ever opens them."""

import io
import secrets

from django.utils import timezone

from apps.unduhan import files
from apps.unduhan.models import Unduhan


def a_file(place, status="siap", **facts):
    owner, kode = place.officer("pk"), secrets.token_hex(16)
    body = f"Kode;Nama\r\nKL-1;{place.canary}\r\n".encode()
    return Unduhan.objects.create(
        kode=kode, pengguna=owner, penugasan=owner.penugasan, judul=f"Klien {place.canary}", bentuk="csv",
        alamat="/klien/unduh/?format=csv", status=status, baris=1, galat=f"Sebab {place.canary}",
        berkas=files.store(files.new_name(kode), io.BytesIO(body)), nama_berkas="daftar-klien.csv", ukuran=len(body),
        selesai_pada=timezone.now(), **facts,
    )  # fmt: skip


def _one(status="siap"):
    return lambda place: ([a_file(place, status).pk], {}, {})


def _listed(place):
    a_file(place)
    return [], {}, {}


TARGETS = {
    "unduhan:mine": _listed,
    "unduhan:detail": _one(),
    "unduhan:download": _one(),
    "unduhan:retry": _one("gagal"),
    "unduhan:delete": _one(),
}
