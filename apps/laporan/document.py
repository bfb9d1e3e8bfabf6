"""Figures → document: one HTML page for printing. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from apps.dasar import definisi
from apps.dasar.charts import bar_chart, drawable, number
from apps.dasar.disclosure import NO_DATA, added, known
from apps.dasar.wording import rupiah, tanggal, waktu_unit
from apps.laporan.chapters import chapters_of
from apps.laporan.chapters.shared import met_or_not, no_budget, unmet_needs
from apps.laporan.figures import Figures
from apps.laporan.parts import Facts, numbered
from apps.laporan.words import NONE, guidance, guided, load, share, short_rupiah

TITLE = "Laporan Tahunan Program dan Anggaran Pemberdayaan Klien"
SUMMARY_BARS = 8
QUIET_ZONE = 4
"""Light modules around a QR code (ISO/IEC 18004)."""
LEVELS = {"bapas": "Bapas", "kanwil": "Kanwil", "nasional": "Nasional"}


@dataclass(frozen=True)
class Issue:
    """The identity of one printed edition; it is not data, so not part of the figures."""

    kode: str
    versi: int
    final: bool
    fingerprint: str
    verify_url: str


@dataclass(frozen=True)
class Headline:
    value: str
    label: str
    detail: str


def to_html(figures: Figures, issue: Issue) -> str:
    """The whole report as HTML for printing."""
    cover = figures.cover
    chapters = numbered(chapters_of(figures))
    return render_to_string(
        "laporan/pdf/laporan.html",
        {
            "judul": title_of(cover.tingkat, cover.unit, cover.tahun),
            "nama_laporan": TITLE,
            "sampul": cover,
            "tahun": str(cover.tahun),
            "tingkat": LEVELS[cover.tingkat],
            "status": f"{'FINAL' if issue.final else 'DRAF'} v{issue.versi}",
            "final": issue.final,
            "terbitan": issue,
            "identitas": _identity(figures, issue),
            "tanggal_data": tanggal(cover.data_per, cover.zona_waktu),
            "waktu_data": waktu_unit(cover.data_per, cover.zona_waktu),
            "dibuat": cover.data_per.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "kalimat": sentences(figures),
            "angka": headlines(figures),
            "bagan_ringkasan": _summary_chart(figures),
            "bab": chapters,
            "tabel": [block for chapter in chapters if not chapter.appendix for block in chapter.tables],
            "gambar": [block for chapter in chapters for block in chapter.charts],
            "qr": qr(issue.verify_url),
            "lebar": sorted({c.width for chapter in chapters for table in chapter.tables for c in table.columns}),
        },
    )


@dataclass(frozen=True)
class Approver:
    """The approval in words: position, name, time. `sha256` is that of the file that was read."""

    jabatan: str
    nama: str
    nip: str
    waktu: str
    versi: int
    sha256: str


def approved(html: str, approver: Approver) -> str:
    """The HTML of the final from `to_html`, with the approver in its two marked places. Nothing else differs."""
    html = _filled(html, "status", " · DISAHKAN")
    return _filled(html, "lembar", render_to_string("laporan/pdf/disahkan.html", {"sah": approver}))


def _filled(html: str, place: str, words: str) -> str:
    """Fill the marked place; `ValueError` unless there is exactly one. User text is escaped, so it holds no mark."""
    mark, end = f"<!--{place}-->", f"<!--/{place}-->"
    filled, places = re.subn(f"{mark}.*?{end}", lambda _: f"{mark}{words}{end}", html, flags=re.DOTALL)
    if places != 1:
        raise ValueError(f"{places} places for {place}")
    return filled


def title_of(tingkat: str, unit: str, tahun: int) -> str:
    return f"{TITLE} {tahun} – {unit}"


def qr(url: str) -> SafeString:
    """The address as a QR code, level M with its quiet zone, sized by the stylesheet."""
    modules = [bytes(row) for row in segno.make(url, error="m", micro=False).matrix_iter(border=QUIET_ZONE)]
    runs = [(x, y, width) for y, row in enumerate(modules) for x, width in _dark_runs(row)]
    return render_to_string("komponen/svg/qr.svg", {"url": url, "sisi": len(modules), "ruas": runs})


def _dark_runs(row: bytes) -> Iterator[tuple[int, int]]:
    """(first column, width) of each unbroken line of dark modules."""
    x = 0
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            yield x, width
        x += width


def sentences(f: Figures) -> list[str]:
    """The report in five sentences; in four when no client has an unmet need."""
    mean = load(f.klien, f.pk)
    return [
        f"{guided(f.cover.unit, f.klien, f.pk)}{f', {mean}' if mean else ''}.",
        met_or_not(f.kebutuhan_jumlah),
        *([unmet_needs(f.kebutuhan, f.kebutuhan_jumlah)] if f.kebutuhan_jumlah.belum not in (0, NO_DATA) else []),
        f"{_guidance(f)}; {_activities(f)}.",
        f"Anggaran program {f.cover.tahun} {rupiah(f.anggaran)}; {_sources(f)}"
        if f.anggaran and not f.rancangan
        else no_budget(f),
    ]


def headlines(f: Figures) -> list[Headline]:
    return [
        Headline(number(f.klien), definisi.CLIENTS, f"oleh {number(f.pk)} PK"),
        Headline(number(f.kebutuhan_jumlah.belum), definisi.IN_NEED, _in_need(f)),
        Headline(share(f.terlaksana, f.jadwal), definisi.DONE, _missed(f)),
        Headline(
            short_rupiah(f.anggaran) if f.anggaran else NONE,
            f"{f.sebutan_anggaran} {f.cover.tahun}",
            f"{share(f.realisasi, f.anggaran)} terealisasi" if f.anggaran and not f.rancangan else "belum disetujui",
        ),
    ]


def _in_need(f: Figures) -> str:
    """The part of all clients, where both numbers are printed."""
    part = share(f.kebutuhan_jumlah.belum, f.klien)
    return f"dari {number(f.klien)} klien aktif" if part == NONE else f"{part} dari klien aktif"


def _missed(f: Figures) -> str:
    if f.jadwal == NO_DATA:
        return "belum ada bulan yang ditutup"
    return f"{number(f.terlewat)} kali tidak hadir" if f.jadwal != 0 else "belum ada yang dicatat"


def _guidance(f: Figures) -> str:
    if f.jadwal == 0:
        return "Belum ada bimbingan yang dicatat"
    if known(f.jadwal):
        return f"Dari {number(f.jadwal)} pertemuan bimbingan yang dicatat, {share(f.terlaksana, f.jadwal)} terlaksana"
    return capfirst(guidance(f.terlaksana, f.terlewat))


def _activities(f: Figures) -> str:
    held, groups = f.kegiatan_jumlah.kegiatan, added(*(item.n for item in f.pokmas))
    activities = f"{number(held)} kegiatan diselenggarakan" if held else "belum ada kegiatan yang selesai"
    return f"{activities} dan {number(groups) if groups else 'belum ada'} Pokmas aktif"


def _sources(f: Figures) -> str:
    first = max(f.sumber, key=lambda row: row.rencana)
    source = f"{share(first.rencana, f.anggaran)} berasal dari {first.label}"
    spent = f"{share(f.realisasi, f.anggaran)} sudah" if f.realisasi else "belum ada yang"
    return f"{source} dan {spent} terealisasi."


def _summary_chart(f: Figures) -> SafeString:
    rows = [(need.kategori, need.belum) for need in f.kebutuhan]
    if not drawable(n for _, n in rows):
        return SafeString("")
    title = f"{unmet_needs(f.kebutuhan, f.kebutuhan_jumlah)} Angka lengkap di Bab II."
    return bar_chart(rows, title, "klien", most=SUMMARY_BARS, adds_up=False)


def _identity(f: Figures, issue: Issue) -> Facts:
    cover = f.cover
    return Facts(
        (
            ("Dokumen", f"{TITLE} {cover.tahun}"),
            ("Unit", cover.unit),
            ("Periode data", f"{tanggal(cover.mulai)} s.d. {tanggal(cover.selesai)}"),
            ("Data per", waktu_unit(cover.data_per, cover.zona_waktu)),
            ("Status", f"{'Final' if issue.final else 'Draf'}, versi {issue.versi}"),
            ("Kode verifikasi", issue.kode),
        )
    )
