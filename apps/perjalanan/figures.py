"""Outcomes after the end of guidance, per Bapas. A caller that shows them outside the office masks small counts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Count, Exists, OuterRef, Q

from apps.perjalanan.models import TindakLanjut

Jawab = TindakLanjut.Jawab


@dataclass(frozen=True)
class Outcome:
    """Answers to one question of the follow-ups in a period: clients per answer, each by the newest one.

    The share is `yes` of `known`. A client who was not reached or did not say is `unknown`, and never counts as "no".
    """

    bapas_id: int
    name: str
    yes: int
    no: int
    unknown: int

    @property
    def question(self) -> str:
        return TindakLanjut.pertanyaan(self.name)

    @property
    def known(self) -> int:
        return self.yes + self.no

    @property
    def asked(self) -> int:
        return self.known + self.unknown

    @property
    def share(self) -> float | None:
        return self.yes / self.known if self.known else None


def outcomes_per_office(offices: Collection[int], *, since: date, until: date) -> list[Outcome]:
    """Newest answers from `since` up to and including `until`; four lines per office, one query."""
    counts = {
        f"{name}_{key}": Count("pk", filter=Q(**{name: answer}))
        for name in TindakLanjut.OUTCOMES
        for key, answer in (("yes", Jawab.YA), ("no", Jawab.TIDAK), ("unknown", Jawab.TIDAK_TAHU))
    }
    answered = TindakLanjut.objects.filter(tanggal__gte=since, tanggal__lte=until)
    later = answered.filter(bapas=OuterRef("bapas"), akhir=OuterRef("akhir"), bulan__gt=OuterRef("bulan"))
    newest = answered.filter(~Exists(later), bapas_id__in=offices)
    rows = cast(Iterable[dict], newest.values("bapas_id").annotate(**counts).order_by("bapas_id"))
    return [
        Outcome(row["bapas_id"], name, row[f"{name}_yes"], row[f"{name}_no"], row[f"{name}_unknown"])
        for row in rows
        for name in TindakLanjut.OUTCOMES
    ]
