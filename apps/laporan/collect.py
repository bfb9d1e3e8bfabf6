"""Database → rows: the only part of the report that queries PostgreSQL.

Counts of persons are those released for everybody (`apps/rilis`): a report is a paper that travels, and the same cell
has the same face in every report. All other counts are per Bapas.

Call it inside the scope of the user for whom the report is made: the offices are narrowed to that scope, and
row-level security enforces it.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter, methodcaller
from zoneinfo import ZoneInfo

from django.db.models import Count as Number
from django.db.models import F, OuterRef, Subquery, Sum
from django.utils import timezone

from apps.acuan.models import KategoriKebutuhan
from apps.akun.figures import officers_per_office
from apps.dasar.letters import HEADQUARTERS, letterhead
from apps.kegiatan.models import Kegiatan
from apps.klien.models import Bidang
from apps.laporan.figures import Cover
from apps.laporan.models import Laporan
from apps.laporan.persons import counts_of
from apps.laporan.rows import Approval, Cost, Count, Office, Plan, Programme, Region, Rows, Tally
from apps.laporan.summary import months, period, quarters
from apps.pokmas.models import Pokmas
from apps.program.figures import spending
from apps.program.models import ProgramTahunan, RencanaKegiatan, RincianBiaya
from apps.rilis import reading
from apps.rilis.models import Khalayak, Masa
from apps.rilis.reading import Faces, Released
from apps.rilis.releasing import closed
from apps.wilayah.days import on_days
from apps.wilayah.models import Bapas, Kanwil, Zona

OWN_STAFF = "Bapas"


def cover_of(laporan: Laporan, moment: datetime) -> Cover:
    """Unit, letterhead, period and approval of the programme at `moment`."""
    mulai, selesai = period(laporan.tahun, _today(moment) - timedelta(days=1))
    head = letterhead(bapas=laporan.bapas, kanwil=laporan.kanwil)
    cover = Cover(
        tingkat=laporan.tingkat,
        unit=unit_name(laporan),
        tahun=laporan.tahun,
        kop=head.baris,
        alamat=head.alamat,
        mulai=mulai,
        selesai=selesai,
        data_per=moment,
        zona_waktu=laporan.zona_waktu,
        persetujuan=None,
    )
    return replace(
        cover, persetujuan=_approval(laporan, cover.dana_per), rancangan=_in_the_making(laporan, cover.dana_per)
    )


def to_release(laporan: Laporan, moment: datetime) -> list[tuple[str, date]]:
    """(kind, first day) of what a report made at `moment` reads, as far as it is closed."""
    today = _today(moment)
    mulai, selesai = period(laporan.tahun, today - timedelta(days=1))
    wanted = [(Masa.HARI, selesai)]
    wanted += [(Masa.BULAN, first) for first in months(mulai, selesai)]
    wanted += [(Masa.TRIWULAN, first) for first in quarters(mulai, selesai)]
    return [(masa, first) for masa, first in wanted if closed(masa, first, today)]


def _today(moment: datetime) -> date:
    """The day on which releases are closed: that of headquarters."""
    return timezone.localdate(moment, timezone=ZoneInfo(Zona.JAKARTA))


def rows(laporan: Laporan, cover: Cover, scope: Collection[int]) -> Rows:
    """All rows for the figures, of the offices of this report inside `scope`."""
    offices = _offices(laporan).filter(id__in=scope)
    ids = [office.id for office in offices]
    programmes = ProgramTahunan.objects.filter(bapas_id__in=ids)
    in_force, making = (
        list(rows)
        for rows in (
            programmes.in_force(cover.tahun, on=cover.dana_per),
            programmes.in_the_making(cover.tahun, on=cover.dana_per),
        )
    )
    shown = in_force or ([] if laporan.final or not laporan.bapas_id else making)  # a draft may show it
    return Rows(
        offices=tuple(_office(office) for office in offices),
        orang=_persons(laporan, cover, offices),
        pk=tuple(Tally(id, "PK", n) for id, n in officers_per_office(ids, day=cover.selesai).items()),
        kegiatan=tuple(_activities(ids, cover)),
        pokmas=tuple(_groups(ids, cover.selesai)),
        program=tuple(_programmes(in_force, making)),
        rencana=tuple(_plans(shown)),
        biaya=tuple(_costs(ids, cover.tahun, {p.pk for p in shown}, cover.dana_per)),
    )


def unit_name(laporan: Laporan) -> str:
    """Name of the report's unit, for a title."""
    unit = laporan.bapas or laporan.kanwil
    return unit.nama if unit else HEADQUARTERS[-1]


def _approval(laporan: Laporan, day: date) -> Approval | None:
    """The head's approval of the budget in force at a Bapas; None for wider reports: they count approved programmes."""
    if not laporan.bapas:
        return None
    program = ProgramTahunan.objects.filter(bapas=laporan.bapas).in_force(laporan.tahun, on=day).first()
    return program and Approval(f"Kepala {laporan.bapas.nama}", program.disetujui_pada)


def _in_the_making(laporan: Laporan, day: date) -> str:
    """ "versi 2" when a Bapas had a version in preparation on `day`, not yet approved; otherwise ""."""
    if not laporan.bapas:
        return ""
    program = ProgramTahunan.objects.filter(bapas=laporan.bapas).in_the_making(laporan.tahun, on=day).first()
    return f"versi {program.versi}" if program else ""


