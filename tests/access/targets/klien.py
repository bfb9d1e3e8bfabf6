"""Objects that the URLs about clients are tried with."""


def client(place):
    return [place.klien.pk], {}, {}


def told(place):
    """A client about whom everything that may leak has been written."""
    place.furnish()
    return client(place)


def need(place):
    row = place.make.KebutuhanFactory(klien=place.klien, uraian=f"Butuh {place.canary}")
    return [place.klien.pk, row.pk], {}, {}


def record(place):
    row = place.make.CatatanFactory(klien=place.klien, catatan=f"Isi {place.canary}")
    return [row.pk], {}, {}


def named(place):
    return [], {}, {"klien": place.klien.pk}


def by_code(place):
    return [], {}, {"kode": place.klien.kode, "alasan": "Pemeriksaan pengaduan keluarga klien"}


TARGETS = {
    "klien:open": by_code,
    "api:klien-detail": told,
    "klien:detail": told,
    "klien:timeline": told,
    "klien:client_needs": told,
    "klien:trail": client,
    "klien:edit": client,
    "klien:case": client,
    "klien:case_edit": client,
    "klien:need_add": client,
    "klien:need_close": need,
    "klien:guidance_new": named,
    "klien:guidance": record,
    "klien:guidance_correct": record,
    "klien:guidance_withdraw": record,
    "klien:guidance_undo": record,
}
