"""The supervisor's PIN on the PK's phone. Five wrong ones lock it for 15 minutes; every use leaves a trace."""

import datetime as dt

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.dasar.locks import held
from apps.jejak.models import Riwayat
from apps.jejak.services import record_move
from apps.kerja_sosial.models import PinPengawas, TempatKerjaSosial

DIGITS = 6
TRIES = 5
LOCKED = dt.timedelta(minutes=15)
OBJECT = "pin-pengawas"
"""Name of the place's PIN in the trail; `ke` says what happened."""
WORDS = {"diatur": "PIN diatur", "benar": "PIN benar", "salah": "PIN salah", "terkunci": "PIN terkunci"}


class WrongPin(Refused):
    """The PIN was not accepted. Raised after the count is stored."""


@transaction.atomic
def set_pin(place: TempatKerjaSosial, pin: str, *, by: Pengguna) -> None:
    """Store a new PIN, chosen by the supervisor. The old one and its lock end."""
    facts = {"sandi": make_password(pin), "salah": 0, "terkunci_sampai": None}
    PinPengawas.objects.update_or_create(bapas_id=place.bapas_id, tempat=place, defaults=facts)
    _note(place, "diatur", by)


def uses(place: TempatKerjaSosial, newest: int = 5) -> list[tuple[str, Riwayat]]:
    """The last uses of the PIN of a place, in words."""
    rows = Riwayat.objects.filter(bapas=place.bapas_id, objek=OBJECT, objek_id=place.pk).select_related("oleh")
    return [(WORDS[row.ke], row) for row in rows.order_by("-pada", "-pk")[:newest]]


def check_pin(place: TempatKerjaSosial, pin: str, *, by: Pengguna) -> None:
    """Raise WrongPin unless `pin` is right. The row is locked meanwhile: guesses at the same time queue up."""
    refusal = _try(place, pin, by)
    if refusal:
        raise WrongPin(refusal)


@transaction.atomic
def _try(place: TempatKerjaSosial, pin: str, by: Pengguna) -> str:
    """The refusal in words, "" if the PIN is right. Raises nothing, because that would roll the count back."""
    row = held(PinPengawas.objects.filter(bapas=place.bapas_id, tempat=place)).first()
    now = timezone.now()
    if row is None:
        return "PIN pengawas tempat ini belum diatur."
    if row.terkunci_sampai and row.terkunci_sampai > now:
        minutes = -(-(row.terkunci_sampai - now).seconds // 60)
        return f"PIN terkunci setelah {TRIES} kali salah. Coba lagi dalam {minutes} menit."
    if check_password(pin, row.sandi):
        _store(row, 0, None)
        _note(place, "benar", by)
        return ""
    wrong = row.salah + 1
    if wrong < TRIES:
        _store(row, wrong, None)
        _note(place, "salah", by)
        return f"PIN salah. Masih boleh mencoba {TRIES - wrong} kali."
    _store(row, 0, now + LOCKED)
    _note(place, "terkunci", by)
    return f"PIN salah {TRIES} kali dan terkunci selama {LOCKED.seconds // 60} menit."


def _store(row: PinPengawas, wrong: int, until: dt.datetime | None) -> None:
    row.salah, row.terkunci_sampai = wrong, until
    row.save(update_fields=["salah", "terkunci_sampai"])


def _note(place: TempatKerjaSosial, what: str, by: Pengguna) -> None:
    record_move(place, OBJECT, dari="", ke=what, by=by)
