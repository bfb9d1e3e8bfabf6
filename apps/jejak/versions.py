"""Optimistic locking: when two people change one row, the second save is refused and shown, never silently lost.

A form carries the version of its row in the hidden field `versi`; the service locks the row and calls `refuse_changed`.
`compare.py` makes the page that answers then.
"""

from django.db.models import Model

from apps.dasar.errors import Refused
from apps.jejak.services import last_change

SENTENCE = "Data ini sudah diubah orang lain. Bandingkan, lalu pilih isi yang benar."


class Changed(Refused):
    """Somebody else saved the row since the form was opened; `current` is what is stored now."""

    def __init__(self, current: Model, sentence: str = SENTENCE):
        super().__init__(sentence)
        self.current = current


def version(row: Model) -> str:
    """The version of a row whose history is kept (`rls.track`): empty for a new row, then 0, then history numbers."""
    if not row.pk:
        return ""
    last = last_change(row)
    return str(last.pk if last else 0)


def refuse_changed(current: Model, seen: str | int | None, *, counted: int | None = None, sentence=SENTENCE) -> None:
    """Raise `Changed` unless `current`, the locked row, is still at the version `seen`. A missing version is stale.

    `counted` is the version of a row that counts its own saves (a column `versi`): its table has no history, or
    triggers write to it, or the new version has to be known at once.
    """
    if str(seen) != (version(current) if counted is None else str(counted)):
        raise Changed(current, sentence)
