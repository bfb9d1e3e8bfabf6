"""Rows → figures of the annual report. Pure: no database, no clock, no locale.

A report is a paper that leaves the office, so small counts of persons are masked here, before they are stored
(see `disclosure`). Totals are counted before masking.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from apps.laporan.figures import ZERO, Activity, Answer, Cover, Figures, Item, Money, Month, Need, Unit
from apps.laporan.rows import (
    ActivityCount,
    Cost,
    GuidanceCount,
    NeedCount,
    Plan,
    Region,
    Rows,
    Tally,
)
from apps.wilayah.disclosure import Shown, mask, protect, protect_column


def period(tahun: int, today: date) -> tuple[date, date]:
    """The days a report of `tahun` looks at: that year until today, or the last twelve months for a coming year."""
    if tahun > today.year:
        return _months_before(today, 11), today
    return date(tahun, 1, 1), min(date(tahun, 12, 31), today)


def months(start: date, end: date) -> list[date]:
    """The first day of each month from `start` to `end`."""
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return [_months_before(end, back) for back in range(count - 1, -1, -1)]


def summarise(cover: Cover, rows: Rows) -> Figures:
    """Add up the offices. Lists are ordered here, so the same rows give the same figures in any order."""
    wide = cover.tingkat != "bapas"
    bapas = _offices(rows) if wide else ()
    return Figures(
        cover=cover,
        klien=mask(sum(row.n for row in rows.klien_usia)),
        pk=sum(row.n for row in rows.pk),
        klien_program=_items(rows.klien_program),
        klien_usia=_items(rows.klien_usia),
        kebutuhan=_needs(rows.kebutuhan),
        kebutuhan_jumlah=_needs_total(rows.kebutuhan),
        kebutuhan_tercatat=mask(_recorded(rows.kebutuhan)),
        jawaban=_answers(rows),
        bimbingan=_guidance(rows.bimbingan, cover),
        kegiatan=_activities(rows.kegiatan),
        pokmas=_items(rows.pokmas, persons=False),
        program=len(rows.program),
        program_disetujui=sum(row.disetujui for row in rows.program),
        rencana=() if wide else tuple(sorted(rows.rencana, key=_plan_order)),
        sumber=_money(rows.biaya, lambda row: (row.sumber, row.sumber)),
        akun=_money(rows.biaya, lambda row: (row.akun, row.akun_nama)),
        rab=() if wide else tuple(sorted((row for row in rows.biaya if row.jumlah), key=_cost_order)),
        bapas=bapas,
        kanwil=_kanwil(rows) if cover.tingkat == "nasional" else (),
    )


def _items(counts: Iterable[Tally], *, persons: bool = True) -> tuple[Item, ...]:
    totals: dict[str, int] = defaultdict(int)
    for row in counts:
        totals[row.key] += row.n
    ordered = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    shown = protect_column([n for _, n in ordered]) if persons else [n for _, n in ordered]
    return tuple(Item(label, n) for (label, _), n in zip(ordered, shown, strict=True))


UNMET = ("terbuka", "dirujuk", "dilayani", "tidak_terpenuhi")
MET = "terpenuhi"


def _needs(counts: Iterable[NeedCount]) -> tuple[Need, ...]:
    """One line per category, the largest unmet need first."""
    table: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in counts:
        table[row.kategori][row.status] += row.n
    ordered = sorted(table.items(), key=lambda line: (-_unmet(line[1]), line[0]))
    unmet = protect([[*(cells[status] for status in UNMET), _unmet(cells)] for _, cells in ordered])
    met = protect_column([cells[MET] for _, cells in ordered])
    named = zip(ordered, unmet, met, strict=True)
    return tuple(Need(kategori, *(*shown, terpenuhi)) for (kategori, _), shown, terpenuhi in named)


def _needs_total(counts: Iterable[NeedCount]) -> Need:
    cells: dict[str, int] = defaultdict(int)
    for row in counts:
        cells[row.status] += row.n
    return Need("Jumlah", *map(mask, (*(cells[status] for status in UNMET), _unmet(cells), cells[MET])))


def _unmet(cells: Mapping[str, int]) -> int:
    return sum(n for status, n in cells.items() if status != MET)


def _recorded(counts: Iterable[NeedCount]) -> int:
    return sum(row.n for row in counts)


def _answers(rows: Rows) -> tuple[Answer, ...]:
    """What the programme sets against each need: the reason behind every rupiah."""
    needs = {need.kategori: need.belum for need in _needs(rows.kebutuhan)}
    plans: dict[str, list[Plan]] = defaultdict(list)
    for plan in rows.rencana:
        plans[plan.kebutuhan].append(plan)
    names = [*needs, *sorted(plans.keys() - needs.keys())]
    return tuple(
        Answer(
            kategori=name,
            belum=needs.get(name, 0),
            kegiatan=len(plans[name]),
            target=sum(plan.target for plan in plans[name]),
            anggaran=sum((plan.anggaran for plan in plans[name]), ZERO),
        )
        for name in names
    )


def _guidance(counts: Iterable[GuidanceCount], cover: Cover) -> tuple[Month, ...]:
    """Every month of the period, also an empty one: a gap is a finding."""
    done: dict[date, int] = defaultdict(int)
    missed: dict[date, int] = defaultdict(int)
    for row in counts:
        done[row.bulan] += row.terlaksana
        missed[row.bulan] += row.terlewat
    return tuple(Month(m, done[m], missed[m]) for m in months(cover.mulai, cover.selesai))


def _activities(counts: Iterable[ActivityCount]) -> tuple[Activity, ...]:
    groups: dict[str, list[ActivityCount]] = defaultdict(list)
    for row in counts:
        groups[row.bidang].append(row)
    return tuple(
        Activity(
            bidang=bidang,
            kegiatan=sum(row.kegiatan for row in rows),
            undangan=sum(row.undangan for row in rows),
            hadir=sum(row.hadir for row in rows),
        )
        for bidang, rows in sorted(groups.items())
    )


def _money(costs: Iterable[Cost], key: Callable[[Cost], tuple[str, str]]) -> tuple[Money, ...]:
    planned: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    spent: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in costs:
        planned[key(row)] += row.jumlah
        spent[key(row)] += row.realisasi
    return tuple(Money(kode, label, planned[kode, label], spent[kode, label]) for kode, label in sorted(planned))


def _offices(rows: Rows) -> tuple[Unit, ...]:
    """One line per Bapas, ordered by Kanwil and name."""
    parts = _by_office(rows)
    ordered = sorted(rows.offices, key=lambda office: (office.kanwil.nama, office.nama))
    return _units([(office.nama, office.kanwil, parts[office.id]) for office in ordered])


def _kanwil(rows: Rows) -> tuple[Unit, ...]:
    parts = _by_office(rows)
    groups: dict[Region, list[Rows]] = defaultdict(list)
    for office in rows.offices:
        groups[office.kanwil].append(parts[office.id])
    ordered = sorted(groups.items(), key=lambda group: group[0].nama)
    return _units([(region.nama, region, _joined(members)) for region, members in ordered])


def _units(named: Sequence[tuple[str, Region, Rows]]) -> tuple[Unit, ...]:
    """Units beside each other; the totals of their columns stand elsewhere in the report."""
    klien = protect_column([sum(row.n for row in rows.klien_usia) for _, _, rows in named])
    kebutuhan = protect_column([_recorded(rows.kebutuhan) for _, _, rows in named])
    belum = protect_column([_recorded(row for row in rows.kebutuhan if row.status != MET) for _, _, rows in named])
    persons = zip(klien, kebutuhan, belum, strict=True)
    return tuple(_unit(*unit, *shown) for unit, shown in zip(named, persons, strict=True))


def _unit(nama: str, kanwil: Region, rows: Rows, klien: Shown, kebutuhan: Shown, belum: Shown) -> Unit:
    return Unit(
        nama=nama,
        kanwil=kanwil,
        klien=klien,
        pk=sum(row.n for row in rows.pk),
        kebutuhan=kebutuhan,
        belum=belum,
        terlaksana=sum(row.terlaksana for row in rows.bimbingan),
        terlewat=sum(row.terlewat for row in rows.bimbingan),
        kegiatan=sum(row.kegiatan for row in rows.kegiatan),
        hadir=sum(row.hadir for row in rows.kegiatan),
        pokmas=sum(row.n for row in rows.pokmas),
        rencana=len(rows.rencana),
        anggaran=sum((row.jumlah for row in rows.biaya), ZERO),
        realisasi=sum((row.realisasi for row in rows.biaya), ZERO),
        disetujui=bool(rows.program) and all(row.disetujui for row in rows.program),
        kebutuhan_utama=_most_wanted(rows.kebutuhan),
    )


def _most_wanted(counts: Iterable[NeedCount]) -> str:
    """The category with the most unmet needs, unless that is a small count itself."""
    first = next(iter(_needs(counts)), None)
    return first.kategori if first and first.belum else ""


def _by_office(rows: Rows) -> dict[int, Rows]:
    """The same rows, split by the office they belong to, in one pass per kind."""
    split: dict[int, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    for kind in COUNTED:
        for row in getattr(rows, kind):
            split[row.office][kind].append(row)
    return defaultdict(Rows, {id: Rows(**{k: tuple(v) for k, v in part.items()}) for id, part in split.items()})


def _joined(parts: Iterable[Rows]) -> Rows:
    parts = tuple(parts)
    return Rows(**{kind: tuple(row for part in parts for row in getattr(part, kind)) for kind in COUNTED})


COUNTED = tuple(name for name in Rows.__dataclass_fields__ if name != "offices")


def _plan_order(plan: Plan) -> tuple:
    return (plan.bulan, plan.kegiatan, plan.indikator)


def _cost_order(cost: Cost) -> tuple:
    return (cost.kegiatan, cost.akun, cost.uraian, cost.rincian, cost.jumlah)


def _months_before(day: date, count: int) -> date:
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)
