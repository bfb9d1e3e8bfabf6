"""The other parts of a client's file: case, periods of guidance, guarantors."""

from datetime import date
from typing import TypeVar

from django.db import transaction

from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.dasar.violations import refusals
from apps.jejak.services import record_move
from apps.jejak.versions import refuse_changed
from apps.klien.models import Klien, MasaBimbingan, Penjamin, Perkara
from apps.klien.services.holding import hold_guided, hold_here, refuse_handed_over

Part = TypeVar("Part", MasaBimbingan, Penjamin)

GUARANTOR = (
    "nama", "hubungan", "alamat", "telepon", "surat_nomor", "surat_tanggal", "diketahui_oleh", "mulai",
)  # fmt: skip
"""Columns that describe a guarantor."""


@transaction.atomic
def keep_case(*, perkara: Perkara, klien: Klien, seen: str = "") -> Perkara:
    """Store the case behind the registration, unless it changed since `seen`."""
    hold_here(klien)
    current = Perkara.objects.filter(bapas=klien.bapas_id, klien=klien).first()
    if current:
        refuse_changed(current, seen)
    perkara.klien, perkara.bapas_id = klien, klien.bapas_id
    with refusals():
        perkara.save()
    return perkara


@transaction.atomic
def name_guarantor(*, penjamin: Penjamin, klien: Klien, by) -> Penjamin:
    """Store the new guarantor; the previous one stops on that day. The same guarantor again changes nothing."""
    hold_guided(klien, "Penjamin tidak dapat ditambah.")
    penjamin.klien, penjamin.bapas_id, penjamin.dicatat_oleh = klien, klien.bapas_id, by
    last = Penjamin.objects.vouching().filter(bapas=klien.bapas_id, klien=klien).first()
    if last and all(getattr(last, name) == getattr(penjamin, name) for name in GUARANTOR):
        return last
    if last:
        end_guarantor(penjamin=last, selesai=max(penjamin.mulai, last.mulai), alasan="Diganti penjamin baru", by=by)
    with refusals():
        penjamin.save(force_insert=True)
    return penjamin


@transaction.atomic
def change_guarantor(*, penjamin: Penjamin, seen: str) -> Penjamin:
    """Correct the entry of a guarantor, unless somebody changed it since `seen`."""
    refuse_changed(_current(penjamin), seen)
    with refusals():
        penjamin.save()
    return penjamin


@transaction.atomic
def end_guarantor(*, penjamin: Penjamin, selesai: date, alasan: str, by) -> Penjamin:
    """Record since when and why a guarantor no longer vouches. The row stays."""
    current = _current(penjamin)
    if current.selesai:
        raise Refused("Penjamin ini sudah tidak menjamin lagi.")
    current.selesai, current.alasan = selesai, alasan
    with refusals():
        current.save()
    record_move(current, "penjamin", dari="menjamin", ke="selesai", by=by, catatan=alasan)
    return current


@transaction.atomic
def add_period(*, masa: MasaBimbingan, klien: Klien) -> MasaBimbingan:
    """Store a further period of guidance; PostgreSQL refuses one that overlaps."""
    hold_guided(klien, "Masa bimbingan tidak dapat ditambah.")
    masa.klien, masa.bapas_id = klien, klien.bapas_id
    with refusals():
        masa.save(force_insert=True)
    return masa


@transaction.atomic
def correct_period(*, masa: MasaBimbingan, seen: str, alasan: str, by) -> MasaBimbingan:
    """Correct a period, with the reason; the history keeps the old values."""
    refuse_changed(_current(masa), seen)
    with refusals():
        masa.save()
    record_move(masa, "masa", dari="", ke="diperbaiki", by=by, catatan=alasan)
    return masa


def _current(row: Part) -> Part:
    """The row as it is stored now, locked below its client's file; Refused when the client was handed over."""
    current = lock(row, above="klien")
    refuse_handed_over(current.klien)
    return current
