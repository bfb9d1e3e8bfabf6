"""Figures of a past day against what the portal itself said on that day, and against a slow replay of what happened.

Two offices, one in Jakarta and one in Jayapura, live some weeks through the services, under a clock that is moved. At
the end of each day (there) every figure is written down. Later the same figures are asked for that day: they agree.
"""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from apps.akun import services as accounts
from apps.akun.figures import officers_per_office
from apps.jejak.models import Perubahan
from apps.klien.figures import clients_in_need, clients_per_office, clients_per_programme, needs_per_category
from apps.klien.models import CatatanBimbingan, JadwalLapor, Kebutuhan, Klien
from apps.klien.services import add_need, log_guidance, move_need, withdraw
from apps.klien.services.needs import NEXT
from apps.perjalanan.models import PeristiwaAkhir
from apps.perjalanan.services import ends, handover
from apps.program import services as programmes
from apps.program.figures import money_per_office
from apps.wajib_lapor import services as schedules
from apps.wajib_lapor.figures import overdue_per_office
from tests import factories as make
from tests.perjalanan import factories as paths

pytestmark = pytest.mark.django_db
START, DAYS, CLIENTS = dt.date(2026, 3, 2), 24, 7
DAY = dt.timedelta(days=1)


@dataclass
class Office:
    """One office with its people, its clients, and what happened to them: the facts of the slow replay."""

    bapas: object
    rng: Random
    head: object = None
    planner: object = None
    officers: list = field(default_factory=list)
    ended: list = field(default_factory=list)

    @property
    def zone(self):
        return ZoneInfo(self.bapas.zona_waktu)

    def active(self):
        return list(Klien.objects.filter(bapas=self.bapas).active().order_by("pk"))


def figures(bapas, day) -> dict:
    """Everything that has a `day`, as plain values."""
    only = [bapas.pk]
    with timezone.override(bapas.zona_waktu):
        return {
            "klien": clients_per_office(only, day=day), "terlewat": overdue_per_office(only, day=day),
            "program": clients_per_programme(only, day=day), "kebutuhan": needs_per_category(only, day=day),
            "klien_butuh": clients_in_need(only, day=day), "pk": officers_per_office(only, day=day),
            "uang": money_per_office(only, 2026, day=day),
        }  # fmt: skip


def schedule_of(klien):
    return JadwalLapor.objects.for_record().get(klien=klien, bapas=klien.bapas_id)


def meet(klien, office, late: int = 0):
    """A contact of today, or of some days ago that is written down only now."""
    today = timezone.localdate(timezone=office.zone)
    record = CatatanBimbingan(
        tanggal=max(today - late * DAY, klien.diregistrasi), cara="kantor", hadir=office.rng.random() < 0.8,
        dibuat_pada=timezone.now(),
    )  # fmt: skip
    record.alasan = "" if record.hadir else "sakit"
    return log_guidance(catatan=record, jadwal=schedule_of(klien), by=klien.pk_pembimbing)[0]


def appoint(klien, office):
    """Another date, only another frequency, or a date that is undone at once."""
    duty, by = JadwalLapor.objects.get(klien=klien, bapas=klien.bapas_id), klien.pk_pembimbing
    today = timezone.localdate(timezone=office.zone)
    plan = schedules.Plan(today + office.rng.randint(-3, 9) * DAY, None, "kantor", "")
    if office.rng.random() < 0.25:
        plan = schedules.Plan(duty.berikutnya, duty.jam, duty.cara, duty.tempat)
    key = uuid4()
    schedules.reschedule(
        jadwal=duty, versi=duty.versi, plan=plan, frekuensi_hari=office.rng.choice((7, 14)), alasan="Diminta klien",
        kunci=key, by=by,
    )  # fmt: skip
    if office.rng.random() < 0.3:
        schedules.undo(kunci=key, by=by)


def register(office):
    today = timezone.localdate(timezone=office.zone)
    klien = make.KlienFactory(
        bapas=office.bapas, kode=f"KL-2025-{office.rng.getrandbits(24)}", diregistrasi=today,
        pk_pembimbing=office.rng.choice(office.officers),
        jenis_kelamin=office.rng.choice("LP"), jadwal__pertama=today + 3 * DAY, jadwal__berikutnya=today + 3 * DAY,
        jadwal__frekuensi_hari=7,
    )  # fmt: skip
    if office.rng.random() < 0.7:
        code = office.rng.choice(("PB", "CB"))
        program = make.JenisProgramFactory(kode=code, nama=code)
        make.MasaFactory(
            klien=klien, mulai=today, selesai=today + office.rng.choice((4, 400)) * DAY, jenis_program=program
        )
    return klien


