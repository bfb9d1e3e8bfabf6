"""The photo of a guidance record: stored, moved with a correction, deleted."""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from apps.dasar.errors import NotKept, Refused
from apps.klien import scans
from apps.klien.models import CatatanBimbingan, FotoBimbingan, Klien
from apps.klien.photos import Photo
from apps.klien.services.holding import hold_here

CHILDREN_HAVE_NO_PHOTO = "Foto klien anak tidak disimpan. Identitas anak dirahasiakan (UU 11/2012 Pasal 19)."


def refuse_child(klien: Klien) -> None:
    """Raise `Refused` for a child: its identity is secret, so no picture is stored."""
    if klien.kategori_usia == Klien.Usia.ANAK:
        raise Refused(CHILDREN_HAVE_NO_PHOTO)


@transaction.atomic
def keep_photo(*, catatan: CatatanBimbingan, klien: Klien, photo: Photo, by) -> tuple[FotoBimbingan, bool]:
    """Store the photo of `catatan`. A record that has one keeps it: a second sending gives the first and False.

    A phone may send it long after the text, so it goes to the last correction of the record. Corrections and other
    sendings wait for the file of the client.
    """
    refuse_child(klien)
    hold_here(klien)
    catatan = _latest(catatan)
    first = FotoBimbingan.objects.filter(bapas=catatan.bapas_id, catatan=catatan).first()
    if first:
        return first, False
    if catatan.dibatalkan:
        raise Refused("Catatan ini sudah dibatalkan, jadi fotonya tidak disimpan.")
    raw = scans.quarantine(photo.upload)
    try:
        name = default_storage.save(_random_name(catatan.bapas_id), ContentFile(photo.body))
    except NotKept:
        scans.delete_now(raw)
        raise
    row = FotoBimbingan.objects.create(
        bapas_id=catatan.bapas_id, catatan=catatan, berkas=name, ukuran=len(photo.body), lebar=photo.width,
        tinggi=photo.height, diunggah_oleh=by, mentah=raw,
    )  # fmt: skip
    scans.ask()
    return row, True


def add_photo(*, catatan: CatatanBimbingan, klien: Klien, photo: Photo | None, by) -> str:
    """Store the photo of a record that is stored already. A sentence when it could not be kept: the record stays."""
    try:
        if photo:
            keep_photo(catatan=catatan, klien=klien, photo=photo, by=by)
    except Refused as refusal:
        return f"Catatan sudah tersimpan, tetapi fotonya belum. {refusal}"
    return ""


@transaction.atomic
def remove_photo(*, photo: FotoBimbingan) -> None:
    """Delete a photo that should not have been taken, with its file."""
    scans.delete_later(photo.berkas, photo.mentah)
    photo.delete()


def follow(original: CatatanBimbingan, successor: CatatanBimbingan) -> None:
    """Attach the photo to the correction of its record; a photo of a withdrawn record is shown no more."""
    FotoBimbingan.objects.filter(bapas=original.bapas_id, catatan=original).update(catatan=successor)


def _latest(catatan: CatatanBimbingan) -> CatatanBimbingan:
    """The last correction of `catatan`, or `catatan` itself."""
    corrections = CatatanBimbingan.objects.filter(bapas=catatan.bapas_id)
    while correction := corrections.filter(koreksi_dari=catatan).first():
        catatan = correction
    return catatan


def _random_name(office: int) -> str:
    """A file name by office that says nothing about the client."""
    key = uuid.uuid4().hex
    return f"bimbingan/{office}/{key[:2]}/{key}.jpg"
