"""The verbs of community service. Each locks the sentence or the place: a number is checked where it is written."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from apps.acuan.models import BatasKerjaSosial
from apps.akun.models import Pengguna
from apps.jejak.services import record_move, refuse_stale
from apps.kerja_sosial.balance import jam
from apps.kerja_sosial.models import (
    Hari,
    JamKerja,
    KerjaSosial,
    Ketidakhadiran,
    PengesahanJam,
    Perpanjangan,
    PutusanKerjaSosial,
    TempatKerjaSosial,
    lasting,
)
from apps.klien.models import Klien
from apps.wilayah.errors import Refused
from pemasyarakatan.wording import rupiah, tanggal

Status, Cara = KerjaSosial.Status, PengesahanJam.Cara

NEXT = {
    Status.BERJALAN: {Status.SELESAI, Status.TIDAK},
    Status.SELESAI: set(),
    Status.TIDAK: set(),
}


class Changed(Refused):
    """Somebody else saved the same sentence in the meantime."""

    def __init__(self) -> None:
        super().__init__("Data ini sudah diubah orang lain. Bandingkan isinya, lalu simpan yang benar.")


# Places


@transaction.atomic
def save_place(place: TempatKerjaSosial, *, bapas, mitra, seen: int | None = None) -> TempatKerjaSosial:
    """A new place, or a changed one when nobody changed it since `seen`. Its running sentences follow its partner."""
    if place.pk:
        current = (
            TempatKerjaSosial.objects.select_for_update(of=("self",), no_key=True)
            .select_related("bapas")
            .get(pk=place.pk)
        )
        refuse_stale(current, seen)
        _refuse_shrinking(place)
    place.bapas, place.mitra = bapas, mitra
    place.save()
    _at(place).exclude(mitra=mitra).update(mitra=mitra)
    return place


def _at(place: TempatKerjaSosial):
    return KerjaSosial.objects.running().filter(bapas=place.bapas_id, tempat=place)


def _refuse_shrinking(place: TempatKerjaSosial) -> None:
    """What is promised to clients there now stays possible."""
    running = list(_at(place).values_list("jenis", "hari"))
    busiest = max(Counter(day for _, days in running for day in days).values(), default=0)
    if place.kapasitas < busiest:
        raise Refused(f"Kapasitas tidak boleh kurang dari {busiest}, banyak klien pada hari tersibuk sekarang.")
    if not all(place.receives(kind) for kind, _ in running):
        raise Refused("Masih ada klien yang bekerja di sini dan tidak termasuk pilihan “menerima”.")


# Sentences


def limits_on(untuk: str, day: dt.date) -> BatasKerjaSosial:
    """The limits that the law sets for a verdict of that day."""
    rows = BatasKerjaSosial.objects.filter(aktif=True, untuk=untuk, berlaku_sejak__lte=day)
    limits = rows.order_by("-berlaku_sejak").first()
    if limits is None:
        raise Refused(
            f"Daftar acuan belum memuat batas kerja sosial untuk putusan {tanggal(day)}. Hubungi admin portal."
        )
    return limits


def last_day(begin: dt.date, months: int) -> dt.date:
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
    return dt.date(year, month + 1, min(begin.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def start(ks: KerjaSosial, putusan: PutusanKerjaSosial, *, klien: Klien, by: Pengguna) -> KerjaSosial:
    """Record a verdict: limits of that day are copied onto the row, a seat at the place is taken."""
    if klien.status != Klien.Status.AKTIF:
        raise Refused("Registrasi klien ini tidak aktif.")
    Klien.objects.select_for_update(of=("self",), no_key=True).get(pk=klien.pk)
    if KerjaSosial.objects.running().filter(bapas=klien.bapas_id, klien=klien).exists():
        raise Refused("Klien ini masih menjalani kerja sosial lain.")
    ks.klien, ks.kode, ks.bapas_id, ks.dibuat_oleh = klien, klien.kode, klien.bapas_id, by
    ks.jenis = KerjaSosial.Jenis(klien.kategori_usia)
    _fit(ks, putusan, klien)
    ks.save(force_insert=True)
    putusan.kerja_sosial, putusan.bapas_id = ks, ks.bapas_id
    putusan.save(force_insert=True)
    record_move(ks, "kerja_sosial", dari="", ke=Status.BERJALAN, by=by)
    return ks


@transaction.atomic
def change(ks: KerjaSosial, putusan: PutusanKerjaSosial, *, versi: int) -> KerjaSosial:
    """Correct the verdict, or move the client to another place or other days."""
    current = _running(ks)
    if current.versi != versi:
        raise Changed
    if ks.total_jam < current.jam_tercatat:
        raise Refused(f"Sudah tercatat {jam(current.jam_tercatat)}, lebih dari jumlah jam yang diisi.")
    if ks.tempat_id != current.tempat_id and current.jam_menunggu:
        raise Refused(
            f"{jam(current.jam_menunggu)} masih menunggu pengesahan di {current.tempat}. Sahkan dulu, lalu pindahkan."
        )
    outside = _standing(ks).filter(Q(tanggal__lt=ks.mulai) | Q(tanggal__gt=ks.batas))
    if outside.exists():
        raise Refused("Sudah ada jam yang dicatat di luar masa ini. Periksa tanggal mulai dan batas selesai.")
    _fit(ks, putusan, ks.klien)
    ks.versi = versi + 1
    ks.save(update_fields=[*PLAN, *COPIES, "versi"])
    putusan.save()
    return ks


PLAN = ("tempat", "total_jam", "jam_per_hari", "hari", "mulai", "batas")
"""What a form may change on a sentence; the totals belong to the ledger's triggers."""
COPIES = (
    "mitra", "tempat_pendidikan", "panggilan", "batas_jam_min", "batas_jam_maks", "batas_jam_hari", "batas_bulan",
    "batas_dasar",
)  # fmt: skip


