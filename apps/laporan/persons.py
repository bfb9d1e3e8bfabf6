"""All counts of persons in a report, with the masking of small ones. Pure.

A report is one paper: a number that one table masks must not appear in another, nor follow from the sums of a third.
So all counts are protected together, once, and every table, chart and sentence reads its numbers here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from apps.dasar.disclosure import Shown, protect_sums
from apps.laporan.rows import Rows

UNMET = ("terbuka", "dirujuk", "dilayani", "tidak_terpenuhi")
MET = "terpenuhi"
OF_A_UNIT = ("klien", "kebutuhan", "belum", MET, "terlaksana", "terlewat", "hadir")

Key = tuple[str, str, str]
"""(subject, unit, kind): unit "" is the whole report, kind "" all kinds."""


class Persons:
    """Counts by key, with the sums in which they are printed."""

    def __init__(self, whole: Rows, units: Mapping[str, Rows], members: Mapping[str, Sequence[str]]):
        """`units` are the rows of each unit, `members` the units below a unit; "" is the whole report."""
        self._counts: dict[Key, int] = defaultdict(int)
        self._sums: list[tuple[Key, list[Key]]] = []
        for unit, rows in {"": whole, **units}.items():
            self._count_unit(unit, rows)
        for unit, below in members.items():
            self._sums += [((what, unit, ""), [(what, name, "") for name in below]) for what in OF_A_UNIT]
        self._count_kinds(whole)
        self._shown = protect_sums(self._counts, self._sums)

    def __call__(self, what: str, unit: str = "", kind: str = "") -> Shown:
        return self._shown.get((what, unit, kind), 0)

    def _count_unit(self, unit: str, rows: Rows) -> None:
        """The counts printed of each unit. All and unmet needs are printed, so their difference, the met ones, is
        protected too."""
        self._counts["klien", unit, ""] = sum(row.n for row in rows.klien_usia)
        self._counts[MET, unit, ""] = sum(row.n for row in rows.kebutuhan if row.status == MET)
        self._counts["belum", unit, ""] = sum(row.n for row in rows.kebutuhan if row.status != MET)
        self._counts["terlaksana", unit, ""] = sum(row.terlaksana for row in rows.bimbingan)
        self._counts["terlewat", unit, ""] = sum(row.terlewat for row in rows.bimbingan)
        self._counts["hadir", unit, ""] = sum(row.hadir for row in rows.kegiatan)
        self._add_up(("kebutuhan", unit, ""), [("belum", unit, ""), (MET, unit, "")])

    def _count_kinds(self, rows: Rows) -> None:
        """The counts in the tables of the whole report."""
        for what, tallies in (("usia", rows.klien_usia), ("program", rows.klien_program)):
            self._sums.append((("klien", "", ""), self._each(what, ((row.key, row.n) for row in tallies))))
        for status in (*UNMET, MET):
            found = ((row.kategori, row.n) for row in rows.kebutuhan if row.status == status)
            self._add_up((status, "", ""), self._each(status, found))
        needs = sorted({row.kategori for row in rows.kebutuhan})
        for kind in (*needs, ""):
            self._add_up(("belum", "", kind), [(status, "", kind) for status in UNMET])
        self._add_up(("belum", "", ""), [("belum", "", kind) for kind in needs])
        for what in ("terlaksana", "terlewat"):
            months = ((row.bulan.isoformat(), getattr(row, what)) for row in rows.bimbingan)
            self._add_up((what, "", ""), self._each(what, months))
        self._add_up(("jadwal", "", ""), [("terlaksana", "", ""), ("terlewat", "", "")])
        self._count_activities(rows)

    def _count_activities(self, rows: Rows) -> None:
        """Invited = present + absent: two of these numbers give the third, so all are protected."""
        self._each("hadir", ((row.bidang, row.hadir) for row in rows.kegiatan))
        self._each("absen", ((row.bidang, row.undangan - row.hadir) for row in rows.kegiatan))
        fields = sorted({row.bidang for row in rows.kegiatan})
        for what in ("hadir", "absen"):
            self._add_up((what, "", ""), [(what, "", field) for field in fields])
        for field in (*fields, ""):
            self._add_up(("undangan", "", field), [("hadir", "", field), ("absen", "", field)])
        self._add_up(("undangan", "", ""), [("undangan", "", field) for field in fields])

    def _each(self, what: str, counts: Iterable[tuple[str, int]]) -> list[Key]:
        """Count by kind; gives the keys in a fixed order, so that the order of rows cannot change what is hidden."""
        keys = set()
        for kind, n in counts:
            self._counts[what, "", kind] += n
            keys.add((what, "", kind))
        return sorted(keys)

    def _add_up(self, whole: Key, parts: Sequence[Key]) -> None:
        self._counts[whole] = sum(self._counts[part] for part in parts)
        self._sums.append((whole, list(parts)))
