"""Actions of community service. Each locks the sentence or the place, and checks numbers under that lock."""

from apps.kerja_sosial.services.hours import Work, confirm, correct, note_absence, record, strike_absence
from apps.kerja_sosial.services.places import save_place
from apps.kerja_sosial.services.sentences import (
    change,
    complete,
    extend,
    give_up,
    limits_on,
    resume,
    start,
    stop_with_registration,
)

__all__ = [
    "Work", "change", "complete", "confirm", "correct", "extend", "give_up", "limits_on", "note_absence",
    "record", "resume", "save_place", "start", "stop_with_registration",
    "strike_absence",
]  # fmt: skip
