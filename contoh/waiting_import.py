"""A sample import that waits for a decision: guidance of some clients, one row twice, two rows with mistakes."""

from datetime import date, timedelta

from apps.akun.models import Pengguna
from apps.impor import services, working
from apps.impor.models import Impor, Jenis
from apps.klien.models import Klien
from apps.wilayah.models import Bapas
from contoh.offices import Office

CLIENTS = 6
HEADS = ("Kode klien", "Tgl", "Cara", "Hadir", "Hasil")


def add_import(office: Office, today: date) -> None:
    """Store the import and check it at once, so that the demonstration needs no worker for it."""
    if office.shown is None or office.staff is None:
        return
    operator = Pengguna.objects.get(pk=office.staff.operator)
    impor, _ = services.upload(
        by=operator, bapas=Bapas.objects.get(pk=office.id), jenis=Jenis.BIMBINGAN, name="bimbingan lama.csv",
        body=_file(office, today),
    )  # fmt: skip
    Impor.objects.filter(bapas=office.id, pk=impor.pk).update(status=Impor.Status.PERIKSA)
    working.work(office.id, impor.pk)


def _file(office: Office, today: date) -> bytes:
    clients = Klien.objects.filter(bapas=office.id).active().order_by("diregistrasi", "pk")[:CLIENTS]
    rows = [
        (client.kode, f"{client.diregistrasi + timedelta(days=3):%d-%m-%Y}", "Daring", "Ya", "Perkenalan lewat video.")
        for client in clients
    ]
    late = today + timedelta(days=40)
    rows += [rows[0], ("KL-2020-00000", rows[0][1], "", "", ""), (rows[1][0], f"{late:%d-%m-%Y}", "", "", "")]
    return "\r\n".join(";".join(row) for row in (HEADS, *rows)).encode()
