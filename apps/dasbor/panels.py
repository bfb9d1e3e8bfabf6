"""From figures to what a dashboard page prints: sentences, numbers, charts and tables. Pure."""

from collections.abc import Callable, Sequence

from django.utils import timezone
from django.utils.dateformat import format as date_format

from apps.dasar import definisi
from apps.dasar.charts import (
    Tile,
    bar_list,
    drawable,
    largest,
    month_chart,
    number,
    tile_map,
)
from apps.dasar.disclosure import Shown, added, in_order, known
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
from apps.klien.figures import OTHERS
from apps.perjalanan.models import TindakLanjut
from apps.perjalanan.rilis import ANSWERS
from apps.program.figures import Money
from apps.program.models import Sumber
from apps.rilis.measures import OUTCOME, PROGRAMME
from apps.rilis.reading import Faces

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
    month = contact_month(region)
    asks = attention(region, month)
    links = {row.unit.id: link(row.unit) for row in region.rows}
    kind = f": {form.category}" if form.category else ""
    colour = f"{metric.label}{kind if form.metric == 'kebutuhan' else ''}"
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
        "angka": numbers(region, [form.link(ukuran=key) for key in MAP_OF_NUMBER], kind),
        "judul_peta": f"{colour} per {unit_word}{_when(form.metric, region)}",
        "peta": tile_map(tiles, f"{colour} per {unit_word}{_when(form.metric, region)}", metric.unit),
        "kolom": tables.columns(kind),
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
    """Context of the page of one Bapas; `programmes` are lines and their sum."""
    month = contact_month(region)
    needs = in_order(needs, count=lambda need: need[1], name=lambda need: need[0])
    open_needs = [(name, clients) for name, clients, _ in needs if clients != 0]
    finding = _most_needed(open_needs)
    chart = bar_list(open_needs, finding, "klien", adds_up=False) if drawable(n for _, n in open_needs) else ""
    return {
        "bapas": office,
        "form": form,
        "wilayah": region,
        "keadaan": condition(region),
        "kalimat": one_office_sentence(region, month),
        "angka": numbers(region, kind=f": {form.category}" if form and form.category else ""),
        "judul_kebutuhan": finding,
        "bagan_kebutuhan": chart,
        "kebutuhan": [(name, number(clients), number(met)) for name, clients, met in needs],
        "kendala": [(kind, number(clients)) for kind, clients in met],
        "tindak_lanjut": [_outcome_line(*row) for row in outcomes],
        "program": [(name, number(count)) for name, count in programmes.items()],
        "jumlah_program": number(added(*programmes.values())),
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
        return "Angka kebutuhan per jenis disembunyikan atau nol"
    return "Semua kebutuhan yang tercatat sudah terpenuhi"


def outcomes_released(faces: Faces) -> list[tuple[str, Shown, Shown, Shown]]:
    """(question, yes, no, unknown) of one year as they are released; a question without answers is left out."""
    asked = {kind.rpartition(":")[0] for kind in faces.kinds(OUTCOME)}
    rows = []
    for name in (name for name in TindakLanjut.OUTCOMES if name in asked):
        yes, no, unknown = (faces(f"{OUTCOME}{name}:{answer}") for answer in ANSWERS)
        rows.append((name, yes, no, unknown))
    return rows


def _outcome_line(name: str, yes: Shown, no: Shown, unknown: Shown) -> tuple[str, ...]:
    """(question, share, yes, no, unknown) in words."""
    share = yes / (yes + no) if known(yes) and known(no) and yes + no else None
    return (TindakLanjut.pertanyaan(name), persen(share), *map(number, (yes, no, unknown)))


def programmes_of(state: Faces) -> dict[str, Shown]:
    """Clients per programme of one office as they are released, the largest first and what is joined last."""
    counts = {name: state(PROGRAMME + name) for name in state.kinds(PROGRAMME)}
    return dict(sorted(counts.items(), key=lambda line: (line[0] == OTHERS, -(line[1] or 0), line[0])))


def contact_month(region: Region) -> str:
    """The month of the guidance in words."""
    return date_format(region.contacts or region.month, "F Y")


def _when(metric: str, region: Region) -> str:
    """The month or day that a map is about, in words."""
    if metric == "bimbingan":
        return f", {contact_month(region)}"
    day = region.until if metric == "serapan" else region.day
    return f", {tanggal(day)}" if day else ""


def condition(region: Region) -> str:
    """A sentence that says which numbers cover which month, and which a day."""
    month = date_format(region.month, "F Y")
    until = tanggal(region.until)
    if not region.released:
        return f"Bimbingan dan kegiatan: selama {month}. Klien, kebutuhan, dan dana: keadaan pada {until}."
    guidance = f"selama {contact_month(region)}" if region.contacts else "belum ada bulan yang ditutup"
    clients = f"keadaan pada {tanggal(region.day)}" if region.day else "belum dirilis"
    return (
        f"Bimbingan: {guidance}. Klien dan kebutuhan: {clients}. "
        f"Kegiatan: selama {month}, dan dana: keadaan pada {until}."
    )


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
    chart = (
        bar_list(zip(found.kinds, found.total, strict=True), finding, "klien", adds_up=False)
        if drawable(found.total)
        else ""
    )
    return {
        "judul": title,
        "form": form,
        "kalimat": finding,
        "kolom": found.kinds,
        "baris": [(name, url, cells) for (name, *cells), url in zip(obstacles.cells(found), links, strict=True)],
        "bagan": chart,
        "ditutup": found.released,
        "sekarang": timezone.now(),
    }


def sentence(region: Region, month: str, unit_word: str) -> str:
    """The finding in words, before any chart."""
    if region.total.share is None:
        return f"Angka bimbingan {month} belum dirilis, nol, atau disembunyikan."
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


def one_office_sentence(region: Region, month: str) -> str:
    row = region.rows[0]
    if row.share is None and not region.released:
        return f"Belum ada bimbingan tercatat pada {month}."
    if row.share is None:
        return f"Angka bimbingan {month} belum dirilis, nol, atau disembunyikan."
    return f"Bimbingan terlaksana {persen(row.share)} pada {month}."


def numbers(region: Region, links: Sequence[str] = ("", "", "", ""), kind: str = "") -> list[dict]:
    """The four numbers on top, with the change in words; `links` holds the URL behind each, `kind` names the category
    of needs that was asked for."""
    guidance = f"Bimbingan terlaksana, {contact_month(region)}" if region.released else "Bimbingan terlaksana"
    total, before = region.total, region.before
    spent = f"{rupiah(total.spent)} dari {rupiah(total.planned)} terealisasi"
    rows = (
        ("Klien aktif", number(total.active), f"{number(total.overdue)} melewati tanggal lapor"),
        (guidance, persen(total.share), _change(total, before)),
        (f"Klien dengan kebutuhan belum terpenuhi{kind}", number(total.need_clients), "dari semua klien aktif"),
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
    span = "Bimbingan 12 bulan yang sudah ditutup" if region.released else "Bimbingan 12 bulan terakhir"
    title = f"{span}{f', terbanyak{top[2]} pada {top[0]}' if top else ''}"
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
    if region.released and not region.contacts:
        return "Bimbingan belum dirilis, jadi belum dapat dinilai."
    if not region.rows:
        return f"Belum ada {unit_word} yang aktif."
    if not silent:
        return f"Semua {unit_word} sudah mencatat bimbingan pada {month}."
    return f"{silent} dari {len(region.rows)} {unit_word} belum mencatat bimbingan pada {month}."


def _change(total: UnitRow, before: UnitRow) -> str:
    """Percentage points up or down against the month before, in words."""
    if total.share is None or before.share is None:
        return "belum dapat dibandingkan dengan bulan sebelumnya"
    points = round(total.share * 100) - round(before.share * 100)
    if not points:
        return "sama dengan bulan sebelumnya"
    return f"{'naik' if points > 0 else 'turun'} {abs(points)} poin dari bulan sebelumnya"
