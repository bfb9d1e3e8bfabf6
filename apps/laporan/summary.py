"""Rows → figures of the annual report. Pure: no database, no clock, no locale.

A report is a paper that leaves the office, so small counts of persons are masked here, before they are stored (see
`persons`). Totals are counted before masking.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from apps.dasar.disclosure import HIDDEN, in_order, known, mask
from apps.laporan.figures import ZERO, Activity, Answer, Cover, Figures, Item, Money, Month, Need, Unit
from apps.laporan.persons import MET, UNMET, Persons
from apps.laporan.rows import Cost, NeedCount, Office, Plan, Region, Rows, Tally


def period(tahun: int, today: date) -> tuple[date, date]:
    """First and last day of a report of `tahun`: that year until today, or the last twelve months for a coming year."""
    if tahun > today.year:
        return _months_before(today, 11), today
    return date(tahun, 1, 1), min(date(tahun, 12, 31), today)


def months(start: date, end: date) -> list[date]:
    """The first day of each month from `start` to `end`."""
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return [_months_before(end, back) for back in range(count - 1, -1, -1)]


def summarise(cover: Cover, rows: Rows) -> Figures:
    """Add up the offices. Lists are sorted here, so the order of the rows does not change the figures."""
    wide = cover.tingkat != "bapas"
    offices = sorted(rows.offices, key=lambda office: (office.kanwil.nama, office.nama)) if wide else []
    regions = sorted({office.kanwil for office in offices}, key=lambda region: region.nama)
    if cover.tingkat != "nasional":
        regions = []
    parts = _by_unit(rows, offices, regions)
    persons = Persons(rows, parts, _members(offices, regions))
    return Figures(
        cover=cover,
        klien=persons("klien"),
        pk=sum(row.n for row in rows.pk),
        klien_program=_kinds(persons, "program", {row.key for row in rows.klien_program}),
        klien_usia=_kinds(persons, "usia", {row.key for row in rows.klien_usia}),
        kebutuhan=_needs(persons, {row.kategori for row in rows.kebutuhan}),
        kebutuhan_jumlah=_need(persons, "Jumlah", ""),
        kebutuhan_tercatat=persons("kebutuhan"),
        jawaban=_answers(persons, rows),
        bimbingan=tuple(_month(persons, month) for month in months(cover.mulai, cover.selesai)),
        terlaksana=persons("terlaksana"),
        terlewat=persons("terlewat"),
        jadwal=persons("jadwal"),
        kegiatan=tuple(_activity(persons, rows, bidang) for bidang in sorted({row.bidang for row in rows.kegiatan})),
        kegiatan_jumlah=_activity(persons, rows, ""),
        pokmas=_groups(rows.pokmas),
        program=len(rows.program),
        program_disetujui=sum(row.disetujui for row in rows.program),
        rencana=() if wide else tuple(_plan(persons, plan) for plan in sorted(rows.rencana, key=_plan_order)),
        sumber=_money(rows.biaya, lambda row: (row.sumber, row.sumber)),
        akun=_money(rows.biaya, lambda row: (row.akun, row.akun_nama)),
        rab=() if wide else tuple(sorted((row for row in rows.biaya if row.jumlah), key=_cost_order)),
        bapas=tuple(_unit(persons, _place(o), o.nama, o.kanwil, parts[_place(o)]) for o in offices),
        kanwil=tuple(_unit(persons, _place(r), r.nama, r, parts[_place(r)]) for r in regions),
    )


def _kinds(persons: Persons, what: str, kinds: Collection[str]) -> tuple[Item, ...]:
    items = (Item(kind, persons(what, kind=kind)) for kind in kinds)
    return tuple(in_order(items, count=lambda item: item.n, name=lambda item: item.label))


def _groups(counts: Iterable[Tally]) -> tuple[Item, ...]:
    """Pokmas by kind. They are no persons, so nothing is masked."""
    totals: dict[str, int] = defaultdict(int)
    for row in counts:
        totals[row.key] += row.n
    return tuple(Item(label, n) for label, n in sorted(totals.items(), key=lambda item: (-item[1], item[0])))


def _needs(persons: Persons, kinds: Collection[str]) -> tuple[Need, ...]:
    """One line per category, the largest unmet need first."""
    needs = (_need(persons, kind, kind) for kind in kinds)
    return tuple(in_order(needs, count=lambda need: need.belum, name=lambda need: need.kategori))


def _need(persons: Persons, label: str, kind: str) -> Need:
    return Need(label, *(persons(status, kind=kind) for status in (*UNMET, "belum", MET)))


def _answers(persons: Persons, rows: Rows) -> tuple[Answer, ...]:
    """Activities, target and money that the programme plans for each need."""
    plans: dict[str, list[Plan]] = defaultdict(list)
    for plan in rows.rencana:
        plans[plan.kebutuhan].append(plan)
    recorded = [need.kategori for need in _needs(persons, {row.kategori for row in rows.kebutuhan})]
    return tuple(
        Answer(
            kategori=name,
            belum=persons("belum", kind=name),
            kegiatan=len(plans[name]),
            target=sum(plan.target for plan in plans[name]),
            anggaran=sum((plan.anggaran for plan in plans[name]), ZERO),
        )
        for name in [*recorded, *sorted(plans.keys() - set(recorded))]
    )


def _plan(persons: Persons, plan: Plan) -> Plan:
    """The plan with its number of clients in need masked. The number is from an earlier day, but it stays hidden when
    today's number is masked."""
    then = mask(plan.klien_membutuhkan or 0)
    if then and known(then) and not known(persons("belum", kind=plan.kebutuhan)):
        then = HIDDEN
    return replace(plan, klien_membutuhkan=then)


