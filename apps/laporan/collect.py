"""Database → rows: the only half of the report that asks PostgreSQL. Everything comes back counted per Bapas.

Call it inside the scope of the person the report is made for: the offices asked for are narrowed to that scope,
and row-level security stands behind it.
"""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, Sum

from apps.acuan.models import KategoriKebutuhan
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
from apps.program.figures import newest_versions
from apps.program.models import ProgramTahunan, RencanaKegiatan, RincianBiaya
from apps.wilayah.models import Bapas, Zona
from pemasyarakatan.letters import HEADQUARTERS, letterhead

OWN_STAFF = "Bapas"


def cover_of(laporan: Laporan, moment: datetime) -> Cover:
    """Unit, letterhead, period and approver as they are at `moment`."""
    unit = laporan.bapas or laporan.kanwil
    zona = unit.zona_waktu if unit else Zona.JAKARTA
    mulai, selesai = period(laporan.tahun, moment.astimezone(ZoneInfo(zona)).date())
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
        zona_waktu=zona,
        pengesahan=_approval(laporan, moment),
    )


def rows(laporan: Laporan, cover: Cover, scope: Collection[int]) -> Rows:
    """Everything the figures need, for the offices of this report inside `scope`."""
    offices = _offices(laporan).filter(id__in=scope)
    ids = [office.id for office in offices]
    clients = clients_per_office(ids, today=cover.selesai)
    programmes = list(newest_versions(ids, cover.tahun))
    return Rows(
        offices=tuple(_office(office) for office in offices),
        klien_program=tuple(_per_programme(ids, cover, clients)),
        klien_usia=tuple(_per_age(clients)),
        pk=tuple(Tally(id, "PK", row.officers) for id, row in clients.items()),
        kebutuhan=tuple(_needs(ids, cover)),
        bimbingan=tuple(
            GuidanceCount(row.bapas_id, row.month, row.done, row.missed)
            for row in guidance_per_month(ids, since=cover.mulai, until=cover.selesai)
        ),
        kegiatan=tuple(_activities(ids, cover)),
        pokmas=tuple(_groups(ids)),
        program=tuple(Programme(p.bapas_id, p.status == ProgramTahunan.Status.DISETUJUI) for p in programmes),
        rencana=tuple(_plans(programmes)),
        biaya=tuple(_costs(ids, cover.tahun, {p.pk for p in programmes})),
    )


def unit_name(laporan: Laporan) -> str:
    """Whose report it is, in words for a title."""
    unit = laporan.bapas or laporan.kanwil
    return unit.nama if unit else HEADQUARTERS[-1]


def _approval(laporan: Laporan, moment: datetime) -> Approval | None:
    """The head who approved the programme of a Bapas; for a wider final report whoever issues it."""
    if laporan.bapas:
        program = newest_versions([laporan.bapas.pk], laporan.tahun).select_related("disetujui_oleh").first()
        if program is None or program.status != ProgramTahunan.Status.DISETUJUI:
            return None
        person = program.disetujui_oleh
        return Approval(f"Kepala {laporan.bapas.nama}", person.nama, person.nip, program.disetujui_pada)
    if not laporan.final:
        return None
    person = laporan.diminta_oleh
    jabatan = str(laporan.penugasan) if laporan.penugasan.unit else HEADQUARTERS[-1]
    return Approval(jabatan, person.nama, person.nip, moment)


def _offices(laporan: Laporan):
    offices = Bapas.objects.filter(aktif=True).select_related("kanwil").order_by("nama")
    if laporan.bapas_id:
        return offices.filter(id=laporan.bapas_id)
    return offices.filter(kanwil=laporan.kanwil_id) if laporan.kanwil_id else offices


def _office(bapas: Bapas) -> Office:
    kanwil = bapas.kanwil
    return Office(bapas.id, bapas.nama, Region(kanwil.kode, str(kanwil), kanwil.label, kanwil.kolom, kanwil.baris))


def _per_programme(ids: Collection[int], cover: Cover, clients: dict[int, ClientCount]):
    """Clients by legal ground; those without a running term are named too, or the parts would not add up."""
    left = {id: row.active for id, row in clients.items()}
    for row in clients_per_programme(ids, today=cover.selesai):
        left[row.bapas_id] = left.get(row.bapas_id, 0) - row.clients
        yield Tally(row.bapas_id, row.programme, row.clients)
    yield from (Tally(id, "Masa bimbingan belum dicatat", n) for id, n in left.items() if n > 0)


def _per_age(clients: dict[int, ClientCount]):
    for id, row in clients.items():
        yield Tally(id, "Dewasa", row.active - row.children)
        yield Tally(id, "Anak", row.children)


def _needs(ids: Collection[int], cover: Cover):
    names = dict(KategoriKebutuhan.objects.values_list("id", "nama"))
    for row in needs_per_category(ids, until=cover.selesai):
        name = names[row.kategori_id]
        yield NeedCount(row.bapas_id, name, "terbuka", row.open)
        yield NeedCount(row.bapas_id, name, "dirujuk", row.referred)
        yield NeedCount(row.bapas_id, name, "dilayani", row.served)
        yield NeedCount(row.bapas_id, name, "tidak_terpenuhi", row.unmet)
        yield NeedCount(row.bapas_id, name, "terpenuhi", row.met)


def _activities(ids: Collection[int], cover: Cover):
    """Closed activities of the period per field, with the names on their attendance lists."""
    days = {"mulai__date__gte": cover.mulai, "mulai__date__lte": cover.selesai}
    held = Kegiatan.objects.filter(bapas_id__in=ids, status=Kegiatan.Status.SELESAI, **days)
    seats = {
        (row["bapas_id"], row["kegiatan__bidang"]): (row["undangan"], row["hadir"])
        for row in Kehadiran.objects.filter(bapas_id__in=ids, kegiatan__in=held)
        .values("bapas_id", "kegiatan__bidang")
        .annotate(undangan=Count("pk"), hadir=Count("pk", filter=Q(status=Kehadiran.Status.HADIR)))
        .order_by()
    }
    for id, bidang, n in held.values_list("bapas_id", "bidang").annotate(Count("pk")).order_by():
        yield ActivityCount(id, Bidang(bidang).label, n, *seats.get((id, bidang), (0, 0)))


def _groups(ids: Collection[int]):
    labels = dict(Pokmas.Bentuk.choices)
    active = Pokmas.objects.filter(bapas_id__in=ids, status=Pokmas.Status.AKTIF)
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


def _costs(ids: Collection[int], tahun: int, newest: Collection[int]):
    """Cost lines of the newest versions; older versions only lend what was already spent on them."""
    lines = RincianBiaya.objects.filter(bapas_id__in=ids, rencana__program__tahun=tahun)
    spent = Sum("realisasi__jumlah", filter=Q(realisasi__disetujui_oleh__isnull=False))
    for line in lines.select_related("akun", "rencana").annotate(spent=spent, program=F("rencana__program_id")):
        counts = line.program in newest
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
