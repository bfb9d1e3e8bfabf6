"""Rows → figures of the annual report. Pure: no database, no clock, no locale.

A report is a paper that leaves the office: its counts of persons are faces that were released (see `persons`), and what
is added up here is a sum of printed parts only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from apps.dasar.charts import largest
from apps.dasar.disclosure import NO_DATA, Shown, in_order
from apps.laporan.figures import ZERO, Activity, Answer, Cover, Figures, Item, Money, Month, Need, Unit
from apps.laporan.persons import STEPS, Persons, both, rest
from apps.laporan.rows import Cost, Office, Plan, Region, Rows, Tally
from apps.rilis.measures import last_day
from apps.rilis.models import Masa

EACH_ONCE = "Klien (tiap klien sekali)"


def period(tahun: int, last: date) -> tuple[date, date]:
    """First and last day of a report of `tahun`, where `last` is the last day that is closed: that year until then, or
    the last twelve months for a year to come."""
    if tahun > last.year:
        return _months_before(last, 11), last
    return date(tahun, 1, 1), min(date(tahun, 12, 31), last)


def months(start: date, end: date) -> list[date]:
    """The first day of each month from `start` to `end`."""
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return [_months_before(end, back) for back in range(count - 1, -1, -1)]


def quarters(start: date, end: date) -> list[date]:
    """The first day of each quarter that begins and ends between `start` and `end`."""
    firsts = (first for first in months(start, end) if first.month % 3 == 1)
    return [first for first in firsts if start <= first and last_day(Masa.TRIWULAN, first) <= end]


def summarise(cover: Cover, rows: Rows) -> Figures:
    """Add up the offices. Lists are sorted here, so the order of the rows does not change the figures."""
    wide = cover.tingkat != "bapas"
    offices = sorted(rows.offices, key=lambda office: (office.kanwil.nama, office.nama)) if wide else []
    regions = sorted({office.kanwil for office in offices}, key=lambda region: region.nama)
    if cover.tingkat != "nasional":
        regions = []
    parts = _by_unit(rows, offices, regions)
    persons = Persons(rows.orang)
    done, missed = persons.over("terlaksana"), persons.over("terlewat")
    return Figures(
        cover=cover,
        klien=persons("klien"),
        pk=sum(row.n for row in rows.pk),
        klien_program=_in_order(Item(kind, persons("program", kind=kind)) for kind in persons.kinds("program")),
        klien_usia=_ages(persons),
        kebutuhan=_needs(persons),
        kebutuhan_jumlah=Need(EACH_ONCE, persons("butuh"), _met(persons)),
        langkah=tuple(Item(step.label, persons("langkah", kind=step)) for step in STEPS),
        jawaban=_answers(persons, rows),
        bimbingan=tuple(_month(persons, month) for month in months(cover.mulai, cover.selesai)),
        terlaksana=done,
        terlewat=missed,
        jadwal=both(done, missed),
        kegiatan=tuple(_activity(persons, rows, bidang) for bidang in _fields(persons, rows)),
        kegiatan_jumlah=_all_activities(persons, rows),
        pokmas=_groups(rows.pokmas),
        program=len(rows.program),
        program_disetujui=sum(row.disetujui for row in rows.program),
        rencana=() if wide else tuple(_plan(persons, plan) for plan in sorted(rows.rencana, key=_plan_order)),
        sumber=_money(rows.biaya, lambda row: (row.sumber, row.sumber)),
        akun=_money(rows.biaya, lambda row: (row.akun, row.akun_nama)),
        rab=() if wide else tuple(sorted((row for row in rows.biaya if row.jumlah), key=_cost_order)),
        bapas=tuple(_unit(persons, office.key, office.nama, office.kanwil, parts[office.key]) for office in offices),
        kanwil=tuple(_unit(persons, region.key, region.nama, region, parts[region.key]) for region in regions),
    )


def _in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(in_order(items, count=lambda item: item.n, name=lambda item: item.label))


def _ages(persons: Persons) -> tuple[Item, ...]:
    """Children are released only where the others are not few."""
    klien, children = persons("klien"), persons("anak")
    return _in_order([Item("Dewasa", rest(klien, children)), Item("Anak", children)]) if klien != 0 else ()


def _groups(counts: Iterable[Tally]) -> tuple[Item, ...]:
    """Pokmas by kind. They are no persons, so nothing is masked."""
    totals: dict[str, int] = defaultdict(int)
    for row in counts:
        totals[row.key] += row.n
    return tuple(Item(label, n) for label, n in sorted(totals.items(), key=lambda item: (-item[1], item[0])))


def _needs(persons: Persons) -> tuple[Need, ...]:
    """One line per category, the one that most clients need first."""
    kinds = {*persons.kinds("butuh"), *persons.kinds("terpenuhi")}
    needs = (Need(kind, persons("butuh", kind=kind), persons("terpenuhi", kind=kind)) for kind in kinds)
    return tuple(in_order(needs, count=lambda need: need.belum, name=lambda need: need.kategori))


def _met(persons: Persons) -> Shown:
    """All needs that were met."""
    if persons.kinds("terpenuhi"):
        return persons.over("terpenuhi")
    return NO_DATA if persons("butuh") == NO_DATA else 0


def _answers(persons: Persons, rows: Rows) -> tuple[Answer, ...]:
    """Activities, target and money that the programme plans for each need."""
    plans: dict[str, list[Plan]] = defaultdict(list)
    for plan in rows.rencana:
        plans[plan.kebutuhan].append(plan)
    recorded = [need.kategori for need in _needs(persons)]
    return tuple(
        Answer(
            kategori=name,
            belum=persons("butuh", kind=name),
            kegiatan=len(plans[name]),
            target=sum(plan.target for plan in plans[name]),
            anggaran=sum((plan.anggaran for plan in plans[name]), ZERO),
        )
        for name in [*recorded, *sorted(plans.keys() - set(recorded))]
    )


def _plan(persons: Persons, plan: Plan) -> Plan:
    """The plan with the clients who need it, as every other table says it."""
    return replace(plan, klien_membutuhkan=persons("butuh", kind=plan.kebutuhan))


def _month(persons: Persons, month: date) -> Month:
    """Contacts of a month, also of an empty one: a gap is a finding."""
    return Month(month, *(persons(what, kind=month.isoformat()) for what in ("terlaksana", "terlewat")))


def _fields(persons: Persons, rows: Rows) -> list[str]:
    """Fields in which something happened, by name."""
    attended = {
        kind for what in ("hadir", "absen") for kind in persons.kinds(what)
        if persons(what, kind=kind) not in (0, NO_DATA)
    }  # fmt: skip
    return sorted(attended | {row.key for row in rows.kegiatan})


def _activity(persons: Persons, rows: Rows, bidang: str) -> Activity:
    """Activities of a field: those held count no persons and are of the whole period."""
    held = sum(row.n for row in rows.kegiatan if row.key == bidang)
    came, absent = persons("hadir", kind=bidang), persons("absen", kind=bidang)
    return Activity(bidang, held, both(came, absent), came)


def _all_activities(persons: Persons, rows: Rows) -> Activity:
    came, absent = persons.over("hadir"), persons.over("absen")
    return Activity("Jumlah", sum(row.n for row in rows.kegiatan), both(came, absent), came)


def _money(costs: Iterable[Cost], key: Callable[[Cost], tuple[str, str]]) -> tuple[Money, ...]:
    planned: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    spent: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in costs:
        planned[key(row)] += row.jumlah
        spent[key(row)] += row.realisasi
    return tuple(Money(kode, label, planned[kode, label], spent[kode, label]) for kode, label in sorted(planned))


def _unit(persons: Persons, place: str, nama: str, kanwil: Region, rows: Rows) -> Unit:
    return Unit(
        nama=nama,
        kanwil=kanwil,
        klien=persons("klien", place),
        pk=sum(row.n for row in rows.pk),
        belum=persons("butuh", place),
        terlaksana=persons.over("terlaksana", place),
        terlewat=persons.over("terlewat", place),
        kegiatan=sum(row.n for row in rows.kegiatan),
        hadir=persons.over("hadir", place),
        pokmas=sum(row.n for row in rows.pokmas),
        rencana=len(rows.rencana),
        anggaran=sum((row.jumlah for row in rows.biaya), ZERO),
        realisasi=sum((row.realisasi for row in rows.biaya), ZERO),
        disusun=bool(rows.program),
        disetujui=bool(rows.program) and all(row.disetujui for row in rows.program),
        kebutuhan_utama=_most_wanted(persons, place),
    )


def _most_wanted(persons: Persons, place: str) -> str:
    """The category that most clients of the unit need, with its caveat while another one is hidden, or ""."""
    top = largest((kind, persons("butuh", place, kind)) for kind in persons.kinds("butuh", place))
    return f"{top[0]}{top[2]}" if top else ""


def _by_unit(rows: Rows, offices: Sequence[Office], regions: Sequence[Region]) -> dict[str, Rows]:
    """The rows of each unit."""
    parts = _by_office(rows)
    own = {office.key: parts[office.id] for office in offices}
    return own | {r.key: _joined(parts[o.id] for o in offices if o.kanwil == r) for r in regions}


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


COUNTED = tuple(name for name in Rows.__dataclass_fields__ if name not in ("offices", "orang"))


def _plan_order(plan: Plan) -> tuple:
    return (plan.bulan, plan.kegiatan, plan.indikator)


def _cost_order(cost: Cost) -> tuple:
    return (cost.kegiatan, cost.akun, cost.uraian, cost.rincian, cost.jumlah)


def _months_before(day: date, count: int) -> date:
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)
