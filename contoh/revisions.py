"""Revisions of programmes: most in force, one still a draft beside the version in force.

The services make them, and their dates are set afterwards.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from apps.akun.models import Pengguna
from apps.jejak.models import Riwayat
from apps.program import services
from apps.program.models import ProgramTahunan, RincianBiaya
from contoh.offices import Office

Status = ProgramTahunan.Status
DRAFTED = 1
"""Index of the office with log-ins whose revision of this year is a draft."""
SHOWN = {2: (0,), 3: (1,)}
"""Index among the offices with log-ins → years ago in which a programme was revised."""
AGAIN = timedelta(days=60)
"""A programme is in force at least this long before its revision."""
RAISE = 2
"""Number of cost lines that a revision raises."""


def add_revisions(offices: list[Office], today: date) -> None:
    """Let a few offices revise this year's programme or last year's."""
    for office in offices:
        planner, head = (Pengguna.objects.get(pk=pk) for pk in (office.staff.planner, office.staff.head))
        rng = office.rng("revisi")
        for tahun in _years(office, today):
            _revise(office, tahun, rng, today, planner, head)


def _years(office: Office, today: date) -> Iterator[int]:
    if office.shown is not None:
        ago = (0,) if office.shown == DRAFTED else SHOWN.get(office.shown, ())
    else:
        ago = tuple(n for n in (0, 1) if (office.number + 5 * n) % 9 == 4)
    yield from (today.year - n for n in ago)


def _revise(office: Office, tahun: int, rng: Random, today: date, planner: Pengguna, head: Pengguna) -> None:
    """Revise a programme between the middle of the year and yesterday."""
    first = ProgramTahunan.objects.in_force().filter(bapas=office.id, tahun=tahun).first()
    begun = date(tahun, 6, 1) + timedelta(days=rng.randint(0, 100))
    if first is None:
        return
    begun = min(max(begun, first.disetujui_pada.date() + AGAIN), today - timedelta(days=16))
    if begun <= first.disetujui_pada.date():
        return
    revision = services.revise(first, by=planner)
    _raise_some(revision, rng)
    _date(revision, Status.DRAF, begun)
    if office.shown == DRAFTED:
        return
    services.send(revision, by=planner)
    services.approve(revision, by=head)
    _date(revision, Status.DIPERIKSA, begun + timedelta(days=9), "diajukan_pada")
    _date(revision, Status.DISETUJUI, begun + timedelta(days=14), "disetujui_pada")


def _raise_some(revision: ProgramTahunan, rng: Random) -> None:
    """Raise some lines; a revision may not plan less than was spent."""
    lines = list(RincianBiaya.objects.filter(bapas=revision.bapas_id, rencana__program=revision))
    for line in rng.sample(lines, min(RAISE, len(lines))):
        line.volume += max(round(line.volume / 4), 1)
        line.save(update_fields=["volume"])


def _date(program: ProgramTahunan, ke: Status, day: date, column: str = "") -> None:
    """Date the move to `ke` on `day`."""
    at = datetime.combine(day, time(4), UTC)
    moves = Riwayat.objects.filter(bapas=program.bapas_id, objek=services.OBJECT, objek_id=program.pk, ke=ke)
    moves.update(pada=at)
    if column:
        ProgramTahunan.objects.filter(pk=program.pk, bapas=program.bapas_id).update(**{column: at})
