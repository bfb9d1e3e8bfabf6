"""Storing papers, and striking them."""

import hashlib

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.berkas.content import Content
from apps.berkas.models import Dokumen
from apps.dasar.errors import NotKept, Refused
from apps.dasar.locks import lock
from apps.dasar.once import stored_once
from apps.klien import scans
from apps.klien.models import Klien
from apps.klien.services.holding import hold_here


def store_paper(*, dokumen: Dokumen, content: Content, upload: bytes, klien: Klien, by) -> Dokumen:
    """Store one paper, for the scanner to read. The same form sent twice gives the first row; the same content again is
    refused. `upload` are the bytes as they came."""
    dokumen.klien, dokumen.bapas_id, dokumen.diunggah_oleh = klien, klien.bapas_id, by
    dokumen.isi, dokumen.ukuran = content.isi, len(content.body)
    dokumen.sha256 = hashlib.sha256(upload).hexdigest()

    def store() -> Dokumen:
        hold_here(klien)  # a second upload waits here, before anything is written to the disk
        _refuse_content_again(klien, dokumen.sha256)
        if klien.kategori_usia == Klien.Usia.ANAK and content.isi != Dokumen.Isi.PDF:
            raise Refused("Untuk klien anak, unggah PDF saja: foto anak tidak disimpan di portal.")
        if upload != content.body:
            dokumen.mentah = scans.quarantine(upload)
        return _save_with_file(dokumen, content.body)

    earlier = Dokumen.objects.filter(bapas=klien.bapas_id, kunci=dokumen.kunci, klien=klien).first
    stored, _ = stored_once(store, earlier)
    scans.ask()
    return stored


@transaction.atomic
def strike(*, dokumen: Dokumen, alasan: str, by) -> Dokumen:
    """Strike a paper that does not belong here. Its file is deleted after the commit; who, when and why stay."""
    current = lock(dokumen)
    if current.dicoret_pada:
        raise Refused("Dokumen ini sudah dicoret.")
    scans.delete_later(current.mentah, str(current.berkas.name))
    current.dicoret_pada, current.dicoret_oleh, current.alasan = timezone.now(), by, alasan
    current.berkas = current.mentah = ""
    current.save()
    return current


def _save_with_file(dokumen: Dokumen, body: bytes) -> Dokumen:
    """Store file and row. The files are deleted again if the disk is full or a constraint refuses the row."""
    try:
        dokumen.berkas.save("", ContentFile(body), save=False)
        dokumen.save(force_insert=True)
    except (NotKept, IntegrityError):
        scans.delete_now(dokumen.mentah, str(dokumen.berkas.name or ""))
        raise
    return dokumen


def _refuse_content_again(klien: Klien, sha256: str) -> None:
    there = Dokumen.objects.not_struck().filter(bapas=klien.bapas_id, klien=klien, sha256=sha256).first()
    if there and there.ditolak:
        raise Refused("Berkas ini sudah ditolak: pemindai menemukan virus di dalamnya.")
    if there:
        raise Refused(f"Berkas ini sudah ada pada dokumen klien, dengan judul “{there.judul}”.")
