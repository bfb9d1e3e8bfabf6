"""Users in the sample data: officers of every office, and log-ins for each role."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from apps.akun.models import Pengguna, Penugasan
from apps.akun.roles import Peran
from apps.wilayah.models import Kanwil, Mitra
from contoh.offices import Office, draw
from contoh.people import full_name, region_of

DOMAIN = "contoh.pemasyarakatan.example"
STAFF = (Peran.OPERATOR, Peran.PERENCANA, Peran.KABAPAS)
PARTNERS = {
    Peran.PENGELOLA_GRIYA: ("Griya Abhipraya", Mitra.Jenis.GRIYA),
    Peran.MITRA: ("Dinas Tenaga Kerja", Mitra.Jenis.PEMDA),
}
NATIONAL = {
    Peran.DITJENPAS: "Larasati Wibowo", Peran.ADMIN: "Yusuf Kurniawan", Peran.AUDITOR: "Melati Handayani",
}  # fmt: skip


@dataclass(frozen=True)
class Hire:
    """One account to create, with role and unit."""

    local: str
    """The part of the address before the @."""
    nama: str
    peran: Peran
    bapas: int | None = None
    kanwil: int | None = None
    mitra: int | None = None
    nip: str = ""
    mulai: date | None = None
    """First day of the assignment; None: before the oldest rows."""
    selesai: date | None = None

    @property
    def email(self) -> str:
        return f"{self.local}@{DOMAIN}"


def staff_of(office: Office, today: date) -> list[Hire]:
    """PKs, operator, planner, head, and a PK who left. The first office with log-ins has addresses without its name."""
    count, changed = len(office.amount.caseloads), office.change_of_officer(today)
    roles = [*([Peran.PK] * count), *STAFF, *([Peran.PK] if changed else [])]
    rng, names = office.rng("petugas"), region_of(office.kanwil)
    hires: list[Hire] = []
    seen: dict[Peran, int] = {}
    for place, peran in enumerate(roles):
        turn = seen[peran] = seen.get(peran, 0) + 1
        woman = rng.random() < 0.5
        nip = f"99{rng.randint(0, 10**16 - 1):016}"  # no birth year starts with 99
        days = {"mulai": changed if place == count - 1 else None, "selesai": changed if turn > count else None}
        local = address(peran, office, turn)
        hires.append(Hire(local, full_name(rng, names, woman=woman), peran, bapas=office.id, nip=nip, **days))
    return hires


def outside_of(office: Office, own_partners: dict[Peran, int]) -> list[Hire]:
    """Accounts of the partners of an office with log-ins."""
    rng, names = office.rng("mitra"), region_of(office.kanwil)
    return [
        Hire(address(peran, office), full_name(rng, names, woman=rng.random() < 0.5), peran, mitra=mitra)
        for peran, mitra in own_partners.items()
    ]


def above(kanwil: Iterable[Kanwil]) -> Iterator[Hire]:
    """One person at each Kanwil with log-ins and one per national role."""
    for n, office in enumerate(kanwil):
        local = "kanwil" if n == 0 else f"kanwil.{slugify(office.singkatan)}"
        nama = full_name(draw(office.kode), region_of(office.kode), woman=n % 2 == 0)
        yield Hire(local, nama, Peran.KANWIL, kanwil=office.pk)
    for peran, nama in NATIONAL.items():
        yield Hire(peran.value, nama, peran)


def address(peran: Peran, office: Office, turn: int = 1) -> str:
    """pk · pk2 · pk.luwuk · pk2.luwuk"""
    name = {Peran.KOORDINATOR_POKMAS: "pokmas", Peran.PENGELOLA_GRIYA: "griya"}.get(peran, peran.value)
    number = "" if turn == 1 else str(turn)
    return f"{name}{number}" if office.shown == 0 else f"{name}{number}.{slugify(office.nama.removeprefix('Bapas '))}"


def hire(hires: list[Hire], since: date, password: str | None) -> list[int]:
    """Store accounts with one active assignment each; gives their ids in order."""
    secret = make_password(password)  # one hash for all: hashing is slow on purpose
    people = Pengguna.objects.bulk_create(
        Pengguna(email=h.email, nama=h.nama, nip=h.nip, password=secret) for h in hires
    )
    duties = Penugasan.objects.bulk_create(
        Penugasan(
            pengguna=person, peran=h.peran, bapas_id=h.bapas, kanwil_id=h.kanwil, mitra_id=h.mitra,
            mulai=h.mulai or since, selesai=h.selesai,
        )
        for person, h in zip(people, hires, strict=True)
    )  # fmt: skip
    for person, duty in zip(people, duties, strict=True):
        person.penugasan_aktif = duty
    Pengguna.objects.bulk_update(people, ["penugasan_aktif"], batch_size=500)
    return [person.pk for person in people]


def assign_as_helper(person: int, office: Office, today: date) -> None:
    """Add a second assignment: the person helps out at `office` for a while."""
    Penugasan.objects.create(
        pengguna_id=person, peran=Peran.PK, bapas_id=office.id, mulai=today - timedelta(days=20),
        selesai=today + timedelta(days=90),
    )  # fmt: skip
