"""Sample places, sentences and hours of community service, in the offices with log-ins."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from django.contrib.auth.hashers import make_password

from apps.acuan.models import JenisProgram
from apps.jejak.models import Riwayat
from apps.kerja_sosial.models import (
    JamKerja,
    KerjaSosial,
    Ketidakhadiran,
    PengesahanJam,
    PinPengawas,
    PutusanKerjaSosial,
    TempatKerjaSosial,
)
from apps.kerja_sosial.services import limits_on
from apps.klien.models import Klien, MasaBimbingan
from apps.wilayah.models import Mitra
from contoh.offices import Office

ADULTS, CHILDREN = 6, 2
LONGEST = timedelta(days=115)
SAMPLE_PIN = "246813"
"""PIN of every sample place, so that a demonstration can confirm hours on a phone."""
PLACES = (
    ("Dinas Tenaga Kerja", "kantor", "dewasa", False, "Merapikan arsip dan taman kantor", "Dinas Tenaga Kerja"),
    ("Griya Abhipraya", "panti", "semua", True, "Membantu kebun dan dapur bersama", "Griya Abhipraya"),
    ("Puskesmas", "kesehatan", "semua", True, "Membantu loket dan kebersihan halaman", ""),
)


@cache
def _sample_pin() -> str:
    """One hash for all places: hashing is slow on purpose."""
    return make_password(SAMPLE_PIN)


def add_community_service(office: Office, today: date) -> None:
    """Store a few sentences at different stages: on schedule, behind, waiting for the supervisor, done."""
    if office.shown is None:
        return
    rng = office.rng("kerja-sosial")
    places = [_place(office, *facts) for facts in PLACES]
    hashed = _sample_pin()
    PinPengawas.objects.bulk_create(PinPengawas(bapas_id=office.id, tempat=place, sandi=hashed) for place in places)
    for number, klien in enumerate(_people(office, "dewasa", "KERJASOS", ADULTS, today)):
        _sentence(office, klien, places[number % len(places)], number, today, rng)
    for number, klien in enumerate(_people(office, "anak", "YANMASY", CHILDREN, today)):
        _sentence(office, klien, places[1 + number % 2], number, today, rng)


def _place(office: Office, name, kind, untuk, teaches, work, partner) -> TempatKerjaSosial:
    seat = office.nama.removeprefix("Bapas ")
    mitra = Mitra.objects.filter(kabkota_id=office.towns[0], nama__startswith=partner).first() if partner else None
    return TempatKerjaSosial.objects.create(
        bapas_id=office.id, mitra=mitra, nama=f"{name} {seat}", alamat=f"Jalan Contoh, {seat}", jenis=kind, untuk=untuk,
        pendidikan=teaches, nirlaba=True, pekerjaan=work, kapasitas=8, pengawas=f"Pengawas {name}",
        jabatan="Petugas lapangan",
    )  # fmt: skip


def _people(office: Office, age: str, program: str, most: int, today: date) -> list[Klien]:
    """Clients of the first officers; their newest term is changed to community service."""
    kind = JenisProgram.objects.get(kode=program)
    known = Klien.objects.filter(bapas=office.id, kategori_usia=age, diregistrasi__lte=today - LONGEST).active()
    people = known.order_by("pk_pembimbing", "-pk")
    chosen = list(people[:most])
    for klien in chosen:
        newest = MasaBimbingan.objects.filter(bapas=office.id, klien=klien).order_by("-mulai").first()
        MasaBimbingan.objects.filter(pk=newest.pk).update(jenis_program=kind)
    return chosen


def _sentence(office: Office, klien: Klien, place, number: int, today: date, rng: Random) -> None:
    begin = today - timedelta(days=rng.randint(50, 110))
    limits = limits_on(klien.kategori_usia, begin)
    total = 24 if number == 1 else rng.choice((100, 120, 160) if klien.kategori_usia == "dewasa" else (60, 80))
    days = sorted(rng.sample(range(1, 7), 2))
    ks = KerjaSosial.objects.create(
        bapas_id=office.id, mitra=place.mitra, klien=klien, kode=klien.kode, jenis=klien.kategori_usia, tempat=place,
        panggilan=klien.panggilan if klien.izin_panggilan and klien.kategori_usia == "dewasa" else "",
        tempat_pendidikan=place.pendidikan, total_jam=total, jam_per_hari=Decimal(4), hari=days, mulai=begin,
        batas=begin + timedelta(days=100 if number == 2 else 175), batas_jam_min=limits.jam_min,
        batas_jam_maks=limits.jam_maks, batas_jam_hari=limits.jam_per_hari_maks, batas_bulan=limits.bulan_maks,
        batas_dasar=limits.dasar, dibuat_oleh_id=klien.pk_pembimbing_id,
    )  # fmt: skip
    seat = office.nama.removeprefix("Bapas ")
    PutusanKerjaSosial.objects.create(
        bapas_id=office.id, kerja_sosial=ks, nomor=f"{rng.randint(10, 200)}/Pid.S/{begin.year}/PN {seat}",
        tanggal=begin - timedelta(days=10), pengadilan=f"Pengadilan Negeri {seat}", jaksa="Jaksa Contoh",
        kejaksaan=f"Kejaksaan Negeri {seat}", persetujuan=begin - timedelta(days=12),
    )  # fmt: skip
    _note(ks, "", "berjalan")
    _work(ks, number, today, rng)


def _work(ks: KerjaSosial, number: int, today: date, rng: Random) -> None:
    """Hours for most scheduled days; the last ones wait for the supervisor."""
    planned = [ks.mulai + timedelta(days=n) for n in range((today - ks.mulai).days)]
    left = ks.total_jam
    for day in (day for day in planned if day.isoweekday() in ks.hari):
        if left < ks.jam_per_hari:
            break
        if rng.random() < 0.15 or (number == 2 and rng.random() < 0.5):
            _miss(ks, day, rng)
            continue
        left -= int(ks.jam_per_hari)
        entry = JamKerja.objects.create(
            bapas_id=ks.bapas_id, mitra_id=ks.mitra_id, kerja_sosial=ks, tempat_id=ks.tempat_id, tanggal=day,
            kunci=uuid.UUID(int=rng.getrandbits(128)), mulai=time(8), selesai=time(12), jam=ks.jam_per_hari,
            kegiatan=ks.tempat.pekerjaan, dicatat_oleh_id=ks.dibuat_oleh_id,
        )  # fmt: skip
        if number == 1 or (today - day).days > 6:
            PengesahanJam.objects.create(
                bapas_id=ks.bapas_id, mitra_id=ks.mitra_id, jam_kerja=entry, cara=PengesahanJam.Cara.PIN,
                pengawas=ks.tempat.pengawas, oleh_id=ks.dibuat_oleh_id,
                pada=datetime.combine(day, time(5), UTC),
            )  # fmt: skip


def _miss(ks: KerjaSosial, day: date, rng: Random) -> None:
    reason = rng.random() < 0.6
    Ketidakhadiran.objects.create(
        bapas_id=ks.bapas_id, kerja_sosial=ks, tanggal=day, beralasan=reason, dicatat_oleh_id=ks.dibuat_oleh_id,
        uraian="Sakit, surat puskesmas diterima." if reason else "Belum dapat dihubungi. Keluarga diberi tahu.",
    )  # fmt: skip


def _note(ks: KerjaSosial, dari: str, ke: str) -> None:
    Riwayat.objects.create(
        bapas_id=ks.bapas_id, objek="kerja_sosial", objek_id=ks.pk, dari=dari, ke=ke, oleh_id=ks.dibuat_oleh_id
    )
