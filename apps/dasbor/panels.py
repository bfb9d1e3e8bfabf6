"""From figures to what a dashboard page prints: sentences, numbers, charts and tables. Pure."""

from collections.abc import Callable, Mapping, Sequence

from django.utils import timezone
from django.utils.dateformat import format as date_format

from apps.dasar import definisi
from apps.dasar.charts import (
    HIDDEN_SIGN,
    Tile,
    bar_list,
    drawable,
    largest,
    month_chart,
    number,
    tile_map,
)
from apps.dasar.disclosure import Shown, added, in_order, known, protect_total
from apps.dasar.wording import persen, rupiah, tanggal
from apps.dasbor import obstacles, tables
from apps.dasbor.forms import DasborFilter, QuarterFilter
from apps.dasbor.obstacles import Obstacles
from apps.dasbor.region import (
    LOW_SHARE,
    METRICS,
    Region,
    Unit,
    UnitRow,
    attention,
    lowest,
    silent_units,
)
from apps.perjalanan.figures import Outcome
from apps.program.figures import Money
from apps.program.models import Sumber

ATTENTION_SHOWN = 7
OF_A_REGION = (
    definisi.CLIENTS, definisi.OVERDUE, definisi.DONE, definisi.MISSED, definisi.IN_NEED, definisi.ACTIVITIES,
    definisi.BUDGET, definisi.SPENT,
)  # fmt: skip
OF_AN_OFFICE = (*OF_A_REGION, definisi.MET, definisi.PROGRAMMES)
MAP_OF_NUMBER = ("terlewat", "bimbingan", "kebutuhan", "serapan")
"""The map colouring that each of the four numbers links to."""


def region_page(form: DasborFilter, region: Region, *, title: str, unit_word: str, link: Callable[[Unit], str]) -> dict:
    """Context of the dashboard of a Kanwil or of the nation."""
    metric = METRICS[form.metric]
    month = date_format(region.month, "F Y")
    asks = attention(region, month)
    links = {row.unit.id: link(row.unit) for row in region.rows}
    tiles = [
        Tile(row.unit.code, row.unit.name, metric.value(row), row.unit.column, row.unit.row, links[row.unit.id])
        for row in region.rows
    ]
    return {
        "judul": title,
        "form": form,
        "wilayah": region,
        "keadaan": condition(region),
        "kalimat": sentence(region, month, unit_word),
        "angka": numbers(region, [form.link(ukuran=key) for key in MAP_OF_NUMBER]),
        "judul_peta": f"{metric.label} per {unit_word}, {month}",
        "peta": tile_map(tiles, f"{metric.label} per {unit_word}, {month}", metric.unit),
        "kolom": tables.COLUMNS,
        "baris": [(row.unit.name, links[row.unit.id], tables.cells(row)) for row in region.rows],
        "jumlah": tables.cells(region.total),
        "perhatian": [(ask.unit.name, ask.reason, links[ask.unit.id]) for ask in asks[:ATTENTION_SHOWN]],
        "jumlah_perhatian": len(asks),
        "sisa_perhatian": max(len(asks) - ATTENTION_SHOWN, 0),
        "sebutan_unit": unit_word,
        "mutu": quality(region, month, unit_word),
        "definisi": definisi.meanings(*OF_A_REGION),
        **trend(region),
    }


