"""Objects that the URLs about activities are tried with."""

from django.utils import timezone

SENT = {"simpan": "1"}  # a form that was sent, with nothing filled in


def _activity(place):
    return place.make.KegiatanFactory(
        bapas=place.bapas, mitra=place.mitra, mulai=timezone.now(), judul=f"Kegiatan {place.canary}",
        dibuat_oleh=place.officer("operator"),
    )  # fmt: skip


def _listed(place):
    return place.make.KehadiranFactory(kegiatan=_activity(place), klien=place.klien, panggilan=f"Si {place.canary}")


def activity(place):
    return [_listed(place).kegiatan_id], {}, SENT


def all_present(place):
    return [_listed(place).kegiatan_id], {}, {"semua": "1"}


def a_code(place):
    return [_activity(place).pk], {}, {"kode": place.klien.kode}


def a_client(place):
    return [_activity(place).pk], {}, {"klien": [place.klien.pk]}


def on_the_list(place):
    row = _listed(place)
    return [row.kegiatan_id, row.pk], {}, {}


def group(place):
    _activity(place)
    return [place.make.PokmasFactory(bapas=place.bapas, mitra=place.mitra).pk], {}, {}


TARGETS = {
    "kegiatan:create": lambda place: ([], {}, SENT),
    "api:kegiatan-detail": activity,
    "kegiatan:detail": activity,
    "kegiatan:edit": activity,
    "kegiatan:cancel": activity,
    "kegiatan:close": activity,
    "kegiatan:attendance": all_present,
    "kegiatan:add_by_code": a_code,
    "kegiatan:invite": a_client,
    "kegiatan:strike": on_the_list,
    "kegiatan:sheet": activity,
    "kegiatan:of_pokmas": group,
}
