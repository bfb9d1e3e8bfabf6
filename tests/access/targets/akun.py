"""People and tokens that the URLs about accounts are tried with."""

from apps.akun.models import TokenApi


def _person(place):
    """The PK of the office, with a name that a leak would show."""
    person = place.officer("pk")
    person.nama = f"Petugas {place.canary}"
    person.save(update_fields=["nama"])
    return person


def _token(place):
    place.make.api_token(_person(place))
    return TokenApi.objects.get(pengguna=place.officer("pk")).pk


def _of_person(place):
    return [_person(place).pk], {}, {}


TARGETS = {
    "account_reset_password_from_key": lambda place: ([], {"uidb36": "1", "key": "x-y"}, {}),
    "mfa_edit_webauthn": lambda place: ([1], {}, {}),
    "mfa_remove_webauthn": lambda place: ([1], {}, {}),
    "akun:token_cabut": lambda place: ([_token(place)], {}, {}),
    "akun:orang": _of_person,
    "akun:undang_ulang": _of_person,
    "akun:beri": _of_person,
    "akun:akhiri": lambda place: ([_person(place).pk, place.officer("pk").penugasan_aktif_id], {}, {}),
    "akun:nonaktifkan": _of_person,
    "akun:keluarkan": _of_person,
    "akun:dua_langkah": _of_person,
    "akun:aktifkan": _of_person,
}