def bapas_page(form, region: Region, *, office, needs, programmes, met, money, outcomes) -> dict:
    """Context of the page of one Bapas."""
    month = date_format(region.month, "F Y")
    needs = in_order(needs, count=lambda need: need[1], name=lambda need: need[0])
    open_needs = [(name, clients) for name, clients, _ in needs if clients != 0]
    finding = _most_needed(open_needs)
    chart = bar_list(open_needs, finding, "klien", adds_up=False) if drawable(n for _, n in open_needs) else ""
    programme_lines, programme_total = _programme_lines(programmes, region)
    return {
        "bapas": office,
        "form": form,
        "wilayah": region,
        "keadaan": condition(region),
        "kalimat": one_office_sentence(region.rows[0], month),
        "angka": numbers(region),
        "judul_kebutuhan": finding,
        "bagan_kebutuhan": chart,
        "kebutuhan": [(name, number(clients), number(met)) for name, clients, met in needs],
        "kendala": [(kind, number(times), number(clients)) for kind, times, clients in met],
        "tindak_lanjut": [_outcome_line(row, masked=region.masked) for row in outcomes],
        "program": programme_lines,
        "jumlah_program": programme_total,
        "program_sedikit": bool(programmes) and not programme_lines,
        "dana": money,
        "anggaran": budget_sentence(money, region.month.year),
        "definisi": definisi.meanings(*OF_AN_OFFICE),
        "sumber_dana": [(Sumber(key).label, amount) for key, amount in (money.by_source if money else {}).items()],
        "sekarang": timezone.now(),
        **trend(region),
    }


def _most_needed(needs: Sequence[tuple[str, Shown]]) -> str:
    """The finding about the unmet needs of an office; a masked count is neither zero nor the largest."""
    top = largest(needs)
    if top:
        return f"Kebutuhan yang paling banyak belum terpenuhi{top[2]}: {top[0].lower()}"
    if needs:
        return "Kebutuhan yang belum terpenuhi terlalu sedikit per jenis untuk digambar"
    return "Semua kebutuhan yang tercatat sudah terpenuhi"


def _programme_lines(clients: Mapping[str, int], region: Region) -> tuple[list[tuple[str, str]], str]:
    """(programme, clients), and their sum. Small counts are masked so that the sum does not reveal them.

    Empty if the sum would have to be masked too: the page prints it on top, as the active clients."""
    counts = list(clients.values())
    shown, total = protect_total(counts) if region.masked else (counts, sum(counts))
    if known(region.total.active) and not known(total):
        return [], ""
    return [(name, number(count)) for name, count in zip(clients, shown, strict=True)], number(total)


def _outcome_line(row: Outcome, *, masked: bool) -> tuple[str, ...]:
    """(question, share, yes, no, unknown) in words; outside the office a line about few people prints no numbers."""
    if masked and row.tells_persons:
        return (row.question, "–", *[HIDDEN_SIGN] * 3)
    return (row.question, persen(row.share), *map(number, (row.yes, row.no, row.unknown)))


def condition(region: Region) -> str:
    """A sentence that says which numbers cover the month and which its last day."""
    when = f"hari ini, {tanggal(region.day)}" if region.running else f"pada {tanggal(region.day)}"
    month = f"{date_format(region.month, 'F Y')}{' sampai hari ini' if region.running else ''}"
    return f"Bimbingan dan kegiatan: selama {month}. Klien, kebutuhan, dan dana: keadaan {when}."


def budget_sentence(money: Money | None, year: int) -> str:
    """What is approved and what is a draft; a draft is never called a budget."""
    if money is None:
        return f"Program tahun {year} belum disusun."
    draft = f"Versi {money.draft} belum disetujui." if money.draft else ""
    if not money.approved:
        spent = f"Terealisasi {rupiah(money.spent)}." if money.spent else ""
        return " ".join(filter(None, (f"Belum ada anggaran {year} yang disetujui.", spent, draft)))
    spent = f"Versi {money.version} disetujui. Terealisasi {rupiah(money.spent)} dari {rupiah(money.planned)}."
    return f"{spent} {draft}".rstrip()


def obstacles_page(form: QuarterFilter, found: Obstacles, *, title: str, link: Callable[[Unit], str]) -> dict:
    """Context of the page of obstacles of a Kanwil or of the nation."""
    finding = obstacles.sentence(found, form.quarter)
    links = [link(unit) for unit, _ in found.rows] + [""]
    return {
        "judul": title,
        "form": form,
        "kalimat": finding,
        "kolom": found.kinds,
        "baris": [(name, url, cells) for (name, *cells), url in zip(obstacles.cells(found), links, strict=True)],
        "bagan": bar_list(zip(found.kinds, found.total, strict=True), finding, "kali") if drawable(found.total) else "",
        "sekarang": timezone.now(),
    }


