"""Handovers between offices: clients that the next office took over, and two that wait for an answer."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from apps.jejak.models import Riwayat
from apps.klien.models import CatatanBimbingan, JadwalLapor, Klien, MasaBimbingan, Perkara
from apps.klien.services import life
from apps.klien.services.guidance import refresh
from apps.perjalanan.models import Pelimpahan, PeristiwaAkhir
from apps.perjalanan.services.handover import OBJECT, summarise
from contoh import words
from contoh.offices import Office
from contoh.paths import free
from contoh.terms import HANDED_OVER, working_day

REASONS = ("Pindah domisili mengikuti keluarga", "Mendapat pekerjaan tetap di daerah tujuan")
EVERY, FIRST = 30, 7
"""Days between two reports at the new office, and until the first one."""
ASKED_BEFORE = timedelta(days=4)


def add_handovers(offices: list[Office], today: date) -> None:
    """Store all handovers: each office takes clients over from the one before it in `offices`."""
    shown = [office for office in offices if office.shown is not None][:2]
    for giver, taker in zip(shown, reversed(shown), strict=True):
        _ask(giver, taker, today)
    for giver, taker in zip(offices, [*offices[1:], offices[0]], strict=True):
        for akhir in PeristiwaAkhir.objects.filter(bapas=giver.id, jenis=HANDED_OVER).select_related("klien"):
            _take_over(giver, taker, akhir, today)


def _ask(giver: Office, taker: Office, today: date) -> None:
    """A waiting handover between two offices with log-ins."""
    letter = today - ASKED_BEFORE
    klien = free(giver).order_by("-pk")[7]
    _write(giver, taker, klien, None, surat_nomor=f"W-{klien.pk}/PK.01/{today.year}", surat_tanggal=letter)


def _take_over(giver: Office, taker: Office, akhir: PeristiwaAkhir, today: date) -> None:
    """The new registration of a client that was handed over, with its log until today."""
    old, day = akhir.klien, akhir.tanggal
    office, first = {"bapas": giver.id, "klien": old}, date.fromordinal(working_day(day.toordinal() + FIRST))
    new = Klien(
        bapas_id=taker.id, nomor_register=f"L-{old.pk}", tahun_register=day.year, diregistrasi=day,
        pk_pembimbing_id=taker.staff.officers[0], dibuat_oleh_id=taker.staff.head, dibuat_pada=akhir.diputus_pada,
    )  # fmt: skip
    schedule = JadwalLapor(frekuensi_hari=EVERY, pertama=first, berikutnya=first)
    terms = list(MasaBimbingan.objects.filter(**office))
    life.take_over(old=old, new=new, masa=terms, jadwal=schedule, perkara=Perkara.objects.filter(**office).first())
    _log(taker, new, first, today)
    refresh(schedule)
    _write(
        giver, taker, old, new, status=Pelimpahan.Status.DITERIMA, diputus_oleh_id=akhir.diputus_oleh_id,
        diputus_pada=akhir.diputus_pada, diminta_pada=akhir.diputus_pada - ASKED_BEFORE, ringkasan=summarise(old),
        surat_nomor=akhir.sumber_nomor, surat_tanggal=akhir.sumber_tanggal,
    )  # fmt: skip


def _log(office: Office, klien: Klien, first: date, today: date) -> None:
    """One contact a month from `first` until today."""
    rng, days = office.rng(f"pelimpahan/{klien.kode}"), [first]
    while days[-1] < today:
        days.append(date.fromordinal(working_day(days[-1].toordinal() + EVERY)))
    CatatanBimbingan.objects.bulk_create(
        CatatanBimbingan(
            bapas_id=office.id, klien=klien, pk_pencatat_id=klien.pk_pembimbing_id, tanggal=day, berikutnya=after,
            kunci=uuid.UUID(int=rng.getrandbits(128)), cara="kantor", hadir=True, topik=["keluarga"],
            catatan=rng.choice(words.CATATAN), dibuat_pada=_at(day), diterima_pada=_at(day),
        )
        for day, after in pairwise(days)
    )  # fmt: skip


def _write(giver: Office, taker: Office, old: Klien, new: Klien | None, **facts) -> None:
    """Both ends of a handover, and the moves in the trail of both files."""
    key = giver.rng(f"pelimpahan/{old.kode}").getrandbits(128)
    shared = {
        "kunci": uuid.UUID(int=key), "kode_klien": old.kode, "nama_klien": old.nama,
        "alasan": REASONS[giver.number % 2], "diminta_oleh_id": giver.staff.head, **facts,
    }  # fmt: skip
    ends = (("keluar", giver, taker, old), ("masuk", taker, giver, new))
    rows = Pelimpahan.objects.bulk_create(
        Pelimpahan(arah=arah, bapas_id=here.id, lawan_id=there.id, klien=row, **shared)
        for arah, here, there, row in ends
    )
    asked = {"ke": Pelimpahan.Status.MENUNGGU, "oleh_id": giver.staff.head, "pada": rows[0].diminta_pada}
    moves = [Riwayat(bapas_id=giver.id, objek=OBJECT, objek_id=old.pk, catatan=f"Ke {taker.nama}", **asked)]
    if new:
        taken = {"ke": Pelimpahan.Status.DITERIMA, "oleh_id": taker.staff.head, "pada": rows[0].diputus_pada}
        moves.append(Riwayat(bapas_id=taker.id, objek=OBJECT, objek_id=new.pk, catatan=f"Dari {giver.nama}", **taken))
    Riwayat.objects.bulk_create(moves)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(2), UTC)
