"""Who guides clients: the Pembimbing Kemasyarakatan (PK) on duty at an office."""

from datetime import datetime

from django.db.models import OuterRef

from apps.akun.models import Pengguna, Penugasan
from apps.akun.roles import Peran


def officers(bapas, now: datetime | None = None):
    """PKs who work at `bapas` today and can log in; `now`: see `today_in`."""
    duties = Penugasan.objects.current(now).filter(peran=Peran.PK, bapas=bapas)
    return Pengguna.objects.filter(pk__in=duties.values("pengguna"), is_active=True)


def duty_of_officer(now: datetime | None = None):
    """The current duties of the PK of a client, for `Exists`: none when the PK left or cannot log in."""
    return Penugasan.objects.current(now).filter(
        peran=Peran.PK, bapas=OuterRef("bapas"), pengguna=OuterRef("pk_pembimbing"), pengguna__is_active=True
    )
