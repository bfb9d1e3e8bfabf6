"""Due dates of the next stage. The shares of the term are data (`acuan.AmbangTahap`); no law fixes them."""

from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from django.db.models import (
    DecimalField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Cast

from apps.acuan.models import AmbangTahap
from apps.klien.models import Klien, MasaBimbingan
from apps.perjalanan.models import Tahap
from apps.perjalanan.models.stages import current_stage
from apps.perjalanan.services.stages import NEXT

ONE_DAY = timedelta(days=1)


def thresholds() -> dict[str, Decimal]:
    """Stage → percent of the term after which it is due."""
    return dict(AmbangTahap.objects.filter(aktif=True).values_list("kode", "persen"))


def next_due(klien: Klien, now: Tahap) -> tuple[Tahap, date] | None:
    """(stage, day) of the next move of `klien`; None in the last stage or without a term."""
    masa = newest_terms().filter(bapas=klien.bapas_id, klien=klien).first()
    shares = thresholds()
    stage = next((stage for stage in NEXT[now] if stage in shares), None)
    if stage is None or masa is None:
        return None
    percent = shares[stage]
    return stage, stage_due(masa.mulai, masa.selesai, percent)


def stage_due(first: date, last: date, percent: Decimal) -> date:
    """The day on which `percent` of the term from `first` to `last` has passed."""
    return first + ceil(((last - first).days + 1) * percent / 100) * ONE_DAY


def newest_terms():
    """The newest term of guidance of every client."""
    later = MasaBimbingan.objects.filter(bapas=OuterRef("bapas"), klien=OuterRef("klien"), mulai__gt=OuterRef("mulai"))
    return MasaBimbingan.objects.filter(~Exists(later))


def overdue(user, day: date):
    """Newest terms of active clients who should be in a later stage on `day`, the earliest term first.
    What was due before an import has time until `Klien.tenggang`."""
    rows = newest_terms().visible_to(user).filter(klien__status=Klien.Status.AKTIF, mulai__lte=day, selesai__gte=day)
    following = {stage for stages in NEXT.values() for stage in stages}
    due = [Q(tahap_kini=now, **{f"sisa_{stage}__lte": timedelta(0)}) for now in NEXT for stage in NEXT[now]]
    rows = rows.annotate(tahap_kini=current_stage(), **{f"sisa_{stage}": _left(day, stage) for stage in following})
    no_grace = Q(klien__tenggang=None) | Q(klien__tenggang__lte=day)
    return rows.filter(_any(due), no_grace).order_by("mulai", "pk")


def due_since(masa: Any, day: date) -> date:
    """The day on which a client among `overdue(user, day)` was due for the next stage."""
    left = (getattr(masa, f"sisa_{stage}") for stage in NEXT[masa.tahap_kini])
    reached = day + ceil(min(time for time in left if time is not None) / ONE_DAY) * ONE_DAY
    return max(reached, masa.klien.tenggang or reached)


def steps(now: Tahap) -> list[dict]:
    """Entries of the step indicator for the three stages."""
    order = list(Tahap)
    here = order.index(now)
    words = ["sudah"] * here + ["kini"] + ["nanti"] * (len(order) - here - 1)
    return [{"label": stage.label, "status": word} for stage, word in zip(order, words, strict=True)]


def _left(day: Any, stage: Tahap) -> ExpressionWrapper:
    """The time from `day` to the threshold of `stage`, as an interval that PostgreSQL computes; NULL without one."""
    length = ExpressionWrapper(F("selesai") - F("mulai") + Value(ONE_DAY), DurationField())
    percent = Subquery(AmbangTahap.objects.filter(aktif=True, kode=stage).values("persen"))
    share = Cast(ExpressionWrapper(percent / Value(100), DecimalField()), FloatField())
    return ExpressionWrapper(F("mulai") - day + length * share, DurationField())


def _any(rules: list[Q]) -> Q:
    found = Q()
    for rule in rules:
        found |= rule
    return found