def _month(persons: Persons, month: date) -> Month:
    """Contacts of a month, also of an empty one: a gap is a finding."""
    return Month(month, *(persons(what, kind=month.isoformat()) for what in ("terlaksana", "terlewat")))


def _activity(persons: Persons, rows: Rows, bidang: str) -> Activity:
    """Activities of a field; without a field, all of them."""
    held = sum(row.kegiatan for row in rows.kegiatan if bidang in ("", row.bidang))
    return Activity(bidang or "Jumlah", held, persons("undangan", kind=bidang), persons("hadir", kind=bidang))


def _money(costs: Iterable[Cost], key: Callable[[Cost], tuple[str, str]]) -> tuple[Money, ...]:
    planned: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    spent: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in costs:
        planned[key(row)] += row.jumlah
        spent[key(row)] += row.realisasi
    return tuple(Money(kode, label, planned[kode, label], spent[kode, label]) for kode, label in sorted(planned))


def _place(unit: Office | Region) -> str:
    """Key of a unit in `Persons`."""
    return f"bapas {unit.id}" if isinstance(unit, Office) else f"kanwil {unit.kode}"


def _members(offices: Sequence[Office], regions: Sequence[Region]) -> dict[str, list[str]]:
    """Unit → units that add up to it: offices to a Kanwil, Kanwil to the nation."""
    if not regions:
        return {"": [_place(office) for office in offices]}
    below = {_place(region): [_place(o) for o in offices if o.kanwil == region] for region in regions}
    return {"": list(below), **below}


def _unit(persons: Persons, place: str, nama: str, kanwil: Region, rows: Rows) -> Unit:
    return Unit(
        nama=nama,
        kanwil=kanwil,
        klien=persons("klien", place),
        pk=sum(row.n for row in rows.pk),
        kebutuhan=persons("kebutuhan", place),
        belum=persons("belum", place),
        terlaksana=persons("terlaksana", place),
        terlewat=persons("terlewat", place),
        kegiatan=sum(row.kegiatan for row in rows.kegiatan),
        hadir=persons("hadir", place),
        pokmas=sum(row.n for row in rows.pokmas),
        rencana=len(rows.rencana),
        anggaran=sum((row.jumlah for row in rows.biaya), ZERO),
        realisasi=sum((row.realisasi for row in rows.biaya), ZERO),
        disusun=bool(rows.program),
        disetujui=bool(rows.program) and all(row.disetujui for row in rows.program),
        kebutuhan_utama=_most_wanted(rows.kebutuhan),
    )


def _most_wanted(counts: Iterable[NeedCount]) -> str:
    """The category with the most unmet needs, or "" when that count would be masked."""
    unmet: dict[str, int] = defaultdict(int)
    for row in counts:
        unmet[row.kategori] += row.n if row.status != MET else 0
    name, n = min(unmet.items(), key=lambda need: (-need[1], need[0]), default=("", 0))
    return name if n and known(mask(n)) else ""


def _by_unit(rows: Rows, offices: Sequence[Office], regions: Sequence[Region]) -> dict[str, Rows]:
    """The rows of each unit."""
    parts = _by_office(rows)
    own = {_place(office): parts[office.id] for office in offices}
    return own | {_place(r): _joined(parts[o.id] for o in offices if o.kanwil == r) for r in regions}


def _by_office(rows: Rows) -> dict[int, Rows]:
    """The same rows split by office, in one pass per kind."""
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
