"""Objects that the URLs about papers are tried with."""

from tests.berkas.factories import DokumenFactory


def client(place):
    DokumenFactory(klien=place.klien, judul=f"Judul {place.canary}")
    return [place.klien.pk], {}, {}


def paper(place):
    row = DokumenFactory(klien=place.klien, judul=f"Judul {place.canary}")
    return [place.klien.pk, row.pk], {}, {}


TARGETS = {
    "berkas:list": client,
    "berkas:upload": client,
    "berkas:download": paper,
    "berkas:strike": paper,
    "berkas:contract": client,
    "berkas:card": client,
}
