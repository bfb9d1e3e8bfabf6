"""The verbs of stages, ends, revocation, handover and follow-up. Each is one act, keyword-only and atomic."""

from apps.perjalanan.services import ends, followup, handover, revocation, stages

__all__ = ["ends", "followup", "handover", "revocation", "stages"]
