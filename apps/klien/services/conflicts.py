"""Two people, one row: the second save is refused and shown, never silently lost (nor is the first)."""

from django.db.models import Model

from apps.dasar.errors import Refused
from apps.jejak.services import version


class Changed(Refused):
    """Somebody else saved the same row in the meantime; `current` is what is stored now."""

    def __init__(self, current: Model):
        super().__init__("Data ini sudah diubah orang lain. Bandingkan, lalu pilih isi yang benar.")
        self.current = current


def refuse_overwriting(current, seen: str) -> None:
    """`current` comes locked; `seen` is the version (see `jejak.services.version`) that the form was opened with."""
    if version(current) != seen:
        raise Changed(current)
