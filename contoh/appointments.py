"""Appointments of an office: meetings of its first officers in the next days get hours, modes and places."""

import uuid
from datetime import date, time, timedelta

from django.utils import timezone

from apps.klien.models import JadwalLapor, Klien
from apps.wajib_lapor.models import PerubahanJadwal
from apps.wajib_lapor.services import SET_BY_PEOPLE
from contoh.offices import Office

OFFICERS, AHEAD, MOST = 3, timedelta(days=10), 30
AGO = timedelta(days=3)
"""The appointments were made this long ago. Clients with a later contact or change get none: it would replace them."""
HOURS = (time(8), time(9), time(9, 30), time(10), time(11), time(13), time(14))
PLACES = {"kantor": ("",), "telepon": ("",), "kunjungan": ("Rumah klien", "Warung dekat rumah", "Balai desa")}
REASONS = ("Klien bekerja pagi hari.", "Menyesuaikan jam sekolah anak.", "Jarak rumah jauh, sekaligus kunjungan.")


def add_appointments(office: Office, today: date) -> None:
    """Add details to meetings that are due soon; every third also gets a change with a reason."""
    rng, changes = office.rng("janji"), []
    due = JadwalLapor.objects.filter(
        bapas=office.id, klien__status=Klien.Status.AKTIF, klien__pk_pembimbing__in=office.staff.officers[:OFFICERS],
        berikutnya__range=(today, today + AHEAD),
    ).select_related("klien")  # fmt: skip
    due = due.exclude(klien__bimbingan__tanggal__gte=today - AGO).exclude(janji_pada__gte=timezone.now() - AGO)
    schedules = list(due.order_by("berikutnya", "pk")[:MOST])
    for number, jadwal in enumerate(schedules):
        before = {name: getattr(jadwal, name) for name in SET_BY_PEOPLE}
        jadwal.janji, jadwal.janji_pada = jadwal.berikutnya, timezone.now() - AGO
        jadwal.jam, jadwal.cara = rng.choice(HOURS), rng.choice(list(PLACES))
        jadwal.tempat = rng.choice(PLACES[jadwal.cara])
        if number % 3 == 0:
            jadwal.versi += 1
            changes.append(_change(jadwal, before, rng.choice(REASONS)))
    JadwalLapor.objects.bulk_update(schedules, [*SET_BY_PEOPLE, "versi"])
    PerubahanJadwal.objects.bulk_create(changes)


def _change(jadwal: JadwalLapor, before: dict, reason: str) -> PerubahanJadwal:
    return PerubahanJadwal(
        bapas_id=jadwal.bapas_id, klien_id=jadwal.klien_id, kunci=uuid.uuid4(), frekuensi_hari=jadwal.frekuensi_hari,
        berikutnya=jadwal.berikutnya, jam=jadwal.jam, cara=jadwal.cara, tempat=jadwal.tempat, sebelum=before,
        versi=jadwal.versi, alasan=reason, oleh_id=jadwal.klien.pk_pembimbing_id, pada=jadwal.janji_pada,
    )  # fmt: skip
