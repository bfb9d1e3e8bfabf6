"""The photo of a guidance record: kept, moved along with a correction, taken away."""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from apps.klien.models import CatatanBimbingan, FotoBimbingan, Klien
from apps.klien.photos import Photo
from apps.wilayah.errors import Refused


def refuse_child(klien: Klien) -> None:
    """The face of a child is secret (UU 11/2012 Pasal 19), so no picture is kept at all."""
    if klien.kategori_usia == Klien.Usia.ANAK:
        raise Refused("Foto klien anak tidak disimpan. Identitas anak dirahasiakan (UU 11/2012 Pasal 19).")


def keep_photo(*, catatan: CatatanBimbingan, klien: Klien, photo: Photo, by) -> tuple[FotoBimbingan, bool]:
    """Store the photo of `catatan`. A record that has one keeps it: the second sending gives the first and False."""
    refuse_child(klien)
    first = FotoBimbingan.objects.filter(bapas=catatan.bapas_id, catatan=catatan).first()
    if first:
        return first, False
    name = default_storage.save(_random_name(catatan.bapas_id), ContentFile(photo.body))
    try:
        with transaction.atomic():
            row = FotoBimbingan.objects.create(
                bapas_id=catatan.bapas_id, catatan=catatan, berkas=name, ukuran=len(photo.body), lebar=photo.width,
                tinggi=photo.height, diunggah_oleh=by,
            )  # fmt: skip
    except IntegrityError:  # sent twice at the same moment
        default_storage.delete(name)
        return FotoBimbingan.objects.get(bapas=catatan.bapas_id, catatan=catatan), False
    return row, True


@transaction.atomic
def remove_photo(*, photo: FotoBimbingan) -> None:
    """A photo that should not have been taken leaves the portal, the file too."""
    name = photo.berkas
    photo.delete()
    transaction.on_commit(lambda: default_storage.delete(name))


def follow(original: CatatanBimbingan, successor: CatatanBimbingan) -> None:
    """The photo goes with the correction of its record; that of a withdrawn record is shown no more."""
    FotoBimbingan.objects.filter(bapas=original.bapas_id, catatan=original).update(catatan=successor)


def _random_name(office: int) -> str:
    """A place by office; nothing in it tells about a client."""
    key = uuid.uuid4().hex
    return f"bimbingan/{office}/{key[:2]}/{key}.jpg"
