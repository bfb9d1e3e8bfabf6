"""What may be done on the way of a client. Each function is one act, keyword-only and atomic."""

from apps.perjalanan.services import ends, followup, handover, revocation, stages

__all__ = ["ends", "followup", "handover", "revocation", "stages"]
