"""Obstacles of guidance records, needs and activities."""

from collections.abc import Collection
from datetime import date

from apps.acuan.models import JenisKendala
from apps.klien.models import CatatanBimbingan, Kebutuhan, Kendala

Kinds = Collection[JenisKendala]


def of_guidance(kinds: Kinds, catatan: CatatanBimbingan) -> None:
    """Obstacles to the client's guidance. Their description is that of the record."""
    _add(
        kinds, sumber=Kendala.Sumber.BIMBINGAN, bapas_id=catatan.bapas_id, klien_id=catatan.klien_id, catatan=catatan,
        tanggal=catatan.tanggal, dicatat_oleh_id=catatan.pk_pencatat_id,
    )  # fmt: skip


def of_need(kinds: Kinds, kebutuhan: Kebutuhan, *, on: date, by) -> None:
    """Obstacles because of which a need was not met."""
    _add(
        kinds, sumber=Kendala.Sumber.KEBUTUHAN, bapas_id=kebutuhan.bapas_id, klien_id=kebutuhan.klien_id, tanggal=on,
        asal=str(kebutuhan.kategori), uraian=kebutuhan.alasan, dicatat_oleh=by,
    )  # fmt: skip


def of_activity(kinds: Kinds, *, bapas_id: int, mitra_id: int | None, judul: str, uraian: str, on: date, by) -> None:
    """Obstacles of an activity. They concern no single client, and the organiser may have written them."""
    _add(
        kinds, sumber=Kendala.Sumber.KEGIATAN, bapas_id=bapas_id, mitra_id=mitra_id, tanggal=on, asal=judul,
        uraian=uraian, dicatat_oleh=by,
    )  # fmt: skip


def follow(original: CatatanBimbingan, successor: CatatanBimbingan) -> None:
    """Attach the obstacles to the correction of their record; those of a withdrawn record stop counting."""
    Kendala.objects.filter(bapas=original.bapas_id, catatan=original).update(catatan=successor)


def _add(kinds: Kinds, **facts) -> None:
    if kinds:
        Kendala.objects.bulk_create(Kendala(jenis=kind, **facts) for kind in kinds)
