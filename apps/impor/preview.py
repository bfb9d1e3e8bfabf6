"""What the page of an import shows of its rows: one tab at a time."""

from collections.abc import Mapping
from datetime import date

from django.core.paginator import Paginator

from apps.dasar.wording import tanggal
from apps.impor.forms import MistakeFilter
from apps.impor.kinds import KINDS
from apps.impor.models import BarisImpor, Impor, TemuanImpor

PER_PAGE = 50
WRONG, NEW, KNOWN, TWICE = "perbaiki", "baru", "ada", "ganda"


class Preview:
    """The open tab, from the URL. After storing, only mistakes and duplicates are left."""

    def __init__(self, impor: Impor, query: Mapping[str, str]):
        self.impor, self.query = impor, query
        counts = {WRONG: impor.jumlah_salah, NEW: impor.jumlah_baru, KNOWN: impor.jumlah_ada, TWICE: impor.jumlah_ganda}
        labels = {WRONG: "Perlu diperbaiki", NEW: "Baru", KNOWN: "Sudah ada", TWICE: "Ganda"}
        offered = (WRONG, TWICE) if impor.status == Impor.Status.SELESAI else tuple(labels)
        self.counts = {tab: counts[tab] for tab in offered if counts[tab]}
        self.labels = labels
        wanted = query.get("tab", "")
        self.tab = wanted if wanted in self.counts else next(iter(self.counts), "")
        self.form = MistakeFilter(query if self.tab == WRONG else None, impor=impor) if self.tab == WRONG else None

    def tabs(self) -> list[dict]:
        return [
            {"label": self.labels[tab], "url": f"?tab={tab}", "jumlah": count, "aktif": tab == self.tab}
            for tab, count in self.counts.items()
        ]

    @property
    def of_findings(self) -> bool:
        return self.tab in (WRONG, TWICE)

    @property
    def heads(self) -> list[str]:
        return [title for title, _ in KINDS[self.impor.jenis].shown]

    def page(self):
        """One page of findings, or of rows as (number, values)."""
        rows = self._findings() if self.of_findings else self._rows()
        hal = Paginator(rows, PER_PAGE).get_page(self.query.get("page"))
        if not self.of_findings:
            hal.object_list = [(row.baris, self._shown(row.nilai)) for row in hal.object_list]
        return hal

    def _findings(self):
        kind = TemuanImpor.Jenis.GALAT if self.tab == WRONG else TemuanImpor.Jenis.GANDA
        found = TemuanImpor.objects.filter(bapas=self.impor.bapas_id, impor=self.impor, jenis=kind)
        column = self.form.chosen.get("kolom") if self.form else None
        return (found.filter(kolom=column) if column else found).order_by("baris", "pk")

    def _rows(self):
        rows = BarisImpor.objects.filter(bapas=self.impor.bapas_id, impor=self.impor, status=self.tab)
        return rows.order_by("baris")

    def _shown(self, values: list[str | None]) -> list[str]:
        named = dict(zip(self.impor.susunan, values, strict=False))
        return [_words(named.get(name) or "") for _, name in KINDS[self.impor.jenis].shown]


def _words(value: str) -> str:
    try:
        return tanggal(date.fromisoformat(value))
    except ValueError:
        return value
