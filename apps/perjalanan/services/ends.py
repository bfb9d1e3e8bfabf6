"""The end of a registration: one person proposes, another decides; a wrong end is reversed."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone

from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.dasar.violations import refusals
from apps.dasar.wording import tanggal
from apps.jejak.moves import step
from apps.jejak.services import record_move
from apps.klien import rooms
from apps.klien.models import Klien, MasaBimbingan
from apps.klien.services import life
from apps.klien.services.holding import hold
from apps.perjalanan.models import Pelimpahan, PeristiwaAkhir, UsulPencabutan
from apps.perjalanan.services import followup
from apps.wilayah.days import today_at

Jenis = PeristiwaAkhir.Jenis
Status = PeristiwaAkhir.Status
NEXT = {
    Status.DIUSULKAN: {Status.BERLAKU, Status.DITOLAK, Status.DITARIK},
    Status.BERLAKU: {Status.DIBATALKAN},
    Status.DITOLAK: set(),
    Status.DITARIK: set(),
    Status.DIBATALKAN: set(),
}
PROPOSED = (Jenis.SELESAI, Jenis.MENINGGAL, Jenis.MELARIKAN_DIRI)
"""Ends that a PK proposes. Revocation and handover have their own procedures."""
PLANNED = (Jenis.SELESAI, Jenis.DILIMPAHKAN)
"""Ends on a day that people choose: they wait until the client has no unfinished work. A death, a flight or the
minister's decision does not wait; unfinished work stops with it."""
REOPEN_DAYS = 30
"""Days in which a wrong end may be reversed (own rule). A client who ran away may come back at any time."""
OBJECT = "akhir"


@transaction.atomic
def propose(*, klien: Klien, akhir: PeristiwaAkhir, by) -> PeristiwaAkhir:
    """Propose an end to the head of the office."""
    refuse_unless_free(hold(klien), Jenis(akhir.jenis))
    akhir.klien, akhir.bapas_id, akhir.diusulkan_oleh = klien, klien.bapas_id, by
    with refusals():
        akhir.save(force_insert=True)
    _note(akhir, dari="", by=by, catatan=f"{akhir.get_jenis_display()} diusulkan untuk {tanggal(akhir.tanggal)}.")
    return akhir


@transaction.atomic
def approve(*, akhir: PeristiwaAkhir, by, hari: date, surat_nomor: str = "") -> PeristiwaAkhir:
    """Approve the end: status, schedule and follow-ups change with it. `hari` is today at the office."""
    current = lock(akhir, "klien", "bapas")
    if current.tanggal > hari:
        raise Refused(f"Bimbingan baru berakhir {tanggal(current.tanggal)}. Putuskan pada hari itu atau sesudahnya.")
    refuse_unfinished(hold(current.klien), Jenis(current.jenis))
    _move(current, Status.BERLAKU, surat_nomor=surat_nomor, **_decided(by))
    _close(current, by)
    return current


@transaction.atomic
def reject(*, akhir: PeristiwaAkhir, by, alasan: str) -> PeristiwaAkhir:
    """Reject the proposal with a reason; the client stays active."""
    current = lock(akhir, "klien", "bapas")
    _move(current, Status.DITOLAK, alasan_putusan=alasan, **_decided(by))
    _note(current, dari=Status.DIUSULKAN, by=by, catatan=alasan)
    return current


@transaction.atomic
def withdraw(*, akhir: PeristiwaAkhir, by) -> PeristiwaAkhir:
    """Withdraw the proposal before the decision; only the proposer may."""
    current = lock(akhir, "klien", "bapas")
    if current.diusulkan_oleh_id != by.pk:
        raise Refused("Hanya pengusul yang dapat menarik usul ini.")
    _move(current, Status.DITARIK)
    _note(current, dari=Status.DIUSULKAN, by=by, catatan="")
    return current


@transaction.atomic
def reverse(*, akhir: PeristiwaAkhir, by, alasan: str) -> PeristiwaAkhir:
    """Reverse the end: the registration is reopened, the end stays readable."""
    current = lock(akhir, "klien", "bapas")
    if current.jenis == Jenis.DILIMPAHKAN:
        raise Refused("Klien sudah diterima Bapas lain. Minta Bapas itu melimpahkannya kembali.")
    if not may_reverse(current):
        raise Refused(f"Registrasi hanya dapat dibuka kembali dalam {REOPEN_DAYS} hari sejak diputus.")
    _move(current, Status.DIBATALKAN, dibatalkan_oleh=by, dibatalkan_pada=timezone.now(), alasan_batal=alasan)
    life.reopen(klien=current.klien, on=today_at(current.bapas), by=by, catatan=alasan)
    followup.cancel(current)
    hold_to_the_rule()
    return current


