"""Objects that the URLs about community service are tried with."""

from apps.kerja_sosial.models import KerjaSosial
from tests.kerja_sosial.factories import JamFactory, KerjaSosialFactory, TempatFactory, limits

SENT = {"kunci": "x"}  # a form that was sent, with nothing that counts


def _place(place):
    limits(), limits("anak")
    return TempatFactory(bapas=place.bapas, mitra=place.mitra, nama=f"Tempat {place.canary}")


def _sentence(place, **facts):
    ks = KerjaSosialFactory(bapas=place.bapas, klien=place.klien, tempat=_place(place), **facts)
    JamFactory(kerja_sosial=ks, kegiatan=f"Kerja {place.canary}")
    return ks


def sentence(place):
    return [_sentence(place).pk], {}, SENT


def client(place):
    return [_sentence(place).klien_id], {}, SENT


def hours(place):
    return [_sentence(place).jam.get().pk], {}, SENT


def place(place):
    return [_sentence(place).tempat_id], {}, SENT


def absence(place):
    ks = _sentence(place)
    facts = {"tanggal": ks.mulai, "beralasan": True, "uraian": f"Sakit {place.canary}", "dicatat_oleh": ks.dibuat_oleh}
    return [ks.ketidakhadiran.create(bapas=ks.bapas, **facts).pk], {}, SENT


def stopped(place):
    ks = _sentence(place)
    KerjaSosial.objects.filter(pk=ks.pk).update(status="tidak", ditutup=ks.mulai)
    return [ks.pk], {}, SENT


TARGETS = {
    "kerja_sosial:place_create": lambda place: ([], {}, SENT),
    **dict.fromkeys(("kerja_sosial:of_client", "kerja_sosial:create"), client),
    **dict.fromkeys([f"kerja_sosial:{name}" for name in ("place", "place_edit", "place_pin")], place),
    "kerja_sosial:correct": hours,
    "kerja_sosial:resume": stopped,
    "kerja_sosial:absence_strike": absence,
    **{
        f"kerja_sosial:{name}": sentence
        for name in ("edit", "extend", "hours", "confirm", "absence", "complete", "give_up", "report")
    },
}
