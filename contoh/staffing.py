"""Offices, their users and their partners, which must exist before the clients."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

from apps.acuan.models import AkunBelanja, JenisProgram, KategoriKebutuhan
from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.wilayah.models import Bapas, Kanwil, Mitra
from contoh import accounts, groups
from contoh.accounts import Hire
from contoh.offices import DEMO_OFFICES, DEMO_REGIONS, Amount, Lists, Office, Staff


def read_lists() -> Lists:
    """Reference rows in use, by code."""
    programmes, needs, codes = (
        dict(model.objects.filter(aktif=True).values_list("kode", "pk"))
        for model in (JenisProgram, KategoriKebutuhan, AkunBelanja)
    )
    return Lists(programmes, needs, codes)


def read_offices(amount_of: Callable[[int | None], Amount]) -> list[Office]:
    """Every active Bapas, in order of code, with its amount by its index among the offices with log-ins."""
    rows = list(
        Bapas.objects.filter(aktif=True).select_related("kanwil").prefetch_related("wilayah_kerja").order_by("kode")
    )
    shown = _shown(rows)
    given = [amount_of(shown.get(row.pk)) for row in rows]
    clients = accumulate((amount.clients for amount in given), initial=1)
    activities = accumulate((amount.activities for amount in given), initial=1)
    return [
        Office(
            id=row.pk, kode=row.kode, nama=row.nama, kanwil=row.kanwil.kode, zona=row.zona_waktu,
            towns=tuple(town.pk for town in row.wilayah_kerja.all()), amount=amount, number=number,
            first_client=first_client, first_activity=first_activity, shown=shown.get(row.pk),
        )
        for number, (row, amount, first_client, first_activity) in enumerate(
            zip(rows, given, clients, activities, strict=False)
        )
    ]  # fmt: skip


def _shown(rows: list[Bapas]) -> dict[int, int]:
    """Bapas id → index among the offices with log-ins."""
    chosen = [row for kode in DEMO_REGIONS for row in [row for row in rows if row.kanwil.kode == kode][:DEMO_OFFICES]]
    return {row.pk: place for place, row in enumerate(chosen)}


def staff_all(offices: list[Office], today: date, password: str) -> list[Office]:
    """Create users and partners; gives the offices with their ids."""
    since = today - timedelta(days=max(office.amount.oldest for office in offices) + 60)
    partnered = sorted(_give_partners(offices), key=_with_log_ins_first)
    hires = [accounts.staff_of(office, today) for office in partnered]
    ids = _hire(partnered, hires, since, password)
    outside = [hire for office in partnered if office.shown is not None for hire in _outside(office)]
    outside_ids = accounts.hire(outside, since, password)
    accounts.hire(list(accounts.above(Kanwil.objects.filter(kode__in=DEMO_REGIONS).order_by("-kode"))), since, password)
    coordinators = {
        hire.mitra: pk for hire, pk in zip(outside, outside_ids, strict=True) if hire.peran == Peran.KOORDINATOR_POKMAS
    }
    staffs = [_staff(office, mine, coordinators, today) for office, mine in zip(partnered, ids, strict=True)]
    return [
        replace(office, staff=replace(staff, neighbour=other.head))
        for office, staff, other in zip(partnered, staffs, [*staffs[1:], staffs[0]], strict=True)
    ]


def _with_log_ins_first(office: Office) -> tuple:
    return office.shown is None, office.shown, office.number


def _give_partners(offices: list[Office]) -> list[Office]:
    rows = [groups.partners_of(office) for office in offices]
    Mitra.objects.bulk_create(mitra for row in rows for mitra in row)
    return [
        replace(office, partners=tuple(mitra.pk for mitra in row)) for office, row in zip(offices, rows, strict=True)
    ]


def _hire(offices: list[Office], hires: list[list[Hire]], since: date, password: str) -> list[list[int]]:
    """Ids per office. Only users of the offices with log-ins get the password."""
    ids: dict[Hire, int] = {}
    for secret in (password, None):
        some = [
            hire
            for office, mine in zip(offices, hires, strict=True)
            for hire in mine
            if (office.shown is not None) == bool(secret)
        ]
        ids.update(zip(some, accounts.hire(some, since, secret), strict=True))
    return [[ids[hire] for hire in mine] for mine in hires]


def _outside(office: Office) -> list[Hire]:
    seat = office.nama.removeprefix("Bapas ")
    own = {
        peran: Mitra.objects.create(
            nama=f"{name} {seat}", jenis=kind, kabkota_id=office.towns[0], kontak=f"kontak@{peran}{groups.SAMPLE}"
        ).pk
        for peran, (name, kind) in accounts.PARTNERS.items()
    }
    return accounts.outside_of(office, own | {Peran.KOORDINATOR_POKMAS: office.partners[0]})


def _staff(office: Office, ids: list[int], coordinators: dict[int, int], today: date) -> Staff:
    count, changed = len(office.amount.caseloads), office.change_of_officer(today)
    operator, planner, head, *former = ids[count:]
    first = office.partners[0] if office.partners else None
    staff = Staff(tuple(ids[:count]), operator, planner, head, coordinators.get(first, operator), neighbour=head)
    return replace(staff, former=former[0], since=changed.toordinal()) if changed else staff


def dismiss_all() -> None:
    """Undo `staff_all`."""
    Pengguna.objects.filter(email__endswith=f"@{accounts.DOMAIN}").delete()
    Mitra.objects.filter(kontak__endswith=groups.SAMPLE).delete()