def _fit(ks: KerjaSosial, putusan: PutusanKerjaSosial, klien: Klien) -> None:
    """Copy what has to be copied and refuse what the law or the place does not allow."""
    limits = limits_on(ks.jenis, putusan.tanggal)
    place = TempatKerjaSosial.objects.select_for_update(of=("self",), no_key=True).get(
        pk=ks.tempat_id, bapas=ks.bapas_id
    )
    _copy(ks, limits, place, klien)
    putusan.peringatan = " ".join(warnings(putusan, limits))
    _refuse_verdict(ks)
    _refuse_place(ks, place)
    _refuse_crowd(ks, place)


def _copy(ks, limits: BatasKerjaSosial, place: TempatKerjaSosial, klien: Klien) -> None:
    """A child is known to the place by its code alone."""
    ks.mitra_id, ks.tempat_pendidikan = place.mitra_id, place.pendidikan
    ks.panggilan = klien.panggilan if klien.izin_panggilan and not ks.untuk_anak else ""
    ks.batas_jam_min, ks.batas_jam_maks = limits.jam_min, limits.jam_maks
    ks.batas_jam_hari, ks.batas_bulan, ks.batas_dasar = limits.jam_per_hari_maks, limits.bulan_maks, limits.dasar


def _refuse_verdict(ks: KerjaSosial) -> None:
    law = ks.batas_dasar
    if not ks.batas_jam_min <= ks.total_jam <= ks.batas_jam_maks:
        raise Refused(f"Jumlah jam harus {ks.batas_jam_min}–{ks.batas_jam_maks} jam ({law}).")
    if ks.jam_per_hari > ks.batas_jam_hari:
        raise Refused(f"Jam per hari paling banyak {ks.batas_jam_hari} jam ({law}).")
    latest = last_day(ks.mulai, ks.batas_bulan)
    if ks.batas > latest and not ks.perpanjangan_id:
        raise Refused(
            f"Batas selesai paling lambat {tanggal(latest)}, {ks.batas_bulan} bulan setelah mulai ({law}). "
            "Bila pengadilan memberi waktu lebih, catat penetapannya setelah data ini disimpan."
        )


def _refuse_place(ks: KerjaSosial, place: TempatKerjaSosial) -> None:
    if not place.aktif:
        raise Refused(f"{place} tidak lagi menerima klien. Pilih tempat lain.")
    if ks.untuk_anak and not place.pendidikan:
        raise Refused("Klien anak hanya ditempatkan di tempat yang mendidik. Pilih tempat lain.")
    if not place.receives(ks.jenis):
        raise Refused(f"{place} hanya menerima {place.get_untuk_display().lower()}. Pilih tempat lain.")


