"""Approval of a final report: the approver approves exactly the file that was read, identified by its SHA-256.

An approval is never taken back and its report never changes (PostgreSQL guarantees both). A correction is a later
final.
"""

import hashlib

from django.core.files.storage import default_storage
from django.db import transaction

from apps.akun.models import Pengguna, Penugasan
from apps.akun.roles import Peran, may
from apps.dasar.errors import Refused
from apps.dasar.wording import waktu_unit
from apps.laporan.collect import unit_name
from apps.laporan.models import Laporan, Pengesahan
from apps.laporan.services import enqueue

VERB = "laporan.sahkan"


@transaction.atomic
def approve(laporan: Laporan, *, by: Pengguna, sha256: str) -> Pengesahan:
    """Approve the file with the hash `sha256`, which `by` has read. A second click gives the first approval."""
    Laporan.objects.lock_versions(laporan)
    current = Laporan.objects.select_related("bapas", "kanwil", "pengesahan").get(pk=laporan.pk)
    done = current.disahkan
    if done and (done.oleh_id, done.sidik) == (by.pk, sha256):
        return done
    duty = check(current, by=by)
    _refuse_other_file(current, sha256)
    made = Pengesahan.objects.create(
        laporan=current, sidik=sha256, oleh=by, penugasan=duty, jabatan=position(current), nama=by.nama,
        nip=by.nip,
    )  # fmt: skip
    enqueue(made)
    return made


def may_approve(user: Pengguna, laporan: Laporan) -> bool:
    """Only the unit itself approves its report: a Kanwil cannot approve for a Bapas, nor headquarters for a Kanwil."""
    duty = user.penugasan
    own = duty is not None and (duty.bapas_id, duty.kanwil_id) == (laporan.bapas_id, laporan.kanwil_id)
    return own and may(user, VERB)


def position(laporan: Laporan) -> str:
    """The position that approves this report."""
    if laporan.bapas:
        return f"Kepala {laporan.bapas.nama}"
    return f"{Peran.KANWIL.label}, {laporan.kanwil}" if laporan.kanwil else unit_name(laporan)


def check(laporan: Laporan, *, by: Pengguna) -> Penugasan:
    """The duty under which `by` may approve this report now; `Refused` with the reason. It does not read the file."""
    duty = by.penugasan
    if duty is None or not may_approve(by, laporan):
        raise Refused(f"Laporan ini disahkan oleh {position(laporan)}.")
    if not laporan.final:
        raise Refused("Draf tidak dapat disahkan. Buat laporan final, lalu sahkan yang final.")
    if not laporan.ready:
        raise Refused("Laporan ini belum siap, jadi belum dapat disahkan.")
    if done := laporan.disahkan:
        raise Refused(
            f"Laporan ini sudah disahkan oleh {done.jabatan} pada {waktu_unit(done.pada, laporan.zona_waktu)}."
        )
    if not laporan.naskah:
        raise Refused("Laporan ini dibuat dengan portal versi lama. Buat laporan final baru, lalu sahkan yang baru.")
    later = Laporan.objects.same_subject(laporan).filter(versi__gt=laporan.versi).exclude(pengesahan=None).first()
    if later:
        raise Refused(
            f"Versi {later.versi} yang lebih baru sudah disahkan, jadi versi {laporan.versi} tidak dapat disahkan lagi."
        )
    return duty


def _refuse_other_file(laporan: Laporan, sha256: str) -> None:
    """Raise `Refused` unless the file read, the recorded hash and the stored file are the same."""
    if sha256 != laporan.sha256:
        raise Refused("Berkas yang Anda buka bukan berkas laporan ini. Unduh dan baca berkasnya lagi, lalu sahkan.")
    if not default_storage.exists(laporan.berkas):
        raise Refused("Berkas laporan ini tidak ada lagi di server. Buat laporan final baru, lalu sahkan yang baru.")
    with default_storage.open(laporan.berkas) as file:
        stored = hashlib.file_digest(file, "sha256").hexdigest()
    if stored != sha256:
        raise Refused(
            "Berkas di server tidak sama lagi dengan sidik yang tercatat, jadi tidak dapat disahkan. "
            "Buat laporan final baru, dan hubungi petugas bantuan."
        )