def need(klien, office):
    kind = make.KategoriFactory(kode=office.rng.choice(("KR-03", "PR-01")))
    add_need(
        kebutuhan=Kebutuhan(kategori=kind, mendesak="nanti", sumber="bimbingan"), klien=klien, by=klien.pk_pembimbing
    )


def step(klien, office):
    """One need of the client moves on."""
    open_needs = [row for row in Kebutuhan.objects.filter(klien=klien) if NEXT[Kebutuhan.Status(row.status)]]
    if open_needs:
        row = office.rng.choice(open_needs)
        to = office.rng.choice(sorted(NEXT[Kebutuhan.Status(row.status)]))
        move_need(kebutuhan=row, ke=to, by=klien.pk_pembimbing, alasan="Sebab tertentu")


def end(klien, office, ago: int = 0, jenis: str = ""):
    today = timezone.localdate(timezone=office.zone)
    jenis = jenis or office.rng.choice(("selesai", "melarikan", "melarikan"))
    akhir = ends.propose(
        klien=klien, by=klien.pk_pembimbing,
        akhir=PeristiwaAkhir(
            jenis=jenis, tanggal=max(today - ago * DAY, klien.diregistrasi), sumber_nomor="L-1", sumber_tanggal=today
        ),
    )  # fmt: skip
    office.ended.append(ends.approve(akhir=akhir, by=office.head, hari=today, surat_nomor="S-1"))


def come_back(office):
    away = [akhir for akhir in office.ended if akhir.jenis == "melarikan"]
    if away:
        akhir = office.rng.choice(away)
        office.ended.remove(akhir)
        ends.reverse(akhir=akhir, by=office.head, alasan="Klien kembali")


def hand_over(klien, office, other):
    """Both files change on the day of the office that takes over; while that is yesterday here, nobody does."""
    today = timezone.localdate(timezone=other.zone)
    if today != timezone.localdate(timezone=office.zone):
        return
    _, incoming = paths.handover(klien, other.bapas, by=office.head)
    handover.accept(
        pelimpahan=incoming, nomor_register=f"P-{klien.pk}", pk_pembimbing=other.officers[0], by=other.head, hari=today
    )


def budget(office):
    """The programme goes one step: written, sent, approved, revised."""
    program = office.bapas.program if hasattr(office.bapas, "program") else None
    if program is None:
        program = programmes.start(bapas=office.bapas, tahun=2026, by=office.planner)
        make.BiayaFactory(rencana=make.RencanaFactory(program=program), harga=office.rng.randint(1, 9) * 100_000)
    elif program.status == "draf":
        program = programmes.send(program, by=office.planner)
    elif program.status == "diperiksa":
        program = programmes.approve(program, by=office.head)
    else:
        program = programmes.revise(program, by=office.planner)
        line = program.rencana.get().biaya.get()
        line.harga += office.rng.randint(1, 5) * 10_000
        line.save()
    office.bapas.program = program


def staff(office):
    """A PK comes, or has the account closed."""
    if office.rng.random() < 0.5 or len(office.officers) < 3:
        office.officers.append(make.officer("pk", bapas=office.bapas))
    else:
        person = office.officers.pop()
        person.is_active = False
        person.save()
        accounts.record(person, accounts.Peristiwa.NONAKTIF, by=office.head)


def clock(office, day, hour, minute=0):
    return time_machine.travel(dt.datetime.combine(day, dt.time(hour, minute), office.zone), tick=False)


def open_office(zone, rng) -> Office:
    office = Office(make.BapasFactory(zona_waktu=zone), rng)
    with clock(office, START, 0, 20):
        office.head = make.officer("kabapas", bapas=office.bapas)
        office.planner = make.officer("perencana", bapas=office.bapas)
        office.officers = [make.officer("pk", bapas=office.bapas) for _ in range(2)]
        for _ in range(CLIENTS):
            register(office)
    return office