def _refuse_crowd(ks: KerjaSosial, place: TempatKerjaSosial) -> None:
    """`place` is locked: two clients never take the last seat of a day together."""
    during = Q(mulai__lte=ks.batas) & (Q(batas__gte=ks.mulai) | Q(batas__lt=timezone.localdate()))
    others = _at(place).filter(during).exclude(pk=ks.pk)
    taken = Counter(day for days in others.values_list("hari", flat=True) for day in days)
    full = [Hari(day).label for day in sorted(ks.hari) if taken[day] >= place.kapasitas]
    if full:
        raise Refused(
            f"{place} sudah penuh pada hari {', '.join(full)} (kapasitas {place.kapasitas} klien per hari). "
            "Pilih hari atau tempat lain."
        )


def warnings(putusan: PutusanKerjaSosial, limits: BatasKerjaSosial) -> list[str]:
    """Conditions of the law that this verdict does not meet. The verdict decides; the portal only says so."""
    found = []
    if putusan.ancaman_tahun and limits.ancaman_tahun and putusan.ancaman_tahun >= limits.ancaman_tahun:
        found.append(f"Ancaman pidana tidak kurang dari {limits.ancaman_tahun} tahun.")
    if putusan.pidana_bulan and limits.pidana_bulan and putusan.pidana_bulan > limits.pidana_bulan:
        found.append(f"Pidana yang diganti lebih dari {limits.pidana_bulan} bulan.")
    if putusan.denda and limits.denda_maks and putusan.denda > limits.denda_maks:
        found.append(f"Denda yang diganti lebih dari {rupiah(limits.denda_maks)}.")
    return found


@transaction.atomic
def extend(ks: KerjaSosial, *, nomor: str, tanggal: dt.date, batas: dt.date, by: Pengguna) -> KerjaSosial:
    """More time by a decision of the court."""
    current = _running(ks)
    if batas <= current.batas:
        raise Refused("Batas baru harus setelah batas yang sekarang.")
    decision = Perpanjangan.objects.create(bapas_id=ks.bapas_id, nomor=nomor, tanggal=tanggal, dicatat_oleh=by)
    current.perpanjangan, current.batas, current.versi = decision, batas, current.versi + 1
    current.save(update_fields=["perpanjangan", "batas", "versi"])
    return current


def complete(ks: KerjaSosial, *, by: Pengguna, on: dt.date) -> KerjaSosial:
    """Every hour of the verdict is done and confirmed. A person records it; nothing closes by itself."""
    current = KerjaSosial.objects.get(pk=ks.pk)
    if current.berjalan and not current.lunas:
        raise Refused(
            f"Baru {jam(current.jam_disahkan)} dari {jam(current.total_jam)} disahkan pengawas. "
            "Kerja sosial selesai bila semua jam disahkan."
        )
    return _move(ks, Status.SELESAI, by=by, on=on)


def give_up(ks: KerjaSosial, *, by: Pengguna, on: dt.date, alasan: str) -> KerjaSosial:
    """The rest is not carried out. What follows is decided by the prosecutor and the judge (KUHP Pasal 85)."""
    return _move(ks, Status.TIDAK, by=by, on=on, note=alasan)


@transaction.atomic
def _move(ks: KerjaSosial, to: KerjaSosial.Status, *, by: Pengguna, on: dt.date, note: str = "") -> KerjaSosial:
    current = KerjaSosial.objects.select_for_update(of=("self",), no_key=True).get(pk=ks.pk)
    if to not in NEXT[Status(current.status)]:
        raise Refused(f"Kerja sosial berstatus {current.get_status_display()} tidak dapat menjadi {to.label}.")
    before, current.status, current.ditutup = current.status, to, on
    current.save(update_fields=["status", "ditutup"])
    record_move(current, "kerja_sosial", dari=before, ke=to, by=by, catatan=note)
    return current


@transaction.atomic
def note_absence(absence: Ketidakhadiran, *, ks: KerjaSosial, by: Pengguna) -> Ketidakhadiran:
    """A day without work. It is reported; nothing follows by itself."""
    current = _running(ks)
    if not current.mulai <= absence.tanggal <= current.batas:
        raise Refused(_outside(current))
    if _standing(current).filter(tanggal=absence.tanggal).exists():
        raise Refused("Pada tanggal itu klien bekerja. Periksa kembali tanggalnya.")
    if Ketidakhadiran.objects.filter(bapas=ks.bapas_id, kerja_sosial=ks, tanggal=absence.tanggal).exists():
        raise Refused("Ketidakhadiran pada tanggal ini sudah dicatat.")
    absence.kerja_sosial, absence.bapas_id, absence.dicatat_oleh = ks, ks.bapas_id, by
    absence.save(force_insert=True)
    return absence


