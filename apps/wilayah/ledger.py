"""Ledgers: append-only tables. A later row corrects a wrong one."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef


class Ledger(models.Model):
    """Base of an append-only table: its migration says `rls.append_only`."""

    class Meta:
        abstract = True


class Corrected:
    """QuerySet mixin for a ledger (append-only table) whose corrections point at the row they replace."""

    replaces: ClassVar[str]
    """Name of the foreign key from a correction to that row; at most one correction points at the same row."""

    def corrections(self):
        """Subquery: the correction of each row."""
        # IS NOT NULL changes no result, but tells the planner that corrections are few.
        named = {self.replaces: OuterRef("pk"), f"{self.replaces}__isnull": False}
        return self.model._default_manager.filter(bapas=OuterRef("bapas"), **named)

    def uncorrected(self):
        """Rows without a correction."""
        return self.filter(~Exists(self.corrections()))
