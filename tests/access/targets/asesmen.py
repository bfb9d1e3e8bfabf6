"""Assessments that the URLs are tried with."""

from apps.asesmen.models import SkorAsesmen
from tests.asesmen.factories import AsesmenFactory, ButirFactory, FaktorFactory, categories


def client(place):
    finished(place)
    return [place.klien.pk], {}, {}


def draft(place):
    row = AsesmenFactory(klien=place.klien, isi__kekuatan=f"Kuat {place.canary}")
    return [place.klien.pk, row.pk], {}, {}


def finished(place):
    row = AsesmenFactory(klien=place.klien, isi__kekuatan=f"Kuat {place.canary}", selesai=True)
    isian = row.isian.first()
    ButirFactory(isian=isian, kategori=categories()[isian.domain], uraian=f"Butuh {place.canary}")
    return [place.klien.pk, row.pk], {}, {}


def one_page(place):
    (klien, pk), _, _ = draft(place)
    return [klien, pk, "kerja"], {}, {}


def score(place):
    (klien, pk), _, _ = finished(place)
    faktor = FaktorFactory()
    row = SkorAsesmen.objects.create(
        bapas=place.bapas, asesmen_id=pk, untuk="dewasa", instrumen=faktor.instrumen, faktor=faktor, skor=8,
        kategori="Sedang", dari=7, sampai=11, oleh=place.klien.pk_pembimbing,
    )  # fmt: skip
    return [klien, pk, row.pk], {}, {}


TARGETS = {
    "asesmen:list": client,
    "asesmen:begin": lambda place: ([place.klien.pk], {}, {}),
    "asesmen:detail": finished,
    "asesmen:scores": draft,
    "asesmen:score_remove": score,
    "asesmen:check": draft,
    "asesmen:read_aloud": finished,
    "asesmen:drop": draft,
    "asesmen:domain": one_page,
}
