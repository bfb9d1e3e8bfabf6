"""An assessment as people read it: the state of each page, what changed since the last time, scores with reasons."""

from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from apps.acuan.models import Instrumen
from apps.asesmen.models import Asesmen, ButirKebutuhan, IsianDomain, SkorAsesmen
from apps.asesmen.services import Content, content_of, is_done, pages_of
from apps.klien.models import Kebutuhan
from apps.klien.services import needs_to_confirm


@dataclass(frozen=True)
class PageReading:
    """One domain: its state and its answers."""

    EMPTY: ClassVar = "Belum diisi"
    PART: ClassVar = "Sebagian"
    DONE: ClassVar = "Selesai"

    isian: IsianDomain
    status: str
    kebutuhan: list[ButirKebutuhan]
    berubah: list[str]
    """Names of the answers that differ from the assessment this one was copied from."""

    @property
    def warna(self) -> str:
        return {self.DONE: "hijau", self.PART: "kuning"}.get(self.status, "abu")


def read(isian: IsianDomain, source: IsianDomain | None = None) -> PageReading:
    content = content_of(isian)
    status = PageReading.DONE if is_done(isian) else PageReading.PART if content != Content() else PageReading.EMPTY
    needs = sorted(isian.kebutuhan.all(), key=lambda butir: butir.kategori_id)
    return PageReading(isian, status, needs, _differences(isian, source) if source else [])


def read_all(asesmen: Asesmen) -> list[PageReading]:
    """The eight pages in order; six queries at most."""
    before = {page.domain: page for page in pages_of(asesmen.salin_dari)} if asesmen.salin_dari else {}
    return [read(page, before.get(page.domain)) for page in pages_of(asesmen)]


def changed_since(asesmen: Asesmen, isian: IsianDomain) -> list[str]:
    """Names of the answers on this page that changed since it was copied."""
    if asesmen.salin_dari is None:
        return []
    source = asesmen.salin_dari.isian.prefetch_related("kebutuhan__kategori").get(
        bapas=asesmen.bapas_id, domain=isian.domain
    )
    return read(isian, source).berubah


def compare_with_ledger(asesmen: Asesmen, pages: list[PageReading]) -> list[Kebutuhan]:
    """Set `berdiri` on every need of the pages: the need in the ledger (`Kebutuhan`) that it will update.

    Returns the open needs that the assessment does not name: they stay open.
    """
    known: dict[int, Kebutuhan] = {}
    for need in needs_to_confirm(asesmen.klien).select_related("kategori"):
        known.setdefault(need.kategori_id, need)
    for butir in (butir for reading in pages for butir in reading.kebutuhan):
        butir.berdiri = known.pop(butir.kategori_id, None)
    return [need for need in known.values() if need.ditutup_pada is None]


def score_groups(asesmen: Asesmen) -> list[tuple[Instrumen, list[SkorAsesmen]]]:
    """Scores by instrument, each with its category and the reason for it."""
    rows = SkorAsesmen.objects.filter(bapas=asesmen.bapas_id, asesmen=asesmen).select_related("instrumen", "faktor")
    return [(instrument, list(group)) for instrument, group in groupby(rows, key=lambda row: row.instrumen)]


def _differences(isian: IsianDomain, source: IsianDomain) -> list[str]:
    now, before = content_of(isian), content_of(source)
    words = [
        ("kekuatan", now.kekuatan != before.kekuatan),
        ("kata klien", now.kata_klien != before.kata_klien),
        ("tidak ada kebutuhan", now.tanpa_kebutuhan != before.tanpa_kebutuhan),
    ]
    names = {butir.kategori_id: butir.kategori.nama for row in (isian, source) for butir in row.kebutuhan.all()}
    changed = {need.kategori for need in now.butir ^ before.butir}
    return [word for word, differs in words if differs] + [names[key] for key in sorted(changed)]
