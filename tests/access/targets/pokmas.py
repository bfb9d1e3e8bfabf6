"""Objects that the URLs about Pokmas are tried with."""

SENT = {"simpan": "1"}  # a form that was sent, with nothing filled in


def _group(place):
    return place.make.PokmasFactory(bapas=place.bapas, mitra=place.mitra, alamat=f"Jalan {place.canary}")


def group(place):
    return [_group(place).pk], {}, SENT


def member(place):
    row = place.make.AnggotaFactory(pokmas=_group(place), nama=f"Anggota {place.canary}")
    return [row.pokmas_id, row.pk], {}, SENT


TARGETS = {
    "pokmas:create": lambda place: ([], {}, SENT),
    "pokmas:detail": group,
    "pokmas:edit": group,
    "pokmas:appoint": group,
    "pokmas:dismiss": group,
    "pokmas:member_add": group,
    "pokmas:member_edit": member,
}
