"""The states of an import: which follows which, and what is deleted when it is over."""

from django.db import transaction

from apps.akun.models import Pengguna
from apps.impor import files
from apps.impor.models import BarisImpor, Impor, TemuanImpor
from apps.jejak import moves

Status = Impor.Status
NEXT = {
    Status.PINDAI: {Status.UNGGAH, Status.GAGAL, Status.BATAL},
    Status.UNGGAH: {Status.PERIKSA, Status.BATAL},
    Status.PERIKSA: {Status.SIAP, Status.GAGAL, Status.BATAL},
    Status.SIAP: {Status.PERIKSA, Status.SIMPAN, Status.BATAL},
    Status.SIMPAN: {Status.SELESAI, Status.GAGAL},
    Status.GAGAL: {Status.PERIKSA, Status.BATAL},
    Status.SELESAI: set(),
    Status.BATAL: set(),
}


def move(impor: Impor, to: Status, *, by: Pengguna, **facts) -> Impor:
    """The only way to change a status. Call it in a transaction and in the scope of the office."""
    return moves.move(impor, to, NEXT, by=by, objek="impor", **facts)


def delete_rows(impor: Impor) -> None:
    """Delete the content; the decisions stay."""
    for model in (BarisImpor, TemuanImpor):
        model.objects.filter(bapas=impor.bapas_id, impor=impor).delete()
    delete_files(impor)


def delete_files(impor: Impor) -> None:
    """Delete the uploaded file, the list of mistakes, and the rows that were shown as a sample."""
    names = impor.berkas, impor.berkas_salah
    transaction.on_commit(lambda: files.delete(*names))
    impor.berkas = impor.berkas_salah = impor.contoh = ""
    impor.save(update_fields=["berkas", "berkas_salah", "contoh"])
