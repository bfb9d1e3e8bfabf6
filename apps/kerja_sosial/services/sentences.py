"""Actions on a sentence, from its verdict to its end."""

import datetime as dt
from collections import Counter

from django.db import transaction
from django.db.models import Q

from apps.acuan.calendar import months_later
from apps.acuan.models import BatasKerjaSosial
from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.dasar.locks import full_slots, held, lock, lock_all
from apps.dasar.wording import rupiah, tanggal
from apps.jejak.moves import move
from apps.jejak.services import record_move
from apps.jejak.versions import refuse_changed
from apps.kerja_sosial.balance import jam
from apps.kerja_sosial.models import Hari, JamKerja, KerjaSosial, Perpanjangan, PutusanKerjaSosial, TempatKerjaSosial
from apps.klien.models import Klien
from apps.klien.services.holding import hold_guided
from apps.wilayah.days import today_at

Status = KerjaSosial.Status
OBJECT = "kerja_sosial"
"""Name of a sentence in the history of state moves."""

NEXT = {
    Status.BERJALAN: {Status.SELESAI, Status.TIDAK},
    Status.SELESAI: set(),
    Status.TIDAK: {Status.BERJALAN},
}


def limits_on(untuk: str, day: dt.date) -> BatasKerjaSosial:
    """The limits that the law sets for a verdict of that day."""
    rows = BatasKerjaSosial.objects.filter(aktif=True, untuk=untuk, berlaku_sejak__lte=day)
    limits = rows.order_by("-berlaku_sejak").first()
    if limits is None:
        raise Refused(
            f"Daftar acuan belum memuat batas kerja sosial untuk putusan {tanggal(day)}. Hubungi admin portal."
        )
    return limits


@transaction.atomic
def start(ks: KerjaSosial, putusan: PutusanKerjaSosial, *, klien: Klien, by: Pengguna) -> KerjaSosial:
    """Record a verdict: limits of that day are copied onto the row, a seat at the place is taken."""
    klien = _free_client(klien)
    ks.klien, ks.kode, ks.bapas_id, ks.dibuat_oleh = klien, klien.kode, klien.bapas_id, by
    ks.jenis = KerjaSosial.Jenis(klien.kategori_usia)
    _check(ks, putusan, _place_of(ks))
    ks.save(force_insert=True)
    putusan.kerja_sosial, putusan.bapas_id = ks, ks.bapas_id
    putusan.save(force_insert=True)
    record_move(ks, OBJECT, dari="", ke=Status.BERJALAN, by=by)
    return ks


def _free_client(klien: Klien) -> Klien:
    """The file of an active client without a running sentence, locked until the transaction ends."""
    current = hold_guided(klien, "Kerja sosialnya tidak dapat dicatat.")
    if KerjaSosial.objects.running().filter(bapas=klien.bapas_id, klien=klien).exists():
        raise Refused("Klien ini masih menjalani kerja sosial lain.")
    return current


@transaction.atomic
def change(ks: KerjaSosial, putusan: PutusanKerjaSosial, *, versi: str | int) -> KerjaSosial:
    """Correct the verdict, or move the client to another place or other days."""
    place, current = _place_of(ks), running(ks)
    refuse_changed(current, versi, counted=current.versi)
    if ks.total_jam < current.jam_tercatat:
        raise Refused(f"Sudah tercatat {jam(current.jam_tercatat)}, lebih dari jumlah jam yang diisi.")
    if ks.tempat_id != current.tempat_id and current.jam_menunggu:
        raise Refused(
            f"{jam(current.jam_menunggu)} masih menunggu pengesahan di {current.tempat}. Sahkan dulu, lalu pindahkan."
        )
    outside = counted_hours(ks).filter(Q(tanggal__lt=ks.mulai) | Q(tanggal__gt=ks.batas))
    if outside.exists():
        raise Refused("Sudah ada jam yang dicatat di luar masa ini. Periksa tanggal mulai dan batas selesai.")
    _check(ks, putusan, place, before=current)
    ks.versi = current.versi + 1
    ks.save(update_fields=[*PLAN, *COPIES, "versi"])
    putusan.save()
    return ks


PLAN = ("tempat", "total_jam", "jam_per_hari", "hari", "mulai", "batas")
"""What a form may change on a sentence; the totals belong to the triggers of the ledger (`JamKerja`)."""
COPIES = (
    "mitra", "tempat_pendidikan", "panggilan", "batas_jam_min", "batas_jam_maks", "batas_jam_hari", "batas_bulan",
    "batas_dasar",
)  # fmt: skip
SEAT = ("tempat_id", "hari", "mulai", "batas")
"""Fields that decide about a seat at the place. A full place does not refuse a correction of other fields."""


def _place_of(ks: KerjaSosial) -> TempatKerjaSosial:
    """The place, locked until the transaction ends. It is locked before the sentence, as in `save_place`."""
    places = held(TempatKerjaSosial.objects.select_related("bapas"))
    return places.get(pk=ks.tempat_id, bapas=ks.bapas_id)


def _check(ks: KerjaSosial, putusan: PutusanKerjaSosial, place: TempatKerjaSosial, before: KerjaSosial | None = None):
    """Copy what has to be copied and refuse what the law or the place does not allow. `before` is the stored row."""
    limits = limits_on(ks.jenis, putusan.tanggal)
    _copy(ks, limits, place)
    putusan.peringatan = " ".join(warnings(putusan, limits))
    _refuse_verdict(ks, putusan, before)
    if before is None or before.tempat_id != ks.tempat_id:
        _refuse_place(ks, place)
    if before is None or any(getattr(before, name) != getattr(ks, name) for name in SEAT):
        _refuse_crowd(ks, place)


