"""Pokmas of an office with their members. Pure: unsaved model instances."""

from datetime import date, timedelta
from random import Random

from apps.pokmas.models import Anggota, Pokmas
from apps.wilayah.models import Mitra
from contoh import words
from contoh.offices import Office
from contoh.people import full_name, region_of

POSTS = ("Ketua", "Sekretaris", "Bendahara", "Anggota", "Anggota")
SKILLS = ("Las dan fabrikasi", "Konseling", "Mengajar", "Usaha kecil", "Pertanian", "Hukum", "Keagamaan", "Menjahit")


SAMPLE = ".example"
"""End of the address of every invented partner."""


def partners_of(office: Office) -> list[Mitra]:
    """One identity per group, with its seat in the town of the office."""
    seat = office.nama.removeprefix("Bapas ")
    return [
        Mitra(nama=f"{_kind(n)[0]} {seat}{_again(n)}", jenis=Mitra.Jenis.POKMAS, kabkota_id=office.towns[0],
              kontak=f"kontak@pokmas{n + 1}{SAMPLE}")
        for n in range(office.amount.groups)
    ]  # fmt: skip


def groups_of(office: Office, today: date) -> list[Pokmas]:
    """The groups of `office.partners`: most active; in a demonstration some agreements end and one is a candidate."""
    rng = office.rng("pokmas")
    return [_group(office, n, mitra, today, rng) for n, mitra in enumerate(office.partners)]


def _group(office: Office, n: int, mitra: int, today: date, rng: Random) -> Pokmas:
    _, form, fields = _kind(n)
    start = today - timedelta(days=rng.randint(90, 680))
    left = {1: 24, 2: 75}.get(n) if office.amount.detailed else None
    candidate = office.amount.detailed and n == office.amount.groups - 1
    facts = {"status": Pokmas.Status.CALON} if candidate else {
        "status": Pokmas.Status.AKTIF,
        "sk_nomor": f"W{office.kanwil[3:]}.PAS.{office.number + 1}-{n + 1:03}.PR.01.03 Tahun {start.year}",
        "sk_tanggal": start - timedelta(days=20),
        "pks_nomor": f"PKS-{office.kode}-{n + 1:03}/{start.year}",
        "pks_mulai": start,
        "pks_selesai": today + timedelta(days=left) if left else start + timedelta(days=730),
    }  # fmt: skip
    return Pokmas(
        bapas_id=office.id, mitra_id=mitra, bidang=list(fields), bentuk=form,
        alamat=f"Jalan {rng.choice(words.KELURAHAN)} No. {rng.randint(1, 90)}", **facts,
    )  # fmt: skip


def members_of(office: Office, group: Pokmas, rng: Random) -> list[Anggota]:
    names = region_of(office.kanwil)
    return [
        Anggota(
            bapas_id=office.id, mitra_id=group.mitra_id, pokmas=group, jabatan=post, keahlian=rng.choice(SKILLS),
            nama=full_name(rng, names, woman=rng.random() < 0.4), telepon=f"0800-0000-{rng.randint(0, 9999):04}",
        )
        for post in POSTS[: rng.randint(3, len(POSTS))]
    ]  # fmt: skip


def _kind(n: int) -> tuple[str, str, tuple[str, ...]]:
    return words.POKMAS[n % len(words.POKMAS)]


def _again(n: int) -> str:
    """Number that distinguishes the second group of a kind, or ""."""
    turn = n // len(words.POKMAS)
    return f" {turn + 1}" if turn else ""