def put_in_force(*, klien: Klien, akhir: PeristiwaAkhir, proposer, by) -> PeristiwaAkhir:
    """Store an end decided by another procedure: revocation by the minister, acceptance by another office."""
    hold(klien)  # before the moment of the decision: nothing about the client is stored after it
    akhir.klien, akhir.bapas_id, akhir.diusulkan_oleh = klien, klien.bapas_id, proposer
    akhir.status = Status.BERLAKU
    for name, value in _decided(by).items():
        setattr(akhir, name, value)
    with refusals():
        akhir.save(force_insert=True)
    _close(akhir, by)
    return akhir


def refuse_unless_free(klien: Klien, way: Jenis) -> None:
    """Raise `Refused` unless the registration is active and no other end is under way. The caller locks the file."""
    if klien.status != Klien.Status.AKTIF:
        raise Refused(f"Registrasi ini sudah berstatus {klien.get_status_display().lower()}.")
    own = {"klien": klien, "bapas": klien.bapas_id}
    if PeristiwaAkhir.objects.filter(**own, status=Status.DIUSULKAN).exists():
        raise Refused("Usul akhir untuk klien ini sudah menunggu keputusan.")
    if UsulPencabutan.objects.filter(**own).open().exists():
        raise Refused("Usul pencabutan klien ini masih berjalan. Selesaikan dulu.")
    if Pelimpahan.objects.filter(**own).waiting().exists():
        raise Refused("Pelimpahan klien ini masih menunggu jawaban. Tarik dulu bila batal.")
    refuse_unfinished(klien, way)


def refuse_unfinished(klien: Klien, way: Jenis) -> None:
    """Raise `Refused` for a planned end while other rooms (apps) have unfinished work. The caller locks the file, so
    none begins meanwhile."""
    if way in PLANNED and (found := rooms.unfinished(klien)):
        raise Refused(" ".join(f"{one.apa} {one.langkah}" for one in found))


def last_day(klien: Klien) -> date | None:
    """HMB: the last day of the newest term."""
    periods = MasaBimbingan.objects.filter(bapas=klien.bapas_id, klien=klien)
    return periods.order_by("-mulai").values_list("selesai", flat=True).first()


def may_reverse(akhir: PeristiwaAkhir) -> bool:
    if not akhir.berlaku or akhir.jenis == Jenis.DILIMPAHKAN or not akhir.diputus_pada:
        return False
    return akhir.jenis == Jenis.MELARIKAN_DIRI or timezone.now() - akhir.diputus_pada <= timedelta(days=REOPEN_DAYS)


def hold_to_the_rule() -> None:
    """Let PostgreSQL check now whether status and event agree: at commit both rows may be out of scope."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS klien_end_matches_event IMMEDIATE")
        cursor.execute("SET CONSTRAINTS klien_end_matches_event DEFERRED")


def _close(akhir: PeristiwaAkhir, by) -> None:
    papers = filter(None, (akhir.surat_nomor, akhir.sumber_nomor, akhir.keterangan))
    note = f"{tanggal(akhir.tanggal)}. {', '.join(papers)}"
    life.end(klien=akhir.klien, ke=akhir.jenis, on=akhir.tanggal, by=by, catatan=note)
    why = f"{akhir.get_jenis_display()}, {tanggal(akhir.tanggal)}"
    rooms.stop(akhir.klien, by=by, on=akhir.tanggal, alasan=why)
    if akhir.jenis == Jenis.SELESAI:
        followup.plan(akhir)
    hold_to_the_rule()


def _decided(by) -> dict:
    return {"diputus_oleh": by, "diputus_pada": timezone.now()}


def _move(current: PeristiwaAkhir, to: Status, **facts) -> None:
    """Change the status of the locked end. The client's trail gets its entry in `_note` (proposal) or `life` (end)."""
    with refusals():
        step(current, to, NEXT, **facts)


def _note(akhir: PeristiwaAkhir, *, dari: str, by, catatan: str) -> None:
    record_move(akhir.klien, OBJECT, dari=dari, ke=akhir.status, by=by, catatan=catatan)
