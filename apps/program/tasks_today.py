"""Rows of the Beranda for the planner and the head of the office."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils import timezone

from apps.akun.roles import may
from apps.dasar.prepared import prepared
from apps.dasar.wording import angka, rupiah
from apps.dasar.worklist import TaskGroup, TaskRow, Urgency
from apps.jejak.models import Riwayat
from apps.program.addresses import Address
from apps.program.models import ProgramTahunan, Realisasi
from apps.program.services import OBJECT

Status = ProgramTahunan.Status


def groups(user) -> list[TaskGroup]:
    """Groups for the planner and the head of the office; none for others."""
    if may(user, "program.ajukan"):
        return [_waiting_for_approval(user)]
    if may(user, "program.susun"):
        return [_drafts(user), _sent(user)]
    return []


@dataclass(frozen=True)
class ProgrammeWaiting:
    """A programme sent to the head of the office."""

    program: ProgramTahunan
    rupiah: Decimal
    target: int
    since: date

    @property
    def days(self) -> int:
        return (timezone.localdate() - self.since).days

    @property
    def age(self) -> str:
        return f"menunggu {self.days} hari" if self.days else "dikirim hari ini"


@dataclass(frozen=True)
class SpendingWaiting:
    """Entries of one programme that wait for approval."""

    tahun: int
    count: int
    rupiah: Decimal
    since: date

    @property
    def age(self) -> str:
        days = (timezone.localdate() - self.since).days
        return f"menunggu {days} hari" if days else "dicatat hari ini"


def waiting_programmes(user) -> list[ProgrammeWaiting]:
    """Programmes that wait for the head, the oldest first."""
    return [
        ProgrammeWaiting(
            program, program.jumlah_rupiah or Decimal(0), program.jumlah_target or 0,
            timezone.localdate(program.diajukan_pada),
        )
        for program in _programmes_sent(user)
    ]  # fmt: skip


@prepared
def _programmes_sent(user):
    rows = ProgramTahunan.objects.visible_to(user).filter(status=Status.DIPERIKSA)
    return rows.for_list().select_related("bapas", "diajukan_oleh").order_by("diajukan_pada")


def spending_waiting(user) -> list[SpendingWaiting]:
    """Entries that wait for approval, one row per budget year."""
    rows = _entries_waiting(user)
    return [SpendingWaiting(tahun, count, total, timezone.localdate(since)) for tahun, count, total, since in rows]


@prepared
def _entries_waiting(user):
    return (
        Realisasi.objects.visible_to(user)
        .filter(disetujui_oleh=None)
        .order_by("rincian__rencana__program__tahun")
        .values_list("rincian__rencana__program__tahun")
        .annotate(Count("pk"), Sum("jumlah"), Min("dicatat_pada"))
    )


def _waiting_for_approval(user) -> TaskGroup:
    rows = [_programme_row(waiting) for waiting in waiting_programmes(user)]
    rows += [_spending_row(waiting) for waiting in spending_waiting(user)]
    return TaskGroup(
        "Menunggu persetujuan Anda",
        rows=rows, total=len(rows), all_url=reverse("dasbor:persetujuan"),
        urgency=Urgency.DECIDE,
    )  # fmt: skip


def _programme_row(waiting: ProgrammeWaiting) -> TaskRow:
    return TaskRow(
        what=f"{rupiah(waiting.rupiah)} untuk {angka(waiting.target)} klien", about=str(waiting.program),
        url=reverse("program:decision", args=[waiting.program.pk]), action="Periksa", note=waiting.age,
    )  # fmt: skip


def _spending_row(waiting: SpendingWaiting) -> TaskRow:
    return TaskRow(
        what=f"{angka(waiting.count)} bukti, {rupiah(waiting.rupiah)}", about=f"Realisasi {waiting.tahun}",
        url=reverse("program:spending", args=[Address(waiting.tahun)]), action="Periksa", note=waiting.age,
    )  # fmt: skip


def _drafts(user) -> TaskGroup:
    """Drafts, returned ones with their reason, and next year's programme while nobody has begun it."""
    mine = ProgramTahunan.objects.visible_to(user)
    drafts = list(mine.filter(status=Status.DRAF).for_list().order_by("tahun"))
    reasons = _return_reasons(user, drafts)
    rows = [_draft_row(program, reasons.get(program.pk, "")) for program in drafts]
    following = timezone.localdate().year + 1
    if not mine.filter(tahun=following).exists():
        rows.append(
            TaskRow("Mulai dari data kebutuhan klien hari ini", f"Program {following} belum dibuat",
                    reverse("program:start"), "Buat program")
        )  # fmt: skip
    return TaskGroup(
        "Program yang sedang disusun",
        rows=rows, total=len(rows), all_url=reverse("program:list"),
    )  # fmt: skip


def _draft_row(program, reason: str) -> TaskRow:
    return TaskRow(
        what=f"Dikembalikan: {reason}" if reason else f"RAB {rupiah(program.jumlah_rupiah or 0)}",
        about=str(program),
        url=reverse("program:year", args=[Address(program.tahun)]), action="Lanjutkan menyusun",
        note="catatan reviu" if reason else "draf",
    )  # fmt: skip


def _return_reasons(user, drafts) -> dict[int, str]:
    """Programme id → reason of its newest return."""
    moves = Riwayat.objects.visible_to(user).filter(
        objek=OBJECT, objek_id__in=[program.pk for program in drafts], dari=Status.DIPERIKSA, ke=Status.DRAF
    )
    return dict(moves.order_by("pada", "pk").values_list("objek_id", "catatan"))


def _sent(user) -> TaskGroup:
    rows = [
        TaskRow(
            what="Menunggu Kepala Bapas",
            about=str(waiting.program),
            url=reverse("program:year", args=[Address(waiting.program.tahun)]),
            action="Lihat",
            note=waiting.age,
        )
        for waiting in waiting_programmes(user)
    ]
    return TaskGroup(
        "Menunggu orang lain",
        rows=rows, total=len(rows), all_url=reverse("program:list"),
        urgency=Urgency.WAITING,
    )  # fmt: skip
