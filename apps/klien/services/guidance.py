"""The guidance log. Rows are only added; the reporting schedule is worked out from the rows that stand."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.klien.calendar import open_day
from apps.klien.models import CatatanBimbingan, JadwalLapor, Kebutuhan, Klien
from apps.klien.services.needs import add_need
from apps.wilayah.errors import Refused

UNDO_MINUTES = 10

joined = transaction.atomic(savepoint=False)
"""A request is one transaction already; a savepoint would only cost two more round trips."""


@joined
def log_guidance(
    *, catatan: CatatanBimbingan, jadwal: JadwalLapor, by, kebutuhan: Kebutuhan | None = None
) -> tuple[CatatanBimbingan, bool]:
    """Store one contact; a key that is known gives the first record and False. `jadwal` comes locked."""
    if jadwal.klien.status != Klien.Status.AKTIF:
        raise Refused(
            f"Klien ini berstatus {jadwal.klien.get_status_display().lower()}. Bimbingan tidak dapat dicatat."
        )
    _complete(catatan, jadwal, by)
    if not CatatanBimbingan.objects.insert_once(catatan):
        return _first(catatan), False
    if kebutuhan:
        add_need(kebutuhan=kebutuhan, klien=jadwal.klien, by=by)
    refresh(jadwal)
    return catatan, True


@joined
def correct(
    *, original: CatatanBimbingan, catatan: CatatanBimbingan, jadwal: JadwalLapor, by
) -> tuple[CatatanBimbingan, bool]:
    """Put `catatan` in the place of `original`, which stays readable."""
    if original.dibatalkan:
        raise Refused("Catatan ini sudah dibatalkan.")
    catatan.koreksi_dari = original
    _complete(catatan, jadwal, by)
    if not CatatanBimbingan.objects.insert_once(catatan):
        return _first(catatan), False
    refresh(jadwal)
    return catatan, True


@joined
def withdraw(*, original: CatatanBimbingan, jadwal: JadwalLapor, by, alasan: str) -> CatatanBimbingan:
    """Say that `original` should not have been written. Nothing is deleted."""
    catatan = CatatanBimbingan(
        tanggal=original.tanggal, cara=original.cara, bidang=original.bidang, hadir=original.hadir,
        alasan=original.alasan, berikutnya=original.berikutnya, alasan_koreksi=alasan, dibatalkan=True,
    )  # fmt: skip
    return correct(original=original, catatan=catatan, jadwal=jadwal, by=by)[0]


def undo(*, original: CatatanBimbingan, jadwal: JadwalLapor, by) -> CatatanBimbingan:
    """Withdraw one's own record right after saving it."""
    if not may_undo(original, by):
        raise Refused(f"Catatan hanya dapat diurungkan dalam {UNDO_MINUTES} menit. Gunakan “Perbaiki” dengan alasan.")
    return withdraw(original=original, jadwal=jadwal, by=by, alasan="Diurungkan pencatat")


def may_undo(catatan: CatatanBimbingan, user) -> bool:
    age = timezone.now() - catatan.diterima_pada
    return catatan.pk_pencatat_id == user.pk and age <= timedelta(minutes=UNDO_MINUTES)


def refresh(jadwal: JadwalLapor) -> None:
    """Work the schedule out again from the records that stand. The caller holds the lock on `jadwal`."""
    of_client = CatatanBimbingan.objects.filter(bapas=OuterRef("bapas"), klien=OuterRef("klien")).standing()
    met = of_client.filter(hadir=True)
    newest = of_client.order_by("-tanggal", "-pk")
    met_since = met.filter(tanggal__gte=OuterRef("tanggal"))
    absences = of_client.filter(~Exists(met_since), hadir=False).order_by().values("klien").annotate(n=Count("*"))
    JadwalLapor.objects.filter(pk=jadwal.pk, bapas=jadwal.bapas_id).update(
        terakhir=Subquery(met.order_by("-tanggal").values("tanggal")[:1]),
        berikutnya=Coalesce(Subquery(newest.values("berikutnya")[:1]), F("pertama")),
        absen_beruntun=Coalesce(Subquery(absences.values("n")), 0),
    )


def _complete(catatan: CatatanBimbingan, jadwal: JadwalLapor, by) -> None:
    catatan.klien_id, catatan.bapas_id, catatan.pk_pencatat = jadwal.klien_id, jadwal.bapas_id, by
    catatan.diterima_pada = timezone.now()
    if catatan.berikutnya is None:
        catatan.berikutnya = open_day(catatan.tanggal + timedelta(days=jadwal.frekuensi_hari))


def _first(again: CatatanBimbingan) -> CatatanBimbingan:
    """The record that was stored under the same key; a key may not stand for two different contacts."""
    first = CatatanBimbingan.objects.filter(bapas=again.bapas_id, kunci=again.kunci).first()
    if first is None:
        raise Refused("Catatan ini sudah diperbaiki.")
    same = ("klien_id", "pk_pencatat_id", "koreksi_dari_id", "tanggal", "hadir")
    if any(getattr(first, name) != getattr(again, name) for name in same):
        raise Refused("Formulir ini sudah dipakai untuk catatan lain. Buka formulir baru, lalu simpan lagi.")
    return first
