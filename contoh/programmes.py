"""Yearly programmes of an office with their cost lines and spending.

The activities are stored before their programme, because the fingerprint of a programme is computed from stored rows
(`read_plan`), exactly as when a planner sends one. So composite keys must be checked at the end of the transaction.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from random import Random

from apps.jejak.models import Riwayat
from apps.program.models import ProgramTahunan, Realisasi, RencanaKegiatan, RincianBiaya
from apps.program.needs import snapshot
from apps.program.plan import read_plan
from apps.program.services import OBJECT
from contoh import words
from contoh.offices import Lists, Office

Status = ProgramTahunan.Status
FIRST_YEAR = 2020
"""The portal accepts no earlier year (constraint `program_year_sane`)."""
LATE = 0.08
"""Share of programmes that are approved after the beginning of their year."""
BLOCK = 100
"""Programme ids reserved per office."""
NEXT_YEAR = {0: Status.DIPERIKSA, 1: Status.DRAF, 2: Status.DRAF, 3: None}
"""Status of next year's programme at the offices with log-ins: one to approve, two to write, one to start."""


@dataclass(frozen=True)
class Year:
    """One programme to make."""

    tahun: int
    status: str
    spent: float
    """Share of the money spent by now."""


def years_of(office: Office, today: date) -> list[Year]:
    """Past years almost fully spent, this year in proportion to the calendar, next year in preparation."""
    rng = office.rng("tahun")
    past = [
        Year(tahun, Status.DISETUJUI, rng.uniform(0.82, 0.99))
        for tahun in range(max(today.year - office.amount.years + 1, FIRST_YEAR), today.year)
    ]
    now = Year(today.year, Status.DISETUJUI, today.timetuple().tm_yday / 365 * rng.uniform(0.55, 1.0))
    coming = rng.choice((None, Status.DRAF, Status.DIPERIKSA))
    if office.shown is not None:
        coming = NEXT_YEAR.get(office.shown)
    return [*past, now, *([Year(today.year + 1, coming, 0)] if coming else [])]


def add_programmes(office: Office, lists: Lists, today: date) -> dict[int, dict[int, int]]:
    """Store the programmes; gives year → need category → planned activity, for the approved years."""
    rng, plans = office.rng("program"), {}
    for n, year in enumerate(years_of(office, today)):
        program = _programme(office, year, today, rng)
        program.pk = office.number * BLOCK + n + 1
        activities = _add_activities(office, program, lists, rng)
        lines = _add_lines(office, activities, lists, rng)
        if year.status != Status.DRAF:
            program.sidik = read_plan(program).fingerprint()
        program.save(force_insert=True)
        Riwayat.objects.bulk_create(_moves(office, program))
        if year.status == Status.DISETUJUI:
            Realisasi.objects.bulk_create(_spending(office, year, program, lines, today, rng))
            plans[year.tahun] = {activity.kategori_id: activity.pk for activity in activities}
    return plans


def _programme(office: Office, year: Year, today: date, rng: Random) -> ProgramTahunan:
    """A programme written in October of the year before, sent in November and approved; a few late in January, none in
    the future."""
    staff = office.staff
    month = 12 if year.tahun <= today.year and rng.random() < LATE else 10
    begun = min(date(year.tahun - 1, month, 5) + timedelta(days=rng.randint(0, 20)), today - timedelta(days=12))
    program = ProgramTahunan(
        bapas_id=office.id, tahun=year.tahun, status=year.status, latar=words.LATAR, disusun_oleh_id=staff.planner,
        potret=snapshot(office.id, begun), potret_pada=begun,
    )  # fmt: skip
    sent = min(begun + timedelta(days=30), today - timedelta(days=3))
    if year.status != Status.DRAF:
        program.diajukan_oleh_id, program.diajukan_pada = staff.planner, _at(sent, 4)
    if year.status == Status.DISETUJUI:
        program.disetujui_oleh_id, program.disetujui_pada = staff.head, _at(sent + timedelta(days=1), 7)
    return program


