"""Objects that the URLs about clients are tried with."""

from tests.klien.factories import FotoFactory, PenggabunganFactory, PenggantiFactory


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


def draft(place):
    row = place.make.DrafFactory(oleh=place.officer("pk"))
    return [row.kunci], {}, {}


def draft_step(place):
    return [*draft(place)[0], "masa"], {}, {}


def period(place):
    row = place.make.MasaFactory(klien=place.klien, sk_nomor=f"SK {place.canary}")
    return [place.klien.pk, row.pk], {}, {}


def guarantor(place):
    row = place.make.PenjaminFactory(klien=place.klien, nama=f"Penjamin {place.canary}")
    return [place.klien.pk, row.pk], {}, {}


def group(place):
    return [], {}, {"klien": place.klien.pk, "langkah": "isi"}


def by_key(place):
    return [place.make.CatatanFactory(klien=place.klien).kunci], {}, {}


def photo(place):
    row = FotoFactory(catatan=place.make.CatatanFactory(klien=place.klien))
    return [row.catatan_id], {}, {}


def deputy(place):
    return [PenggantiFactory(bapas=place.bapas).pk], {}, {}


def joined(place):
    return [PenggabunganFactory(klien=place.klien).klien_id], {}, {}


TARGETS = {
    "klien:join": told,
    "klien:separate": joined,
    "klien:deputy_end": deputy,
    "klien:guidance_group": group,
    "klien:guidance_photo_add": by_key,
    "klien:guidance_photo": photo,
    "klien:guidance_photo_remove": photo,
    "klien:register_step": draft_step,
    "klien:register_check": draft,
    "klien:register_discard": draft,
    "klien:registry": told,
    "klien:period_add": client,
    "klien:period_correct": period,
    "klien:guarantor_add": client,
    "klien:guarantor_edit": guarantor,
    "klien:guarantor_end": guarantor,
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
    "klien:need_edit": need,
    "klien:need_move": need,
    "klien:guidance_new": named,
    "klien:guidance": record,
    "klien:guidance_correct": record,
    "klien:guidance_withdraw": record,
    "klien:guidance_undo": record,
}
