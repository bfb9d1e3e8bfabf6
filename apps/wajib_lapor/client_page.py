"""This room's (app's) part of a client's page: attendance, changes of the schedule, and links."""

from datetime import timedelta

from django.urls import reverse

from apps.akun.roles import may
from apps.dasar.prepared import prepared
from apps.dasar.wording import persen, tanggal
from apps.klien.models import Klien
from apps.klien.rooms import Card, Link
from apps.klien.timeline import Event
from apps.wajib_lapor.figures import attendance_of
from apps.wajib_lapor.models import PerubahanJadwal
from apps.wilayah.days import day_at, first_moment, today_at

YEAR = timedelta(days=365)
KINDS = {"jadwal": "Jadwal lapor"}


def links(klien, user) -> list[Link]:
    if klien.status != Klien.Status.AKTIF or not may(user, "jadwal.atur"):
        return []
    return [
        Link("Atur jadwal lapor", reverse("wajib_lapor:client", args=[klien.pk])),
        Link("Teks pengingat", reverse("wajib_lapor:reminder", args=[klien.pk])),
    ]


def cards(klien, user) -> list[Card]:
    day = today_at(klien.bapas)
    figures = attendance_of(klien, klien.jadwal, since=day - YEAR, today=day)
    if not figures.planned:
        return []
    lines = [f"{figures.kept} dari {figures.planned} pertemuan ({persen(figures.share)})", "12 bulan terakhir"]
    return [Card("Kehadiran", lines)]


def events(klien, user, kinds, since, newest):
    """Changes of the schedule with their reasons, for users who may see schedules."""
    if not may(user, "jadwal.lihat"):
        return
    for change in _changes(user, klien=klien.pk, since=first_moment(since), most=newest):
        yield Event(
            day_at(klien.bapas, change.pada), KINDS["jadwal"], sentence(change), isi=change.alasan,
            oleh=change.oleh.nama, warna="abu",
        )  # fmt: skip


@prepared
def _changes(user, klien, since):
    rows = PerubahanJadwal.objects.visible_to(user).filter(klien=klien, pada__gte=since)
    return rows.select_related("oleh").order_by("-pada")


def sentence(change: PerubahanJadwal) -> str:
    """ "Lapor berikutnya 5 Desember 2026, tiap 30 hari"."""
    return f"Lapor berikutnya {tanggal(change.berikutnya)}, tiap {change.frekuensi_hari} hari"
