"""Changes of the schedule of one client or many, each with a reason; they can be undone within minutes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from apps.dasar.errors import Refused
from apps.dasar.locks import under
from apps.dasar.once import stored_once
from apps.jejak.versions import refuse_changed
from apps.klien.models import JadwalLapor, Klien
from apps.klien.services import UNDO_MINUTES
from apps.wajib_lapor.models import PerubahanJadwal, TeksPengingat

MOST_CLIENTS = 200
"""Largest number of clients that one act may schedule."""
SET_BY_PEOPLE = ("frekuensi_hari", "berikutnya", "janji", "janji_pada", "jam", "cara", "tempat")
"""Columns of a schedule that an officer may change; the others follow from the guidance log."""


@dataclass(frozen=True)
class Plan:
    """An appointment: day, hour, mode and place. `jam` is in the time zone of the office."""

    berikutnya: date
    jam: time | None = None
    cara: str = ""
    tempat: str = ""


DETAILS = [field.name for field in fields(Plan)]


def reschedule(
    *, jadwal: JadwalLapor, versi: str | int, plan: Plan, frekuensi_hari: int, alasan: str, kunci: UUID, by
) -> PerubahanJadwal:
    """Store frequency and next date of one client. The same form sent twice gives the first change."""

    def store() -> PerubahanJadwal:
        current = _locked([jadwal.klien_id], jadwal.bapas_id)[0]
        _refuse_ended(current)
        refuse_changed(current, versi, counted=current.versi)
        change = _change(current, plan, frekuensi_hari, alasan=alasan, kunci=kunci, oleh=by)
        current.save(update_fields=[*SET_BY_PEOPLE, "versi"])
        change.save(force_insert=True)
        return change

    sent = PerubahanJadwal.objects.filter(bapas=jadwal.bapas_id, kunci=kunci, klien=jadwal.klien_id)
    return stored_once(store, sent.first)[0]


def schedule_many(
    *, seen: dict[int, int], days: dict[int, date], plan: Plan, alasan: str, kunci: UUID, by
) -> list[PerubahanJadwal]:
    """Give every client its day, all or nothing. `seen`: client id → version of the schedule that the user checked."""
    office = by.penugasan.bapas_id

    def store() -> list[PerubahanJadwal]:
        schedules = _locked(list(days), office)
        _refuse_moved(schedules, seen, days)
        changes = [
            _change(
                jadwal, Plan(days[jadwal.klien_id], plan.jam, plan.cara, plan.tempat), jadwal.frekuensi_hari,
                alasan=alasan, kunci=kunci, oleh=by,
            )
            for jadwal in schedules
        ]  # fmt: skip
        JadwalLapor.objects.bulk_update(schedules, [*SET_BY_PEOPLE, "versi"])
        return PerubahanJadwal.objects.bulk_create(changes)

    return stored_once(store, lambda: list(PerubahanJadwal.objects.filter(bapas=office, kunci=kunci)))[0]


@transaction.atomic
def undo(*, kunci: UUID, by) -> tuple[int, int]:
    """Restore the schedules that the user's own act replaced; (restored, skipped because changed since)."""
    since = timezone.now() - timedelta(minutes=UNDO_MINUTES)
    acts = PerubahanJadwal.objects.filter(bapas=by.penugasan.bapas_id, kunci=kunci, oleh=by, mengurungkan=None)
    changes = {change.klien_id: change for change in acts.filter(pada__gte=since)}
    if not changes:
        raise Refused(f"Jadwal hanya dapat diurungkan dalam {UNDO_MINUTES} menit. Ubah jadwal dengan alasan.")
    schedules = _locked(list(changes), by.penugasan.bapas_id)
    ours = [jadwal for jadwal in schedules if jadwal.versi == changes[jadwal.klien_id].versi]
    back = [_restore(jadwal, changes[jadwal.klien_id], by) for jadwal in ours]
    JadwalLapor.objects.bulk_update(ours, [*SET_BY_PEOPLE, "versi"])
    PerubahanJadwal.objects.bulk_create(back)
    return len(ours), len(schedules) - len(ours)


@transaction.atomic
def keep_reminder_text(*, teks: str, by) -> TeksPengingat:
    """Store the office's own reminder text."""
    kept, _ = TeksPengingat.objects.update_or_create(
        bapas_id=by.penugasan.bapas_id, defaults={"teks": teks, "diubah_oleh": by}
    )
    return kept


def _locked(clients: Sequence[int], office: int) -> list[JadwalLapor]:
    """Schedules of these clients, each locked below the file of its client, in the order of the clients."""
    return list(under(JadwalLapor.objects.filter(bapas=office, klien__in=clients), "klien").order_by("klien"))


def _refuse_ended(jadwal: JadwalLapor) -> None:
    if jadwal.klien.status != Klien.Status.AKTIF:
        status = jadwal.klien.get_status_display().lower()
        raise Refused(f"Klien {jadwal.klien.kode} berstatus {status}. Jadwalnya tidak dapat diubah.")


def _refuse_moved(schedules, seen, days) -> None:
    if len(schedules) != len(days):
        raise Refused("Sebagian klien tidak lagi ada di kantor Anda. Pilih klien lagi.")
    for jadwal in schedules:
        _refuse_ended(jadwal)
    moved = [jadwal.klien.kode for jadwal in schedules if jadwal.versi != seen.get(jadwal.klien_id)]
    if moved:
        raise Refused(f"Jadwal {', '.join(moved[:5])} berubah sejak Anda memeriksanya. Periksa sekali lagi.")


def _change(jadwal: JadwalLapor, plan: Plan, frekuensi_hari: int, **facts) -> PerubahanJadwal:
    """Set the schedule in memory; the returned change holds its old values."""
    before = {name: getattr(jadwal, name) for name in SET_BY_PEOPLE}
    if any(getattr(jadwal, name) != getattr(plan, name) for name in DETAILS):
        jadwal.janji, jadwal.janji_pada = plan.berikutnya, timezone.now()
    for name in DETAILS:
        setattr(jadwal, name, getattr(plan, name))
    jadwal.frekuensi_hari = frekuensi_hari
    return _written(jadwal, before, **facts)


def _restore(jadwal: JadwalLapor, change: PerubahanJadwal, by) -> PerubahanJadwal:
    before = {name: getattr(jadwal, name) for name in SET_BY_PEOPLE}
    for name, value in change.sebelum.items():
        column: Any = JadwalLapor._meta.get_field(name)
        setattr(jadwal, name, column.to_python(value))
    return _written(jadwal, before, alasan="Diurungkan", kunci=uuid4(), mengurungkan=change.kunci, oleh=by)


def _written(jadwal: JadwalLapor, before: dict, **facts) -> PerubahanJadwal:
    jadwal.versi += 1
    now = {name: getattr(jadwal, name) for name in ("frekuensi_hari", *DETAILS)}
    return PerubahanJadwal(
        bapas_id=jadwal.bapas_id, klien_id=jadwal.klien_id, sebelum=before, versi=jadwal.versi, **now, **facts
    )
