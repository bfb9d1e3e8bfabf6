"""The right to request a report, checked at the request and again when the report is made."""

from apps.akun.models import Pengguna
from apps.akun.roles import may
from apps.wilayah.models import Bapas, Kanwil

VERBS = {"bapas": "laporan.bapas", "kanwil": "laporan.wilayah", "nasional": "laporan.nasional"}


def may_request(user: Pengguna, *, bapas: Bapas | None = None, kanwil: Kanwil | None = None) -> bool:
    """Whether `user` has the verb of that level and the unit lies in the jurisdiction."""
    if bapas:
        return may(user, VERBS["bapas"]) and bapas.pk in user.scope.bapas
    if kanwil:
        own = user.penugasan and user.penugasan.kanwil_id
        return may(user, VERBS["kanwil"]) and own in (None, kanwil.pk)
    return may(user, VERBS["nasional"])
