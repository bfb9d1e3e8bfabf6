"""The evidence for a programme: clients with an unmet need, per category, on one day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count

from apps.acuan.models import KategoriKebutuhan
from apps.dasar.disclosure import Shown, in_order
from apps.klien.models import Kebutuhan
from apps.rilis import reading
from apps.rilis.measures import NEED
from apps.rilis.models import Masa


def snapshot(bapas_id: int, day: date) -> dict[str, int]:
    """Code of the category → active clients of the office who had that need at the end of `day`."""
    rows = Kebutuhan.objects.filter(bapas=bapas_id).unmet(day)
    return dict(rows.values_list("kategori__kode").annotate(Count("klien", distinct=True)).order_by("kategori__kode"))


@dataclass(frozen=True)
class Need:
    """One category of the snapshot, with the programme's answer to it. For others than the office `klien` is a
    released count."""

    kategori: KategoriKebutuhan
    klien: Shown
    kegiatan: int
    target: int
    alasan: str

    @property
    def served(self) -> bool:
        return self.kegiatan > 0

    @property
    def unanswered(self) -> bool:
        """True without an activity and without a reason: the need stays visible until somebody answers it."""
        return not self.served and not self.alasan


def coverage(program, activities) -> list[Need]:
    """Every category of the snapshot or of an activity, the one with most clients first; two queries."""
    counts = program.potret
    used = {plan.kategori_id for plan in activities}
    reasons = dict(program.tanpa_program.filter(bapas=program.bapas_id).order_by().values_list("kategori_id", "alasan"))
    categories = KategoriKebutuhan.objects.filter(kode__in=counts) | KategoriKebutuhan.objects.filter(pk__in=used)
    needs = [_need(category, counts, activities, reasons) for category in categories]
    return in_order(needs, count=lambda need: need.klien, name=lambda need: need.kategori.kode)


def as_released(needs: Iterable[Need], bapas_id: int, today: date) -> tuple[date | None, list[Need]]:
    """The same needs for readers outside the office: not with the numbers of the snapshot, but with those of the newest
    released day, which every page shows them."""
    day = reading.newest(hari=today)["hari"]
    faces = reading.of_office(Masa.HARI, day, bapas_id)
    found = [replace(need, klien=faces(f"{NEED}{need.kategori.pk}")) for need in needs]
    return day, in_order(found, count=lambda need: need.klien, name=lambda need: need.kategori.kode)


def _need(category, counts, activities, reasons) -> Need:
    mine = [plan for plan in activities if plan.kategori_id == category.pk]
    target = sum(plan.target_klien for plan in mine)
    return Need(category, counts.get(category.kode, 0), len(mine), target, reasons.get(category.pk, ""))
