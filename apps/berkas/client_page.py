"""What this room (app) adds to a client's page."""

from django.urls import reverse

from apps.akun.roles import may
from apps.berkas.models import Dokumen
from apps.dasar.prepared import prepared
from apps.klien.rooms import Link
from apps.klien.timeline import Event
from apps.wilayah.days import day_at, first_moment

KINDS = {"dokumen": "Dokumen"}


def links(klien, user) -> list[Link]:
    if not may(user, "klien.perkara"):
        return []
    pages = {"Dokumen": "list", "Cetak kontrak bimbingan": "contract", "Cetak kartu bimbingan": "card"}
    return [Link(words, reverse(f"berkas:{name}", args=[klien.pk])) for words, name in pages.items()]


def events(klien, user, kinds, since, newest):
    """Papers that were uploaded or struck, for the own office; a secret one without its title."""
    if not may(user, "klien.perkara"):
        return
    address = reverse("berkas:list", args=[klien.pk])
    for document in _uploaded(user, klien=klien.pk, since=first_moment(since), most=newest):
        struck = document.dicoret_oleh
        refused = "Ditolak: pemindai menemukan virus. Berkasnya dihapus." if document.ditolak else ""
        remark = f"Dicoret oleh {struck.nama} karena: {document.alasan}" if struck else refused
        yield Event(
            day_at(klien.bapas, document.diunggah_pada), "Dokumen", f"Dokumen: {document.jenis}",
            isi=document.judul if document.terbuka else "", oleh=document.diunggah_oleh.nama, url=address, warna="abu",
            dicoret=struck is not None, catatan=remark,
        )  # fmt: skip


@prepared
def _uploaded(user, klien, since):
    return Dokumen.objects.for_list(user).filter(klien=klien, diunggah_pada__gte=since)
