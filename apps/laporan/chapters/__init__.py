"""Figures → chapters: content and order of the report, one module per subject. Pure.

A table with the same numbers follows every chart, and the chart's text alternative says so.
"""

from apps.laporan.chapters import budget, clients, method, offices, plans, services
from apps.laporan.figures import Figures
from apps.laporan.parts import Chapter


def chapters_of(f: Figures) -> tuple[Chapter, ...]:
    """The chapters in printed order. A wider report compares its offices; that of a Bapas shows its own plan."""
    wide = bool(f.bapas)
    body = [
        ("Gambaran umum", clients.overview(f)),
        ("Kebutuhan klien", clients.needs(f)),
        ("Bimbingan, kegiatan, dan Pokmas", services.services(f)),
        ("Kinerja dan usulan per kantor", offices.offices(f))
        if wide
        else (f"Program pemberdayaan {f.cover.tahun}", plans.plans(f)),
        ("Anggaran", budget.budget(f)),
        ("Penutup dan tindak lanjut", budget.closing(f)),
    ]
    chapters = [
        Chapter(f"Bab {roman}", title, tuple(blocks))
        for roman, (title, blocks) in zip(("I", "II", "III", "IV", "V", "VI"), body, strict=True)
    ]
    if wide:
        chapters.append(Chapter("Lampiran A", "Lembar per kantor", tuple(offices.sheets(f))))
    elif f.rab:
        chapters.append(Chapter("Lampiran A", "Rincian anggaran biaya", tuple(plans.cost_lines(f))))
    chapters.append(Chapter(f"Lampiran {'B' if wide or f.rab else 'A'}", "Cara menghitung", tuple(method.method(f))))
    return tuple(chapters)