def _add_activities(office: Office, program: ProgramTahunan, lists: Lists, rng: Random) -> list[RencanaKegiatan]:
    """One activity for each of the greatest needs for which `words.PROGRAM` has an idea."""
    known = [idea for idea in words.PROGRAM if idea[1] in lists.needs]
    known.sort(key=lambda idea: -program.potret.get(idea[1], 0))
    partners = [None, *office.partners[:3]]
    return RencanaKegiatan.objects.bulk_create(
        RencanaKegiatan(
            bapas_id=office.id, program_id=program.pk, judul=title, kategori_id=lists.needs[kode], bidang=field,
            target_klien=max(round(program.potret.get(kode, 6) * rng.uniform(0.3, 0.8)), 5), indikator=aim,
            pelaksana_id=rng.choice(partners), bulan=sorted(rng.sample(range(1, 13), rng.randint(2, 5))),
        )
        for title, kode, field, aim, _ in known[: rng.randint(4, len(known))]
    )  # fmt: skip


def _add_lines(office: Office, activities: list[RencanaKegiatan], lists: Lists, rng: Random) -> list[RincianBiaya]:
    ideas = {idea[0]: idea[4] for idea in words.PROGRAM}
    scale = rng.choice((0.5, 0.75, 1, 1, 1.25))
    return RincianBiaya.objects.bulk_create(
        RincianBiaya(
            bapas_id=office.id, rencana=activity, akun_id=lists.accounts[akun], uraian=name, satuan=unit,
            volume=max(round(volume * scale), 1), harga=price, sumber=source,
        )
        for activity in activities
        for akun, name, unit, volume, price, source in ideas[activity.judul]
        if akun in lists.accounts
    )  # fmt: skip


def _spending(
    office: Office, year: Year, program: ProgramTahunan, lines: list[RincianBiaya], today: date, rng: Random
) -> list[Realisasi]:
    """One to three entries per line, once the programme is in force; the newest wait for the head."""
    first = max(date(year.tahun, 1, 20), program.disetujui_pada.date() + timedelta(days=1))
    last = min(date(year.tahun, 12, 18), today - timedelta(days=1))
    entries = []
    for line in lines if first <= last else ():
        spent = Decimal(line.volume * line.harga) * Decimal(round(min(year.spent * rng.uniform(0.7, 1.2), 1), 2))
        for part in range(times := rng.randint(1, 3)):
            day = first + timedelta(days=rng.randint(0, (last - first).days))
            waits = (today - day).days < 10
            part_of_it = (spent / times).quantize(Decimal(1), ROUND_DOWN)
            entries.append(
                Realisasi(
                    bapas_id=office.id, rincian=line, tanggal=day, jumlah=part_of_it,
                    bukti=f"KW-{year.tahun}-{len(entries) + 1:03}", keterangan="" if part else line.uraian,
                    dicatat_oleh_id=office.staff.planner, dicatat_pada=_at(day, 5),
                    disetujui_oleh_id=None if waits else office.staff.head,
                    disetujui_pada=None if waits else _at(day + timedelta(days=3), 6),
                )
            )  # fmt: skip
    return [entry for entry in entries if entry.jumlah]


def _moves(office: Office, program: ProgramTahunan) -> list[Riwayat]:
    """The state moves, as `services` would have written them."""
    begun = _at(program.potret_pada, 3)
    moves = [("", Status.DRAF, program.disusun_oleh_id, begun)]
    if program.diajukan_oleh_id:
        moves.append((Status.DRAF, Status.DIPERIKSA, program.diajukan_oleh_id, program.diajukan_pada))
    if program.disetujui_oleh_id:
        moves.append((Status.DIPERIKSA, Status.DISETUJUI, program.disetujui_oleh_id, program.disetujui_pada))
    return [
        Riwayat(bapas_id=office.id, objek=OBJECT, objek_id=program.pk, dari=dari, ke=ke, oleh_id=by, pada=at)
        for dari, ke, by, at in moves
    ]


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)
