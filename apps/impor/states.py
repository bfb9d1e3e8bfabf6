"""The states of an import: which follows which, and what goes when it is over."""

from django.db import transaction

from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.impor import files
from apps.impor.models import BarisImpor, Impor, TemuanImpor
from apps.jejak.services import record_move

Status = Impor.Status
NEXT = {
    Status.UNGGAH: {Status.PERIKSA, Status.BATAL},
    Status.PERIKSA: {Status.SIAP, Status.GAGAL, Status.BATAL},
    Status.SIAP: {Status.PERIKSA, Status.SIMPAN, Status.BATAL},
    Status.SIMPAN: {Status.SELESAI, Status.GAGAL},
    Status.GAGAL: {Status.PERIKSA, Status.BATAL},
    Status.SELESAI: set(),
    Status.BATAL: set(),
}


def move(impor: Impor, to: Status, *, by: Pengguna, **facts) -> Impor:
    """The one way a status changes; the caller has a transaction and the scope of the office."""
    with transaction.atomic():
        locked = Impor.objects.select_for_update(of=("self",)).select_related("bapas", "dibuat_oleh")
        current = locked.get(pk=impor.pk, bapas=impor.bapas_id)
        if to not in NEXT[Status(current.status)]:
            raise Refused(f"Impor berstatus {current.get_status_display()} tidak dapat menjadi {to.label}.")
        before, current.status = current.status, to
        for name, value in facts.items():
            setattr(current, name, value)
        current.save(update_fields=["status", *facts])
        record_move(current, "impor", dari=before, ke=to, by=by)
    return current


def forget(impor: Impor) -> None:
    """Nothing of the content stays; what was decided does."""
    for model in (BarisImpor, TemuanImpor):
        model.objects.filter(bapas=impor.bapas_id, impor=impor).delete()
    forget_files(impor)


def forget_files(impor: Impor) -> None:
    """The uploaded file and the list of mistakes go, and with them the rows that were shown as a sample."""
    names = impor.berkas, impor.berkas_salah
    transaction.on_commit(lambda: files.forget(*names))
    impor.berkas = impor.berkas_salah = impor.contoh = ""
    impor.save(update_fields=["berkas", "berkas_salah", "contoh"])