def _copy(ks: KerjaSosial, limits: BatasKerjaSosial, place: TempatKerjaSosial) -> None:
    """Copy the limits, and what the place may know: of a child only the code."""
    ks.mitra_id, ks.tempat_pendidikan = place.mitra_id, place.pendidikan
    ks.panggilan = ks.klien.panggilan if ks.klien.izin_panggilan and not ks.untuk_anak else ""
    ks.batas_jam_min, ks.batas_jam_maks = limits.jam_min, limits.jam_maks
    ks.batas_jam_hari, ks.batas_bulan, ks.batas_dasar = limits.jam_per_hari_maks, limits.bulan_maks, limits.dasar


def _refuse_verdict(ks: KerjaSosial, putusan: PutusanKerjaSosial, before: KerjaSosial | None) -> None:
    law = ks.batas_dasar
    if ks.mulai < putusan.tanggal:
        raise Refused(f"Kerja sosial tidak dapat mulai sebelum putusan, {tanggal(putusan.tanggal)}.")
    if not ks.batas_jam_min <= ks.total_jam <= ks.batas_jam_maks:
        raise Refused(f"Jumlah jam harus {ks.batas_jam_min}–{ks.batas_jam_maks} jam ({law}).")
    if ks.jam_per_hari > ks.batas_jam_hari:
        raise Refused(f"Jam per hari paling banyak {ks.batas_jam_hari} jam ({law}).")
    latest, why = months_later(ks.mulai, ks.batas_bulan), f"{ks.batas_bulan} bulan setelah mulai ({law})"
    if before and before.perpanjangan_id and before.batas > latest:
        latest, why = before.batas, "menurut penetapan pengadilan"
    if ks.batas > latest:
        raise Refused(
            f"Batas selesai paling lambat {tanggal(latest)}, {why}. "
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
    """A day of the week is a slot: each of the sentence's days needs a seat at the place."""
    during = Q(mulai__lte=ks.batas) & (Q(batas__gte=ks.mulai) | Q(batas__lt=today_at(place.bapas)))

    def taken(place: TempatKerjaSosial) -> Counter[int]:
        others = KerjaSosial.objects.running().at(place).filter(during).exclude(pk=ks.pk)
        return Counter(day for days in others.values_list("hari", flat=True) for day in days)

    full = full_slots(place, dict.fromkeys(ks.hari, 1), seats="kapasitas", taken=taken)
    if full:
        days = ", ".join(Hari(day).label for day in sorted(full))
        raise Refused(
            f"{place} sudah penuh pada hari {days} (kapasitas {place.kapasitas} klien per hari). "
            "Pilih hari atau tempat lain."
        )


def warnings(putusan: PutusanKerjaSosial, limits: BatasKerjaSosial) -> list[str]:
    """Conditions of the law that this verdict does not meet. The verdict decides; the portal only warns."""
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
    """Give more time, by a decision of the court."""
    current = running(ks)
    if batas <= current.batas:
        raise Refused("Batas baru harus setelah batas yang sekarang.")
    decision = Perpanjangan.objects.create(bapas_id=ks.bapas_id, nomor=nomor, tanggal=tanggal, dicatat_oleh=by)
    current.perpanjangan, current.batas, current.versi = decision, batas, current.versi + 1
    current.save(update_fields=["perpanjangan", "batas", "versi"])
    return current


@transaction.atomic
def complete(ks: KerjaSosial, *, by: Pengguna, on: dt.date) -> KerjaSosial:
    """Record that every hour of the verdict is confirmed. A person does it; nothing closes automatically."""
    current = running(ks)
    if not current.lunas:
        raise Refused(
            f"Baru {jam(current.jam_disahkan)} dari {jam(current.total_jam)} disahkan pengawas. "
            "Kerja sosial selesai bila semua jam disahkan."
        )
    return move(ks, Status.SELESAI, NEXT, by=by, objek=OBJECT, ditutup=on)


def give_up(ks: KerjaSosial, *, by: Pengguna, on: dt.date, alasan: str) -> KerjaSosial:
    """Stop with hours left. The prosecutor and the judge decide what follows (KUHP Pasal 85)."""
    return move(ks, Status.TIDAK, NEXT, by=by, objek=OBJECT, note=alasan, ditutup=on)


@transaction.atomic
def resume(ks: KerjaSosial, *, by: Pengguna, alasan: str) -> KerjaSosial:
    """Continue a stopped sentence: the client is back, the handover was refused, or the prosecutor allows it.

    A full place does not refuse: the ledger goes on, and days or place can be changed afterwards.
    """
    _free_client(ks.klien)
    place = _place_of(ks)
    return move(ks, Status.BERJALAN, NEXT, by=by, objek=OBJECT, note=alasan, ditutup=None, mitra_id=place.mitra_id)


@transaction.atomic
def stop_with_registration(klien: Klien, *, by: Pengguna, on: dt.date, alasan: str) -> None:
    """End sentences with the registration: one with all hours confirmed is completed, any other is stopped."""
    for ks in lock_all(KerjaSosial.objects.running().filter(bapas=klien.bapas_id, klien=klien)):
        to = Status.SELESAI if ks.lunas else Status.TIDAK
        move(ks, to, NEXT, by=by, objek=OBJECT, note=alasan, ditutup=on)


def running(ks: KerjaSosial) -> KerjaSosial:
    """The stored row, locked until the transaction ends. Refused if it does not run."""
    current = lock(ks)
    if not current.berjalan:
        raise Refused(
            f"Kerja sosial ini sudah berstatus {current.get_status_display().lower()} dan tidak dapat diubah."
        )
    return current


def counted_hours(ks: KerjaSosial):
    return JamKerja.objects.filter(bapas=ks.bapas_id, kerja_sosial=ks).counted()