def _offices(laporan: Laporan):
    offices = Bapas.objects.filter(aktif=True).select_related("kanwil").order_by("nama")
    if laporan.bapas_id:
        return offices.filter(id=laporan.bapas_id)
    return offices.filter(kanwil=laporan.kanwil_id) if laporan.kanwil_id else offices


def _office(bapas: Bapas) -> Office:
    return Office(bapas.id, bapas.nama, _region(bapas.kanwil))


def _region(kanwil: Kanwil) -> Region:
    return Region(kanwil.kode, str(kanwil), kanwil.label, kanwil.kolom, kanwil.baris)


def _programmes(in_force: Collection[ProgramTahunan], making: Collection[ProgramTahunan]) -> Iterator[Programme]:
    """One row per office that has a programme of the year, approved or in preparation."""
    approved = {program.bapas_id for program in in_force}
    for office in sorted(approved | {program.bapas_id for program in making}):
        yield Programme(office, office in approved)


def _persons(laporan: Laporan, cover: Cover, offices: Sequence[Bapas]) -> tuple[Count, ...]:
    """What is released of the report's unit and of those below it; "–" where nothing is released yet."""
    ids = [office.pk for office in offices]
    regions = {office.kanwil_id: office.kanwil for office in offices}
    those = reading.offices(ids)
    if laporan.kanwil_id:
        those |= reading.regions(regions)
    elif not laporan.bapas_id:
        those |= reading.regions(regions) | reading.nation()
    state = reading.read_one(Masa.HARI, cover.selesai, Khalayak.LUAR, those)
    monthly = months(cover.mulai, cover.selesai)
    contacts = reading.read(Masa.BULAN, monthly, Khalayak.LUAR, those)
    visits = reading.read(Masa.TRIWULAN, quarters(cover.mulai, cover.selesai), Khalayak.LUAR, those).values()
    names = {str(pk): nama for pk, nama in KategoriKebutuhan.objects.values_list("pk", "nama")}
    units = {"": _whole(laporan)}
    if not laporan.bapas_id:
        units |= {_region(kanwil).key: methodcaller("region", pk) for pk, kanwil in regions.items()}
        units |= {_office(office).key: methodcaller("office", office.pk) for office in offices}
    return tuple(counts_of(units, state, {month: contacts.get(month, Released()) for month in monthly}, visits, names))


def _whole(laporan: Laporan) -> Callable[[Released], Faces]:
    """Reads the faces of the report's own unit."""
    if laporan.bapas_id:
        return methodcaller("office", laporan.bapas_id)
    return methodcaller("region", laporan.kanwil_id) if laporan.kanwil_id else attrgetter("nation")


def _activities(ids: Collection[int], cover: Cover):
    """Closed activities of the period per field."""
    days = on_days("mulai", since=cover.mulai, until=cover.selesai)
    held = Kegiatan.objects.filter(days, bapas_id__in=ids, status=Kegiatan.Status.SELESAI)
    for id, bidang, n in held.values_list("bapas_id", "bidang").annotate(Number("pk")).order_by():
        yield Tally(id, Bidang(bidang).label, n)


def _groups(ids: Collection[int], day: date):
    labels = dict(Pokmas.Bentuk.choices)
    active = Pokmas.objects.filter(bapas_id__in=ids).as_of(day)
    for id, bentuk, n in active.values_list("bapas_id", "bentuk").annotate(Number("pk")).order_by():
        yield Tally(id, labels[bentuk], n)


def _plans(programmes: Collection[ProgramTahunan]):
    plans = RencanaKegiatan.objects.filter(program__in=programmes, bapas_id__in=[p.bapas_id for p in programmes])
    for plan in plans.select_related("kategori", "pelaksana").annotate(anggaran=Sum("biaya__jumlah")):
        yield Plan(
            office=plan.bapas_id,
            kegiatan=plan.judul,
            kebutuhan=plan.kategori.nama,
            target=plan.target_klien,
            bulan=tuple(plan.bulan),
            pelaksana=plan.pelaksana.nama if plan.pelaksana else OWN_STAFF,
            indikator=plan.indikator,
            anggaran=plan.anggaran or Decimal(0),
        )


def _costs(ids: Collection[int], tahun: int, shown: Collection[int], day: date):
    """Cost lines of the versions `shown`; lines of other versions only with the money spent on them by `day`."""
    lines = RincianBiaya.objects.filter(bapas_id__in=ids, rencana__program__tahun=tahun)
    spent = Subquery(
        spending(ids, tahun, until=day).filter(bapas=OuterRef("bapas"), rincian=OuterRef("pk")).order_by()
        .values("rincian").annotate(n=Sum("jumlah")).values("n")
    )  # fmt: skip
    for line in lines.select_related("akun", "rencana").annotate(spent=spent, program=F("rencana__program_id")):
        counts = line.program in shown
        if not counts and not line.spent:
            continue
        yield Cost(
            office=line.bapas_id,
            kegiatan=line.rencana.judul,
            akun=line.akun.kode,
            akun_nama=line.akun.nama,
            uraian=line.uraian,
            rincian=line.hitungan,
            volume=line.volume,
            satuan=line.satuan,
            harga=line.harga,
            jumlah=line.jumlah if counts else Decimal(0),
            sumber=line.get_sumber_display(),
            realisasi=line.spent or Decimal(0),
        )
