"""The verbs of clients, their needs and the guidance log. Each function is one act, keyword-only and atomic."""

from apps.klien.services.assign import Assigned, assign, evenly
from apps.klien.services.clients import lookalikes, register, update
from apps.klien.services.deputies import end_deputy, name_deputy
from apps.klien.services.drafts import finish, keep_step, open_draft, remove_outdated
from apps.klien.services.guidance import (
    UNDO_MINUTES,
    correct,
    log_group,
    log_guidance,
    may_undo,
    refresh,
    undo,
    withdraw,
)
from apps.klien.services.holding import refuse_ended
from apps.klien.services.needs import NEXT, add_need, confirm_need, edit_need, move_need, needs_to_confirm, note_need
from apps.klien.services.photos import add_photo, keep_photo, refuse_child, remove_photo
from apps.klien.services.records import (
    add_period,
    change_guarantor,
    correct_period,
    end_guarantor,
    keep_case,
    name_guarantor,
)

__all__ = [
    "NEXT", "UNDO_MINUTES", "Assigned", "add_need", "add_period", "add_photo", "assign", "change_guarantor",
    "confirm_need", "correct", "correct_period", "edit_need", "end_deputy", "end_guarantor", "evenly", "finish",
    "keep_case", "keep_photo", "keep_step", "log_group", "log_guidance", "lookalikes", "may_undo", "move_need",
    "name_deputy", "name_guarantor", "needs_to_confirm", "note_need", "open_draft", "refresh", "refuse_child",
    "refuse_ended", "register", "remove_outdated", "remove_photo", "undo", "update", "withdraw",
]  # fmt: skip
