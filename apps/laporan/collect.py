"""Database → rows: the only part of the report that queries PostgreSQL. All counts are per Bapas.

Call it inside the scope of the user for whom the report is made: the offices are narrowed to that scope, and
row-level security enforces it.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum

from apps.acuan.models import KategoriKebutuhan
from apps.akun.figures import officers_per_office
from apps.dasar.letters import HEADQUARTERS, letterhead
from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.klien.figures import (
    ClientCount,
    clients_per_office,
    clients_per_programme,
    guidance_per_month,
    needs_per_category,
)
from apps.klien.models import Bidang
from apps.laporan.figures import Cover
from apps.laporan.models import Laporan
from apps.laporan.rows import (
    ActivityCount,
    Approval,
    Cost,
    GuidanceCount,
    NeedCount,
    Office,
    Plan,
    Programme,
    Region,
    Rows,
    Tally,
)
from apps.laporan.summary import period
from apps.pokmas.models import Pokmas
from apps.program.figures import spending
from apps.program.models import ProgramTahunan, RencanaKegiatan, RincianBiaya
from apps.wilayah.days import day_at, on_days
from apps.wilayah.models import Bapas

OWN_STAFF = "Bapas"


def cover_of(laporan: Laporan, moment: datetime) -> Cover:
    """Unit, letterhead, period and approval of the programme at `moment`."""
    mulai, selesai = period(laporan.tahun, day_at(laporan, moment))
    head = letterhead(bapas=laporan.bapas, kanwil=laporan.kanwil)
    return Cover(
        tingkat=laporan.tingkat,
        unit=unit_name(laporan),
        tahun=laporan.tahun,
        kop=head.baris,
        alamat=head.alamat,
        mulai=mulai,
        selesai=selesai,
        data_per=moment,
        zona_waktu=laporan.zona_waktu,
        persetujuan=_approval(laporan, selesai),
        rancangan=_in_the_making(laporan, selesai),
    )


def rows(laporan: Laporan, cover: Cover, scope: Collection[int]) -> Rows:
    """All rows for the figures, of the offices of this report inside `scope`."""
    offices = _offices(laporan).filter(id__in=scope)
    ids = [office.id for office in offices]
    day = cover.selesai
    clients = clients_per_office(ids, day=day)
    programmes = ProgramTahunan.objects.filter(bapas_id__in=ids)
    in_force, making = (
        list(rows) for rows in (programmes.in_force(cover.tahun, on=day), programmes.in_the_making(cover.tahun, on=day))
    )
    shown = in_force or ([] if laporan.final or not laporan.bapas_id else making)  # a draft may show it
    return Rows(
        offices=tuple(_office(office) for office in offices),
        klien_program=tuple(Tally(row.bapas_id, row.name, row.clients) for row in clients_per_programme(ids, day=day)),
        klien_usia=tuple(_per_age(clients)),
        pk=tuple(Tally(id, "PK", n) for id, n in officers_per_office(ids, day=day).items()),
        kebutuhan=tuple(_needs(ids, day)),
        bimbingan=tuple(
            GuidanceCount(row.bapas_id, row.month, row.done, row.missed)
            for row in guidance_per_month(ids, since=cover.mulai, until=cover.selesai)
        ),
        kegiatan=tuple(_activities(ids, cover)),
        pokmas=tuple(_groups(ids, day)),
        program=tuple(_programmes(in_force, making)),
        rencana=tuple(_plans(shown)),
        biaya=tuple(_costs(ids, cover.tahun, {p.pk for p in shown}, day)),
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
    kanwil = bapas.kanwil
    return Office(bapas.id, bapas.nama, Region(kanwil.kode, str(kanwil), kanwil.label, kanwil.kolom, kanwil.baris))


def _programmes(in_force: Collection[ProgramTahunan], making: Collection[ProgramTahunan]) -> Iterator[Programme]:
    """One row per office that has a programme of the year, approved or in preparation."""
    approved = {program.bapas_id for program in in_force}
    for office in sorted(approved | {program.bapas_id for program in making}):
        yield Programme(office, office in approved)


def _per_age(clients: dict[int, ClientCount]):
    for id, row in clients.items():
        yield Tally(id, "Dewasa", row.active - row.children)
        yield Tally(id, "Anak", row.children)


def _needs(ids: Collection[int], day: date):
    names = dict(KategoriKebutuhan.objects.values_list("id", "nama"))
    for row in needs_per_category(ids, day=day):
        name = names[row.kategori_id]
        yield NeedCount(row.bapas_id, name, "terbuka", row.open)
        yield NeedCount(row.bapas_id, name, "dirujuk", row.referred)
        yield NeedCount(row.bapas_id, name, "dilayani", row.served)
        yield NeedCount(row.bapas_id, name, "tidak_terpenuhi", row.not_met)
        yield NeedCount(row.bapas_id, name, "terpenuhi", row.met)


def _activities(ids: Collection[int], cover: Cover):
    """Closed activities of the period per field, with the number of people invited and present."""
    days = on_days("mulai", since=cover.mulai, until=cover.selesai)
    held = Kegiatan.objects.filter(days, bapas_id__in=ids, status=Kegiatan.Status.SELESAI)
    seats = {
        (row["bapas_id"], row["kegiatan__bidang"]): (row["undangan"], row["hadir"])
        for row in Kehadiran.objects.filter(bapas_id__in=ids, kegiatan__in=held)
        .values("bapas_id", "kegiatan__bidang")
        .annotate(undangan=Count("pk"), hadir=Count("pk", filter=Q(status=Kehadiran.Status.HADIR)))
        .order_by()
    }
    for id, bidang, n in held.values_list("bapas_id", "bidang").annotate(Count("pk")).order_by():
        yield ActivityCount(id, Bidang(bidang).label, n, *seats.get((id, bidang), (0, 0)))


def _groups(ids: Collection[int], day: date):
    labels = dict(Pokmas.Bentuk.choices)
    active = Pokmas.objects.filter(bapas_id__in=ids).as_of(day)
    for id, bentuk, n in active.values_list("bapas_id", "bentuk").annotate(Count("pk")).order_by():
        yield Tally(id, labels[bentuk], n)


def _plans(programmes: Collection[ProgramTahunan]):
    needed = {program.pk: program.potret for program in programmes}
    plans = RencanaKegiatan.objects.filter(program__in=list(needed), bapas_id__in=[p.bapas_id for p in programmes])
    for plan in plans.select_related("kategori", "pelaksana", "program").annotate(anggaran=Sum("biaya__jumlah")):
        yield Plan(
            office=plan.bapas_id,
            kegiatan=plan.judul,
            kebutuhan=plan.kategori.nama,
            klien_membutuhkan=int(needed[plan.program_id].get(plan.kategori.kode, 0)),
            target=plan.target_klien,
            bulan=tuple(plan.bulan),
            pelaksana=plan.pelaksana.nama if plan.pelaksana else OWN_STAFF,
            indikator=plan.indikator,
            anggaran=plan.anggaran or Decimal(0),
            potret_pada=plan.program.potret_pada,
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
