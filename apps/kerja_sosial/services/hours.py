"""Actions on the ledger (`JamKerja`): record, correct and confirm hours; record days without work."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.dasar.locks import lock_all
from apps.dasar.once import stored_once
from apps.dasar.wording import tanggal
from apps.kerja_sosial.balance import jam
from apps.kerja_sosial.models import JamKerja, KerjaSosial, Ketidakhadiran, PengesahanJam, lasting
from apps.kerja_sosial.services.sentences import counted_hours, running


@dataclass(frozen=True)
class Work:
    """One stretch of work as it was typed; `istirahat` in hours."""

    tanggal: dt.date
    mulai: dt.time
    selesai: dt.time
    kegiatan: str
    istirahat: Decimal = Decimal(0)

    @property
    def jam(self) -> Decimal:
        return lasting(self.mulai, self.selesai, self.istirahat)


def record(ks: KerjaSosial, work: Work, *, kunci: UUID, by: Pengguna) -> JamKerja:
    """Write hours into the ledger. The same form sent twice gives the first entry; its key takes no other hours."""

    def store() -> JamKerja:
        return _write(running(ks), work, kunci=kunci, by=by)

    entry, fresh = stored_once(store, JamKerja.objects.filter(bapas=ks.bapas_id, kunci=kunci).first)
    same = (entry.kerja_sosial_id, entry.tanggal, entry.mulai, entry.jam) == (ks.pk, work.tanggal, work.mulai, work.jam)
    if not (fresh or same):
        raise Refused("Formulir ini sudah dipakai untuk jam lain. Buka formulir baru, lalu simpan lagi.")
    return entry


@transaction.atomic
def correct(entry: JamKerja, work: Work | None, *, alasan: str, kunci: UUID, by: Pengguna) -> JamKerja:
    """Replace an entry by a new one, or by nothing (`work` None). A correction waits for its own confirmation."""
    current = running(entry.kerja_sosial)
    if JamKerja.objects.filter(bapas=entry.bapas_id, menggantikan=entry).exists():
        raise Refused("Jam ini sudah dikoreksi.")
    if work:
        return _write(current, work, kunci=kunci, by=by, replaced=entry, alasan=alasan)
    return _append(
        current, entry, kunci, by, tanggal=entry.tanggal, mulai=entry.mulai, selesai=entry.selesai, jam=Decimal(0),
        kegiatan=entry.kegiatan, menggantikan=entry, alasan=alasan,
    )  # fmt: skip


def _write(ks, work: Work, *, kunci, by, replaced: JamKerja | None = None, alasan: str = "") -> JamKerja:
    """`ks` is locked. The triggers of the ledger refuse the same, for code that does not come through here."""
    if not ks.mulai <= work.tanggal <= ks.batas:
        raise Refused(_outside(ks))
    others = counted_hours(ks).exclude(pk=replaced.pk if replaced else None)
    _refuse_long_day(ks, work, others)
    left = ks.total_jam - ks.jam_tercatat + (replaced.jam if replaced else 0)
    if work.jam > left:
        raise Refused(f"Melebihi putusan: sisa yang belum dijalani tinggal {jam(left)}.")
    return _append(
        ks, replaced or ks, kunci, by, tanggal=work.tanggal, mulai=work.mulai, selesai=work.selesai, jam=work.jam,
        kegiatan=work.kegiatan, menggantikan=replaced, alasan=alasan,
    )  # fmt: skip


def _append(ks: KerjaSosial, where: KerjaSosial | JamKerja, kunci: UUID, by: Pengguna, **facts) -> JamKerja:
    """Insert an entry at the place of `where`: a correction keeps the place of the old entry."""
    return JamKerja.objects.create(
        bapas_id=ks.bapas_id, mitra_id=where.mitra_id, kerja_sosial=ks, tempat_id=where.tempat_id, kunci=kunci,
        dicatat_oleh=by, **facts,
    )  # fmt: skip


def _refuse_long_day(ks: KerjaSosial, work: Work, others) -> None:
    same_day = others.filter(tanggal=work.tanggal)
    meeting = same_day.filter(mulai__lt=work.selesai, selesai__gt=work.mulai).first()
    if meeting:
        raise Refused(f"Bertumpang tindih dengan {meeting.mulai:%H.%M}–{meeting.selesai:%H.%M} yang sudah dicatat.")
    done = same_day.aggregate(n=Sum("jam"))["n"] or Decimal(0)
    if done + work.jam > ks.batas_jam_hari:
        already = f" Pada {tanggal(work.tanggal)} sudah tercatat {jam(done)}." if done else ""
        raise Refused(f"Paling banyak {ks.batas_jam_hari} jam dalam satu hari ({ks.batas_dasar}).{already}")


@transaction.atomic
def confirm(entries: Collection[int], *, rows, by: Pengguna, cara: PengesahanJam.Cara, pengawas: str) -> Decimal:
    """Confirm entries out of `rows`, except those confirmed meanwhile. Returns the hours confirmed now."""
    chosen = rows.filter(pk__in=entries)
    sentences = KerjaSosial.objects.filter(pk__in=chosen.values("kerja_sosial"))
    lock_all(sentences)
    waiting = list(chosen.waiting().filter(kerja_sosial__status=KerjaSosial.Status.BERJALAN))
    PengesahanJam.objects.bulk_create(
        PengesahanJam(
            bapas_id=row.bapas_id, mitra_id=row.mitra_id, jam_kerja=row, cara=cara, pengawas=pengawas, oleh=by
        )
        for row in waiting
    )
    return sum((row.jam for row in waiting), Decimal(0))


@transaction.atomic
def note_absence(absence: Ketidakhadiran, *, ks: KerjaSosial, by: Pengguna) -> Ketidakhadiran:
    """Record a day without work. It is reported; nothing follows automatically."""
    current = running(ks)
    if not current.mulai <= absence.tanggal <= current.batas:
        raise Refused(_outside(current))
    if counted_hours(current).filter(tanggal=absence.tanggal).exists():
        raise Refused("Pada tanggal itu klien bekerja. Periksa kembali tanggalnya.")
    own = {"bapas": ks.bapas_id, "kerja_sosial": ks, "tanggal": absence.tanggal}
    if Ketidakhadiran.objects.counted().filter(**own).exists():
        raise Refused("Ketidakhadiran pada tanggal ini sudah dicatat.")
    absence.kerja_sosial, absence.bapas_id, absence.dicatat_oleh = ks, ks.bapas_id, by
    absence.save(force_insert=True)
    return absence


def strike_absence(absence: Ketidakhadiran, *, alasan: str) -> None:
    """Strike a mistaken absence; the row stays. Also after the end, because the report may be made again."""
    rows = Ketidakhadiran.objects.filter(pk=absence.pk, bapas=absence.bapas_id, dicoret_karena="")
    if not rows.update(dicoret_karena=alasan):
        raise Refused("Catatan ini sudah dicoret.")


def _outside(ks: KerjaSosial) -> str:
    return f"Tanggal harus di antara {tanggal(ks.mulai)} dan {tanggal(ks.batas)}, masa kerja sosial ini."
