"""Entries of the two books."""

from tests.litmas.factories import LitmasFactory, PendampinganFactory


def inquiry(place):
    row = LitmasFactory(bapas=place.bapas, pk_pelaksana=place.officer("pk"), peminta=f"Kejaksaan {place.canary}")
    return [row.pk], {}, {}


def accompaniment(place):
    row = PendampinganFactory(bapas=place.bapas, pk_pelaksana=place.officer("pk"), instansi=f"Polres {place.canary}")
    return [row.pk], {}, {}


TARGETS = {
    "litmas:litmas_edit": inquiry,
    "litmas:litmas_cancel": inquiry,
    "litmas:pendampingan_edit": accompaniment,
    "litmas:pendampingan_cancel": accompaniment,
}
