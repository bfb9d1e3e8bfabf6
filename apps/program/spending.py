"""Spending (realisasi): entries per cost line. One person records, another approves; a correction is negative."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.dasar.locks import lock, lock_all
from apps.dasar.violations import refusals
from apps.dasar.wording import rupiah
from apps.program.models import ProgramTahunan, Realisasi, RincianBiaya
from apps.wilayah.days import today_at


@transaction.atomic
def record(entry: Realisasi, *, line: RincianBiaya, by: Pengguna) -> Realisasi:
    """Add an entry. The line is locked first, so that two entries together never exceed it (jumlah ≥ sum ≥ 0)."""
    line = lock(line, "rencana__program__bapas")
    program = line.rencana.program
    if not ProgramTahunan.objects.filter(bapas=program.bapas_id).in_force(program.tahun).filter(pk=program.pk).exists():
        raise Refused(f"{program} tidak sedang berlaku. Catat realisasi pada versi yang disetujui terakhir.")
    _refuse_date(entry, program)
    spent = spent_on(line)
    if spent + entry.jumlah > line.jumlah:
        raise Refused(f"Realisasi melebihi rencana. Sisa baris ini {rupiah(line.jumlah - spent)}.")
    if spent + entry.jumlah < 0:
        raise Refused(f"Koreksi melebihi realisasi. Yang sudah dicatat {rupiah(spent)}.")
    entry.rincian, entry.bapas_id, entry.dicatat_oleh = line, line.bapas_id, by
    with refusals():
        entry.save()
    return entry


@transaction.atomic
def approve(entries: Collection[int], *, program: ProgramTahunan, by: Pengguna) -> int:
    """Approve entries that somebody else recorded; gives their number. Approving twice changes nothing."""
    chosen = Realisasi.objects.filter(
        bapas=program.bapas_id, pk__in=entries, rincian__rencana__program=program, disetujui_oleh=None
    )
    waiting = lock_all(chosen)
    if any(entry.dicatat_oleh_id == by.pk for entry in waiting):
        raise Refused("Sebagian realisasi Anda catat sendiri. Penyetuju harus orang lain.")
    pks = [entry.pk for entry in waiting]
    return Realisasi.objects.filter(bapas=program.bapas_id, pk__in=pks).update(
        disetujui_oleh=by, disetujui_pada=timezone.now()
    )


@dataclass(frozen=True)
class Balance:
    """One cost line with the money spent on it; `waiting` is recorded but not approved."""

    line: RincianBiaya
    approved: Decimal = Decimal(0)
    waiting: Decimal = Decimal(0)

    @property
    def left(self) -> Decimal:
        return self.line.jumlah - self.approved - self.waiting


def balances(program: ProgramTahunan, lines: Collection[RincianBiaya]) -> list[Balance]:
    """The lines of a programme with the money spent on them, in one query."""
    sums: dict[tuple[int, bool], Decimal] = {}
    entries = Realisasi.objects.filter(bapas=program.bapas_id, rincian__rencana__program=program)
    for line_id, approver, amount in entries.values_list("rincian_id", "disetujui_oleh_id", "jumlah").order_by():
        key = line_id, approver is not None
        sums[key] = sums.get(key, Decimal(0)) + amount
    zero = Decimal(0)
    return [Balance(line, sums.get((line.pk, True), zero), sums.get((line.pk, False), zero)) for line in lines]


def spent_on(line: RincianBiaya) -> Decimal:
    """Sum of all entries of a line, approved or not."""
    return line.realisasi.filter(bapas=line.bapas_id).aggregate(n=Sum("jumlah"))["n"] or Decimal(0)


def totals(money: Collection[Balance]) -> Balance:
    """The total row of the table, on a cost line that is never stored."""
    zero = Decimal(0)
    everything = RincianBiaya(uraian="Total", volume=1, harga=zero)
    everything.jumlah = sum((row.line.jumlah for row in money), zero)
    return Balance(everything, sum((row.approved for row in money), zero), sum((row.waiting for row in money), zero))


class Booked(NamedTuple):
    """One entry of the ledger (list of entries) of a line, and the rest after it."""

    entry: Realisasi
    left: Decimal


def ledger(line: RincianBiaya) -> list[Booked]:
    """Entries of one line, oldest first, each with the rest after it."""
    left, rows = line.jumlah, []
    entries = line.realisasi.filter(bapas=line.bapas_id).select_related("dicatat_oleh", "disetujui_oleh")
    for entry in entries:
        left -= entry.jumlah
        rows.append(Booked(entry, left))
    return rows


def _refuse_date(entry: Realisasi, program: ProgramTahunan) -> None:
    if entry.tanggal > today_at(program.bapas):
        raise Refused("Tanggal pengeluaran tidak boleh setelah hari ini.")
    if entry.tanggal.year != program.tahun:
        raise Refused(f"Tanggal pengeluaran harus dalam tahun anggaran {program.tahun}.")
