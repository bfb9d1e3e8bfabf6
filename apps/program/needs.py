"""The evidence for a programme: clients with an unmet need, per category, on one day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from apps.acuan.models import KategoriKebutuhan
from apps.klien.models import Kebutuhan


def snapshot(bapas_id: int, day: date) -> dict[str, int]:
    """Code of the category → active clients of the office who had that need at the end of `day`."""
    rows = Kebutuhan.objects.filter(bapas=bapas_id).unmet(day)
    return dict(rows.values_list("kategori__kode").annotate(Count("klien", distinct=True)).order_by("kategori__kode"))


@dataclass(frozen=True)
class Need:
    """One category of the snapshot, with the programme's answer to it."""

    kategori: KategoriKebutuhan
    klien: int
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
    return sorted(needs, key=lambda need: (-need.klien, need.kategori.kode))


def _need(category, counts, activities, reasons) -> Need:
    mine = [plan for plan in activities if plan.kategori_id == category.pk]
    target = sum(plan.target_klien for plan in mine)
    return Need(category, counts.get(category.kode, 0), len(mine), target, reasons.get(category.pk, ""))
