"""Objects that the URLs about the duty to report are tried with."""

import datetime as dt

from apps.klien.models import JadwalLapor
from tests.wajib_lapor.factories import PerubahanFactory


def client(place):
    return [place.klien.pk], {}, {}


def reachable(place):
    place.klien.telepon = "0812 3456 7890"
    place.klien.save()
    JadwalLapor.objects.filter(klien=place.klien).update(berikutnya="2099-01-05")
    return client(place)


def ticked(place):
    return [], {}, {"klien": [place.klien.pk]}


def act(place):
    """Something that the PK of this office did a moment ago."""
    change = PerubahanFactory(klien=place.klien, oleh=place.officer("pk"))
    return [change.kunci], {}, {}


def today(place):
    return [], {}, {"hari": dt.date.today().isoformat()}


TARGETS = {
    "wajib_lapor:client": client,
    "wajib_lapor:reminder": client,
    "wajib_lapor:whatsapp": reachable,
    "wajib_lapor:bulk": ticked,
    "wajib_lapor:undo": act,
    "wajib_lapor:reminders": today,
}
