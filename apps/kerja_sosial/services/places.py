"""Actions of the office on places."""

from collections import Counter

from django.db import transaction

from apps.dasar.errors import Refused
from apps.dasar.locks import lock, lock_all
from apps.jejak.versions import refuse_changed
from apps.kerja_sosial.models import KerjaSosial, TempatKerjaSosial


@transaction.atomic
def save_place(place: TempatKerjaSosial, *, bapas, mitra, seen: str = "") -> TempatKerjaSosial:
    """Store a new place, or a changed one unless it changed since `seen`. Running sentences follow its partner."""
    if place.pk:
        current = lock(place, "bapas")
        refuse_changed(current, seen)
        _refuse_shrinking(current, place)
    place.bapas, place.mitra = bapas, mitra
    place.save()
    following = lock_all(KerjaSosial.objects.running().at(place).exclude(mitra=mitra))
    KerjaSosial.objects.filter(bapas=bapas, pk__in=[ks.pk for ks in following]).update(mitra=mitra)
    return place


def _refuse_shrinking(current: TempatKerjaSosial, place: TempatKerjaSosial) -> None:
    """The place must still take its running sentences, but some of them may follow each other on one seat."""
    running = list(KerjaSosial.objects.running().at(place).values_list("jenis", "hari"))
    busiest = max(Counter(day for _, days in running for day in days).values(), default=0)
    least = min(current.kapasitas, busiest)
    if place.kapasitas < least:
        raise Refused(f"Kapasitas tidak boleh kurang dari {least}, banyak klien pada hari tersibuk sekarang.")
    if not all(place.receives(kind) for kind, _ in running):
        raise Refused("Masih ada klien yang bekerja di sini dan tidak termasuk pilihan “menerima”.")
