"""Ledgers: tables that only grow. What was wrong is put right by a later row."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef


class Ledger(models.Model):
    """A row that stays as it was written: the migration of its table says `rls.append_only`."""

    class Meta:
        abstract = True


class Corrected:
    """For the QuerySet of a ledger whose corrections name the row that they replace."""

    replaces: ClassVar[str]
    """The foreign key by which a correction names it; at most one correction names the same row."""

    def corrections(self):
        """For a subquery about rows of this ledger: the row that replaced each of them."""
        # IS NOT NULL says nothing new, but tells the planner that corrections are few.
        named = {self.replaces: OuterRef("pk"), f"{self.replaces}__isnull": False}
        return self.model._default_manager.filter(bapas=OuterRef("bapas"), **named)

    def uncorrected(self):
        """Rows that no correction replaced."""
        return self.filter(~Exists(self.corrections()))
