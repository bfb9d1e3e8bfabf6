"""The figures of the dashboards, counted from the rows: slow, and nothing of the recap is read."""

from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from apps.kegiatan.models import Kegiatan
from apps.klien.models import CatatanBimbingan, Kebutuhan, Klien, MasaBimbingan
from apps.program.figures import Money, spending
from apps.program.models import ProgramTahunan, RincianBiaya
from apps.wilayah.days import office_day


def clients(offices, day):
    rows = Klien.objects.filter(bapas_id__in=offices).as_of(day).order_by().values_list("bapas_id")
    return {
        row[0]: row[1:]
        for row in rows.annotate(
            n=Count("pk"),
            anak=Count("pk", filter=Q(kategori_usia="anak")),
            perempuan=Count("pk", filter=Q(jenis_kelamin="P")),
        )
    }


def overdue(offices, day):
    """For `day` = today or later."""
    rows = Klien.objects.filter(bapas_id__in=offices, jadwal__berikutnya__lt=day).as_of(day).order_by()
    return dict(rows.values_list("bapas_id").annotate(Count("pk")))


def in_need(offices, day, kategori=None):
    of_category = Q(kategori_id=kategori) if kategori else Q()
    rows = Kebutuhan.objects.filter(of_category, bapas_id__in=offices).unmet(day)
    return dict(rows.values_list("bapas_id").annotate(Count("klien_id", distinct=True)).order_by())


def outlook(offices, day):
    rows = Kebutuhan.objects.filter(bapas_id__in=offices).as_of(day).values_list("kategori_id").order_by()
    unmet = Count("klien_id", distinct=True, filter=Q(keadaan__in=Kebutuhan.UNMET))
    return {kind: tuple(n) for kind, *n in rows.annotate(n=unmet, met=Count("pk", filter=Q(keadaan="terpenuhi")))}


def programmes(offices, day):
    rows = MasaBimbingan.objects.filter(bapas_id__in=offices).as_of(day).order_by()
    return {
        tuple(key): n
        for *key, n in rows.values_list("bapas_id", "klien__kategori_usia", "jenis_program__kode").annotate(Count("pk"))
    }


def guidance(offices, since, until):
    rows = CatatanBimbingan.objects.filter(bapas_id__in=offices, tanggal__range=(since, until)).counted()
    rows = rows.annotate(bulan=TruncMonth("tanggal")).order_by("bapas_id", "bulan").values_list("bapas_id", "bulan")
    return list(rows.annotate(n=Count("pk", filter=Q(hadir=True)), tidak=Count("pk", filter=Q(hadir=False))))


def activities(offices, since, until):
    rows = Kegiatan.objects.filter(bapas_id__in=offices, status="selesai").annotate(hari=office_day("mulai"))
    return dict(rows.filter(hari__range=(since, until)).order_by().values_list("bapas_id").annotate(Count("pk")))


def money(offices, tahun, day):
    versions = ProgramTahunan.objects.filter(bapas_id__in=offices)
    ours, making = versions.in_force(tahun, on=day), versions.in_the_making(tahun, on=day)
    in_force, drafts = dict(ours.values_list("bapas_id", "versi")), dict(making.values_list("bapas_id", "versi"))
    lines = RincianBiaya.objects.filter(bapas_id__in=offices, rencana__program__in=ours.values("pk"))
    sources = {}
    for office, source, rupiah in lines.values_list("bapas_id", "sumber").annotate(Sum("jumlah")).order_by():
        sources.setdefault(office, {})[source] = rupiah
    spent = dict(spending(offices, tahun, until=day).values_list("bapas_id").annotate(Sum("jumlah")).order_by())
    return {
        office: Money(
            in_force.get(office, 0), drafts.get(office, 0), sum(sources.get(office, {}).values(), Decimal(0)),
            spent.get(office, Decimal(0)), sources.get(office, {}),
        )
        for office in in_force.keys() | drafts.keys() | spent.keys()
    }  # fmt: skip
