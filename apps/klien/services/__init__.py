"""What may be done to clients, their needs and the guidance log. Each function is one act, keyword-only and atomic."""

from apps.klien.services.clients import Changed, keep_case, register, update
from apps.klien.services.guidance import (
    UNDO_MINUTES,
    correct,
    log_guidance,
    may_undo,
    refresh,
    refuse_ended,
    undo,
    withdraw,
)
from apps.klien.services.needs import NEXT, add_need, close_need

__all__ = [
    "NEXT", "UNDO_MINUTES", "Changed", "add_need", "close_need", "correct", "keep_case", "log_guidance", "may_undo",
    "refresh", "refuse_ended", "register", "undo", "update", "withdraw",
]  # fmt: skip