def sentence(region: Region, month: str, unit_word: str) -> str:
    """The finding in words, before any chart."""
    if region.total.share is None:
        return f"Belum ada angka bimbingan yang dapat ditampilkan untuk {month}."
    shares = [row.share for row in region.rows if row.share is not None]
    low = [share for share in shares if share < LOW_SHARE]
    text = f"Bimbingan terlaksana {persen(region.total.share)} pada {month}."
    worst = lowest(region)
    if low and worst:
        limit = "" if len(shares) == len(region.rows) else " yang angkanya dapat ditampilkan"
        text += (
            f" {len(low)} dari {len(shares)} {unit_word}{limit} di bawah {persen(LOW_SHARE)};"
            f" paling rendah {worst.unit.name} ({persen(worst.share)})."
        )
    return text


def one_office_sentence(row: UnitRow, month: str) -> str:
    if row.share is None:
        return f"Belum ada angka bimbingan yang dapat ditampilkan untuk {month}."
    return f"Bimbingan terlaksana {persen(row.share)} pada {month}."


def numbers(region: Region, links: Sequence[str] = ("", "", "", "")) -> list[dict]:
    """The four numbers on top, with the change in words; `links` holds the URL behind each."""
    total, before = region.total, region.before
    spent = f"{rupiah(total.spent)} dari {rupiah(total.planned)} terealisasi"
    rows = (
        ("Klien aktif", number(total.active), f"{number(total.overdue)} melewati tanggal lapor"),
        ("Bimbingan terlaksana", persen(total.share), _change(total, before)),
        ("Klien dengan kebutuhan belum terpenuhi", number(total.need_clients), "dari semua klien aktif"),
        (
            f"Dana program {region.month.year}",
            persen(total.spent_share),
            spent if total.planned else "belum ada yang disetujui",
        ),
    )
    return [
        {"judul": title, "nilai": value, "ket": note, "url": link}
        for (title, value, note), link in zip(rows, links, strict=True)
    ]


def trend(region: Region) -> dict:
    """Twelve months as a chart and as a table."""
    done = [(m.month, m.done) for m in region.months]
    missed = [(m.month, m.missed) for m in region.months]
    labels = [date_format(m.month, "F Y") for m in region.months]
    top = largest(zip(labels, (n for _, n in done), strict=True))
    title = f"Bimbingan 12 bulan terakhir{f', terbanyak{top[2]} pada {top[0]}' if top else ''}"
    names = ("Terlaksana", "Tidak hadir")
    picture = drawable(n for _, n in (*done, *missed))
    return {
        "judul_tren": title,
        "tren": month_chart(done, title, "bimbingan", also=missed, names=names) if picture else "",
        "kolom_tren": [
            {"teks": "Bulan"},
            {"teks": "Terlaksana", "angka": True},
            {"teks": "Tidak hadir", "angka": True},
        ],
        "baris_tren": [
            [label, number(m.done), number(m.missed)] for label, m in zip(labels, region.months, strict=True)
        ],
        "jumlah_tren": ["Jumlah", *(number(added(*(n for _, n in column))) for column in (done, missed))],
    }


def quality(region: Region, month: str, unit_word: str) -> str:
    silent = silent_units(region)
    if not region.rows:
        return f"Belum ada {unit_word} yang aktif."
    if not silent:
        return f"Semua {unit_word} sudah mencatat bimbingan pada {month}."
    return f"{silent} dari {len(region.rows)} {unit_word} belum mencatat bimbingan pada {month}."


def _change(total: UnitRow, before: UnitRow) -> str:
    """Percentage points up or down against the month before, in words."""
    if total.share is None or before.share is None:
        return "belum dapat dibandingkan dengan bulan lalu"
    points = round(total.share * 100) - round(before.share * 100)
    if not points:
        return "sama dengan bulan lalu"
    return f"{'naik' if points > 0 else 'turun'} {abs(points)} poin dari bulan lalu"
