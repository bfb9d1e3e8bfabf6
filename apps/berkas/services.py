"""Storing papers, and striking them."""

import hashlib

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.berkas.content import Content
from apps.berkas.models import Dokumen
from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.dasar.once import stored_once
from apps.klien.models import Klien
from apps.klien.services.holding import hold_here


def fingerprint(body: bytes) -> str:
    """SHA-256 of what was uploaded, 64 hex digits."""
    return hashlib.sha256(body).hexdigest()


def store_paper(*, dokumen: Dokumen, content: Content, sha256: str, scanned: bool, klien: Klien, by) -> Dokumen:
    """Store one paper. The same form sent twice gives the first row; the same content again is refused."""
    dokumen.klien, dokumen.bapas_id, dokumen.diunggah_oleh = klien, klien.bapas_id, by
    dokumen.isi, dokumen.ukuran, dokumen.sha256 = content.isi, len(content.body), sha256
    dokumen.pindai = Dokumen.Pindai.BERSIH if scanned else Dokumen.Pindai.BELUM

    def store() -> Dokumen:
        hold_here(klien)  # a second upload waits here, before anything is written to the disk
        _refuse_content_again(klien, sha256)
        if klien.kategori_usia == Klien.Usia.ANAK and content.isi != Dokumen.Isi.PDF:
            raise Refused("Untuk klien anak, unggah PDF saja: foto anak tidak disimpan di portal.")
        return _save_with_file(dokumen, content.body)

    return stored_once(store, Dokumen.objects.filter(bapas=klien.bapas_id, kunci=dokumen.kunci, klien=klien).first)[0]


@transaction.atomic
def strike(*, dokumen: Dokumen, alasan: str, by) -> Dokumen:
    """Strike a paper that does not belong here. Its file is deleted after the commit; who, when and why stay."""
    current = lock(dokumen)
    if current.dicoret_pada:
        raise Refused("Dokumen ini sudah dicoret.")
    storage, name = current.berkas.storage, str(current.berkas.name)
    current.dicoret_pada, current.dicoret_oleh, current.alasan, current.berkas = timezone.now(), by, alasan, ""
    current.save()
    transaction.on_commit(lambda: storage.delete(name))
    return current


def _save_with_file(dokumen: Dokumen, body: bytes) -> Dokumen:
    """Store file and row. The file is deleted again if a constraint refuses the row."""
    dokumen.berkas.save("", ContentFile(body), save=False)
    try:
        dokumen.save(force_insert=True)
    except IntegrityError:
        dokumen.berkas.delete(save=False)
        raise
    return dokumen


def _refuse_content_again(klien: Klien, sha256: str) -> None:
    there = Dokumen.objects.not_struck().filter(bapas=klien.bapas_id, klien=klien, sha256=sha256).first()
    if there:
        raise Refused(f"Berkas ini sudah ada pada dokumen klien, dengan judul “{there.judul}”.")
