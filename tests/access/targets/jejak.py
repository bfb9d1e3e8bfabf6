"""The trail is one list; what it may not show is in the furnished offices."""

from apps.jejak.models import Akses


def _a_read(place):
    person = place.officer("pk")
    Akses.objects.create(
        bapas=place.bapas, pengguna=person, penugasan=person.penugasan_aktif, verba="lihat", objek="klien",
        objek_id=place.klien.pk,
    )  # fmt: skip
    return [], {}, {}


TARGETS = {"jejak:list": _a_read, "jejak:unduh": _a_read}