# Hours


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


@transaction.atomic
def record(ks: KerjaSosial, work: Work, *, kunci: UUID, by: Pengguna) -> JamKerja:
    """Write hours into the ledger. The same form sent twice gives the first entry."""
    current = _running(ks)
    first = JamKerja.objects.filter(bapas=ks.bapas_id, kerja_sosial=ks, kunci=kunci).first()
    return first or _write(current, work, kunci=kunci, by=by)


@transaction.atomic
def correct(entry: JamKerja, work: Work | None, *, alasan: str, kunci: UUID, by: Pengguna) -> JamKerja:
    """Replace an entry by a new one, or by nothing (`work` None). A correction waits for its own confirmation."""
    current = _running(entry.kerja_sosial)
    if JamKerja.objects.filter(bapas=entry.bapas_id, menggantikan=entry).exists():
        raise Refused("Jam ini sudah dikoreksi.")
    if work:
        return _write(current, work, kunci=kunci, by=by, replaced=entry, alasan=alasan)
    return _append(
        current, entry, kunci, by, tanggal=entry.tanggal, mulai=entry.mulai, selesai=entry.selesai, jam=Decimal(0),
        kegiatan=entry.kegiatan, menggantikan=entry, alasan=alasan,
    )  # fmt: skip


def _write(ks, work: Work, *, kunci, by, replaced: JamKerja | None = None, alasan: str = "") -> JamKerja:
    """`ks` is locked; the triggers of the ledger refuse the same, for whoever comes around this way."""
    if not ks.mulai <= work.tanggal <= ks.batas:
        raise Refused(_outside(ks))
    others = _standing(ks).exclude(pk=replaced.pk if replaced else None)
    _refuse_long_day(ks, work, others)
    left = ks.total_jam - ks.jam_tercatat + (replaced.jam if replaced else 0)
    if work.jam > left:
        raise Refused(f"Melebihi putusan: sisa yang belum dijalani tinggal {jam(left)}.")
    return _append(
        ks, replaced or ks, kunci, by, tanggal=work.tanggal, mulai=work.mulai, selesai=work.selesai, jam=work.jam,
        kegiatan=work.kegiatan, menggantikan=replaced, alasan=alasan,
    )  # fmt: skip


def _append(ks: KerjaSosial, where: KerjaSosial | JamKerja, kunci: UUID, by: Pengguna, **facts) -> JamKerja:
    """At the place of the sentence; a correction stays where the work was."""
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
    """The supervisor confirms entries out of `rows`; who was faster, wins. Returns the hours confirmed now."""
    chosen = rows.filter(pk__in=entries)
    sentences = KerjaSosial.objects.filter(pk__in=chosen.values("kerja_sosial"))
    list(sentences.order_by("pk").select_for_update(of=("self",), no_key=True))
    waiting = list(chosen.waiting().filter(kerja_sosial__status=Status.BERJALAN))
    PengesahanJam.objects.bulk_create(
        PengesahanJam(
            bapas_id=row.bapas_id, mitra_id=row.mitra_id, jam_kerja=row, cara=cara, pengawas=pengawas, oleh=by
        )
        for row in waiting
    )
    return sum((row.jam for row in waiting), Decimal(0))


def _running(ks: KerjaSosial) -> KerjaSosial:
    """The row itself, held until the transaction ends."""
    current = KerjaSosial.objects.select_for_update(of=("self",), no_key=True).get(pk=ks.pk)
    if not current.berjalan:
        raise Refused(f"Kerja sosial ini sudah berstatus {current.get_status_display()} dan tidak dapat diubah.")
    return current


def _standing(ks: KerjaSosial):
    return JamKerja.objects.filter(bapas=ks.bapas_id, kerja_sosial=ks).standing()


def _outside(ks: KerjaSosial) -> str:
    return f"Tanggal harus di antara {tanggal(ks.mulai)} dan {tanggal(ks.batas)}, masa kerja sosial ini."
