"""Sample entries of the books (tables) of inquiries and accompaniment, ranks of officers, and two reports to send."""

import uuid
from datetime import date, timedelta

from apps.acuan.models import JenisLitmas
from apps.akun.models import Pengguna
from apps.harian.figures import collect
from apps.harian.models import LaporanKanwil
from apps.litmas.models import Litmas, Pendampingan
from apps.wilayah.models import Bapas
from contoh.offices import Office

REQUESTS, COMPANIONS = 14, 6
ASKERS = ("Polres", "Kejaksaan Negeri", "Pengadilan Negeri", "Lapas")
INITIALS = "ABDHMRSTW"


def add_books(office: Office, today: date) -> None:
    """In offices with log-ins: a few weeks of requests, half of them finished, and the officers' ranks."""
    if office.shown is None:
        return
    rng = office.rng("litmas")
    seat, officers = office.nama.removeprefix("Bapas "), office.staff.officers
    for officer in officers:
        Pengguna.objects.filter(pk=officer).update(jenjang=rng.choice(Pengguna.Jenjang.values))
    kinds = list(JenisLitmas.objects.filter(aktif=True))

    def shared() -> dict:
        return {
            "bapas_id": office.id, "inisial": f"{rng.choice(INITIALS)}.{rng.choice(INITIALS)}.",
            "pk_pelaksana_id": rng.choice(officers), "dicatat_oleh_id": office.staff.operator,
            "kunci": uuid.UUID(int=rng.getrandbits(128)),
        }  # fmt: skip

    for number in range(1, REQUESTS + 1):
        kind, age = rng.choice(kinds), rng.choice(["dewasa", "dewasa", "anak"])
        asked = today - timedelta(days=rng.randint(0, 40))
        done = min(asked + timedelta(days=rng.randint(1, 12)), today) if rng.random() < 0.5 else None
        Litmas.objects.create(
            **shared(), jenis=kind, untuk=age if kind.untuk == "semua" else kind.untuk,
            peminta=f"{rng.choice(ASKERS)} {seat}", nomor_surat=f"B/{number}/{asked:%m}/{asked.year}", diminta=asked,
            tenggat=asked + timedelta(days=kind.batas_hari), selesai=done, rekomendasi="disetujui" if done else "",
        )  # fmt: skip
    for _ in range(COMPANIONS):
        stage = rng.choice(Pendampingan.Tahap.values)
        Pendampingan.objects.create(
            **shared(), untuk="anak", tahap=stage, tanggal=today - timedelta(days=rng.randint(0, 30)),
            instansi=f"Polres {seat}", hasil="berhasil" if stage in Pendampingan.DIVERSI else "berjalan",
        )  # fmt: skip


def send_reports(office: Office, today: date) -> None:
    """In offices with log-ins: send yesterday's report and that of the last month. What they count stands by then."""
    if office.shown is None:
        return
    bapas = Bapas.objects.get(pk=office.id)
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    for jenis, day in (("harian", today - timedelta(days=1)), ("bulanan", month)):
        LaporanKanwil.objects.create(
            bapas=bapas, jenis=jenis, tanggal=day, angka=collect(bapas, jenis, day),
            dikirim_oleh_id=office.staff.operator, catatan="Pelayanan berjalan seperti biasa.",
        )  # fmt: skip
