"""The verbs of community service. Each locks the sentence or the place: a number is checked where it is written."""

from apps.kerja_sosial.services.ledger import Work, confirm, correct, note_absence, record
from apps.kerja_sosial.services.places import save_place
from apps.kerja_sosial.services.sentences import Changed, change, complete, extend, give_up, limits_on, start

__all__ = [
    "Changed", "Work", "change", "complete", "confirm", "correct", "extend", "give_up", "limits_on", "note_absence",
    "record", "save_place", "start",
]  # fmt: skip