def one_day(office, other, day):
    """Acts of one day, some in the first and the last hour of it."""
    for hour in sorted(office.rng.choice((0, 9, 23)) for _ in range(5)):
        with clock(office, day, hour, 30), timezone.override(office.zone):
            clients = office.active()
            if len(clients) < 3:
                register(office)
                continue
            klien = office.rng.choice(clients)
            match office.rng.choice("ttttaaannnnssserrkhbp"):
                case "t":
                    meet(klien, office)
                case "a":
                    appoint(klien, office)
                case "n":
                    need(klien, office)
                case "s":
                    step(klien, office)
                case "e":
                    end(klien, office)
                case "r":
                    register(office)
                case "k":
                    come_back(office)
                case "h" if other:
                    hand_over(klien, office, other)
                case "b":
                    budget(office)
                case "p":
                    staff(office)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_past_day_is_what_the_portal_said_on_that_day(seed):
    rng = Random(seed)
    west, east = open_office("Asia/Jakarta", rng), open_office("Asia/Jayapura", rng)
    said = {}
    for number in range(DAYS):
        day = START + number * DAY
        one_day(east, west, day)  # there the day ends first
        with clock(east, day, 23, 59):
            said[east.bapas.pk, day] = figures(east.bapas, day)
        one_day(west, None, day)  # nobody is handed to an office where the day is over
        with clock(west, day, 23, 59):
            said[west.bapas.pk, day] = figures(west.bapas, day)
    with clock(west, START + (DAYS + 30) * DAY, 12):
        for number in range(DAYS):
            day = START + number * DAY
            for office in (west, east):
                now = figures(office.bapas, day)
                for name, value in said[office.bapas.pk, day].items():
                    assert (day, name, now[name]) == (day, name, value)
    assert len({str(value) for value in said.values()}) > DAYS  # the days do differ


def test_what_is_known_later_counts_for_the_day_that_it_is_about(ours):
    """A contact written down late, an end decided late, an end that was a mistake, a record that was withdrawn."""
    office = Office(ours, Random(5))
    first, last = START, START + 20 * DAY
    with clock(office, first, 9):
        office.head, office.officers = make.officer("kabapas", bapas=ours), [make.officer("pk", bapas=ours)]
        met, over, mistaken, slip = (register(office) for _ in range(4))
    with clock(office, first + 10 * DAY, 9), timezone.override(office.zone):
        assert overdue_per_office([ours.pk], day=first + 5 * DAY) == {ours.pk: 4}
        record = CatatanBimbingan(tanggal=first + 2 * DAY, cara="telepon", hadir=True, dibuat_pada=timezone.now())
        log_guidance(catatan=record, jadwal=schedule_of(met), by=met.pk_pembimbing)
        wrong = meet(slip, office, late=9)
        assert overdue_per_office([ours.pk], day=first + 5 * DAY) == {ours.pk: 2}
        withdraw(original=wrong, jadwal=schedule_of(slip), by=slip.pk_pembimbing, alasan="Bukan klien ini")
        end(over, office, ago=6, jenis="selesai"), end(mistaken, office, jenis="selesai")
    with clock(office, last, 9), timezone.override(office.zone):
        active = {n: clients_per_office([ours.pk], day=first + n * DAY)[ours.pk].active for n in (3, 4, 9, 10, 12)}
        assert active == {3: 4, 4: 3, 9: 3, 10: 2, 12: 2}
        ends.reverse(akhir=office.ended[-1], by=office.head, alasan="Salah klien")
        active = {n: clients_per_office([ours.pk], day=first + n * DAY)[ours.pk].active for n in (3, 4, 9, 10, 12)}
        assert active == {3: 4, 4: 3, 9: 3, 10: 3, 12: 3}
        assert overdue_per_office([ours.pk], day=first + 5 * DAY) == {ours.pk: 2}


def test_what_has_no_date_is_read_from_the_history_of_changes(ours, today):
    """Schooling of a client: today's word is not that of last month; a word that history never knew is not counted."""
    from apps.harian.figures import collect

    klien = make.KlienFactory(bapas=ours, diregistrasi=today - 90 * DAY, bersekolah=True)
    Klien.objects.filter(pk=klien.pk).update(bersekolah=False)
    Perubahan.objects.filter(tabel="klien_klien").update(pada=timezone.now() - 30 * DAY)
    asked = {days: collect(ours, "harian", today - days * DAY)["sekolah"][0] for days in (0, 20, 40, 100)}
    assert asked == {0: 0, 20: 0, 40: 1, 100: 0}
    change = Perubahan.objects.get(tabel="klien_klien")
    change.lama.pop("bersekolah")
    Perubahan.objects.filter(pk=change.pk).update(lama=change.lama)
    assert collect(ours, "harian", today - 40 * DAY)["sekolah"] == (0, None)
