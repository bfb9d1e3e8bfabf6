"""Sample obstacles of some contacts and some unmet needs."""

from datetime import date, timedelta

from apps.acuan.models import JenisKendala
from apps.klien.models import CatatanBimbingan, Kebutuhan, Kendala
from contoh.offices import Office

LAST_DAYS, OF_CONTACTS, OF_NEEDS = 200, 30, 10
FOR_NEEDS = ("LAYANAN", "ANGGARAN", "SARANA", "DOKUMEN")


def add_obstacles(office: Office, today: date) -> None:
    """Store a few obstacles per office, of missed contacts and of unmet needs."""
    rng, kinds = office.rng("kendala"), {kind.kode: kind for kind in JenisKendala.objects.all()}
    general = [kind for kode, kind in kinds.items() if kode not in FOR_NEEDS]
    missed = CatatanBimbingan.objects.counted().filter(bapas=office.id, hadir=False).order_by("-tanggal", "pk")
    unmet = Kebutuhan.objects.filter(bapas=office.id, status=Kebutuhan.Status.TIDAK).select_related("kategori")
    rows = [
        Kendala(
            bapas_id=office.id, jenis=rng.choice(general), tanggal=record.tanggal, sumber=Kendala.Sumber.BIMBINGAN,
            klien_id=record.klien_id, catatan=record, dicatat_oleh_id=record.pk_pencatat_id,
        )
        for record in missed.filter(tanggal__gte=today - timedelta(days=LAST_DAYS))[:OF_CONTACTS]
    ]  # fmt: skip
    rows += [
        Kendala(
            bapas_id=office.id, jenis=kinds[rng.choice(FOR_NEEDS)], tanggal=need.ditutup_pada.date(),
            sumber=Kendala.Sumber.KEBUTUHAN, klien_id=need.klien_id, asal=str(need.kategori), uraian=need.alasan,
            dicatat_oleh_id=need.dicatat_oleh_id,
        )
        for need in unmet.order_by("-ditutup_pada", "pk")[:OF_NEEDS]
    ]  # fmt: skip
    Kendala.objects.bulk_create(rows)
