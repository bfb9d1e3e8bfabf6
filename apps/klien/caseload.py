"""The list of clients: which rows, in which order, under which tab. Page and export read the same list."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, When
from django.http import QueryDict
from django.utils.functional import cached_property

from apps.akun.models import Pengguna
from apps.akun.roles import Peran, may
from apps.dasar.keyset import KEY
from apps.dasar.lists import ORDER
from apps.dasar.prepared import Rows, prepared
from apps.klien.forms.lists import CODE, CaseloadFilter
from apps.klien.models import SHORTEST_TERM, JadwalLapor, Klien, KlienQuerySet, asked_for, needs_action
from apps.wilayah.days import today

TABS = {"tindakan": "Perlu tindakan", "semua": "Semua", "selesai": "Selesai"}
TRAVELLING = {"q", "tab", "lingkup", "mirip", ORDER}
"""Parts of the address that are not filters."""
MOST_SIMILAR = 25
OPEN_TABS = {"tindakan", "semua"}


@dataclass
class Caseload:
    """One request for the list: the user and the query string."""

    user: Pengguna
    query: QueryDict

    @cached_property
    def today(self):
        return today(self.user)

    @property
    def is_officer(self) -> bool:
        return self.user.penugasan.peran == Peran.PK

    @property
    def everyone(self) -> bool:
        """True for the list of the whole office. Only a PK has a list of their own clients."""
        return not self.is_officer or self.query.get("lingkup") == "kantor"

    @property
    def may_choose(self) -> bool:
        """Whether clients may be ticked to be planned together; ended registrations are not planned."""
        return self.tab != "selesai" and may(self.user, "jadwal.atur")

    @cached_property
    def form(self) -> CaseloadFilter:
        return CaseloadFilter(self.query, office=self.user.penugasan.bapas, everyone=self.everyone)

    @cached_property
    def filters(self) -> dict:
        return self.form.chosen

    @property
    def term(self) -> str:
        return " ".join(self.query.get("q", "").replace("\0", " ").split())

    @property
    def term_too_short(self) -> bool:
        return 0 < len(self.term) < SHORTEST_TERM

    @property
    def searches(self) -> bool:
        return bool(self.term) and not self.term_too_short

    @property
    def similar(self) -> bool:
        """The user asked for clients who resemble the term: the explicit second step of a search."""
        return self.searches and self.query.get("mirip") == "1"

    @property
    def similar_address(self) -> str:
        """Address of the same search for names that resemble the term; empty when that step is not offered."""
        offered = self.searches and not self.similar and not CODE.fullmatch(self.term)
        return self.address(mirip="1") if offered else ""

    @cached_property
    def similar_ids(self) -> list[int]:
        """Ids of the clients who resemble the term, the best first."""
        rows = _clients(self.user, self.values.get("officer"))
        return list(rows.resembling(self.term, MOST_SIMILAR).values_list("pk", flat=True))

    @property
    def tab(self) -> str:
        if "status" in self.filters:
            return "selesai"
        asked = self.query.get("tab", "")
        return asked if asked in TABS else "semua"

    @property
    def by_id(self) -> bool:
        """Whether the open tab is ordered by falling id."""
        return self.tab not in OPEN_TABS and not self.similar

    @property
    def on_paper(self) -> bool:
        """Whether the whole list was asked for on one page, to be printed."""
        return self.query.get("cetak") == "1"

    @property
    def paper_address(self) -> str:
        return self.address(cetak="1")

    def found(self) -> KlienQuerySet:
        """Rows in scope that match search and filters, of every tab."""
        rows = _clients(self.user, **self.values)
        if self.unknown_officer:
            return rows.none()
        if self.similar:
            rows = rows.filter(pk__in=self.similar_ids)
        for name, value in self.filters.items():
            rows = self._narrow(rows, name, value)
        return rows

    @property
    def whole(self) -> bool:
        """Whether no filter narrows the list. That is how it opens, so it is read with statements composed once."""
        return not self.filters and not self.similar and not self.unknown_officer

    @property
    def unknown_officer(self) -> bool:
        """The address names a PK who has nothing to do with this office: nothing is listed, instead of everything."""
        return self.everyone and bool(self.query.get("pk")) and "pk" in self.form.errors

    @property
    def values(self) -> dict[str, Any]:
        """Values of these statements: the officer whose clients are listed (else the office), and what is searched."""
        found: dict[str, Any] = {} if self.everyone else {"officer": self.user.pk}
        if self.searches and not self.similar:
            found |= asked_for(self.term)
        return found

    def rows(self) -> KlienQuerySet | Rows:
        """Rows of the open tab with everything that is shown, most urgent first."""
        if self.whole and self.tab in OPEN_TABS and not self.query.get(ORDER):
            return _OPEN[self.tab].rows(self.user, day=self.today, **self.values)
        return self.queryset()

    def queryset(self) -> KlienQuerySet:
        """The same rows for a file, which reads them piece by piece."""
        rows = self.found().filter(self._tab_rule(self.tab)).for_list()
        if self.similar:
            return rows.order_by(Case(*(When(pk=pk, then=n) for n, pk in enumerate(self.similar_ids)), default=0), "pk")
        if self.tab in OPEN_TABS:
            return _by_urgency(rows, self.today)
        return rows.order_by("-pk")  # in index order, because most registrations of an office have ended

    def counts(self) -> dict[str, int]:
        """Number of rows in each tab. Ended registrations are counted without reading their schedules."""
        if self.whole:
            return _counted(self.user, self.today, self.values)
        found = self.found()
        active = found.active().aggregate(tindakan=Count("pk", filter=self._tab_rule("tindakan")), semua=Count("pk"))
        return {**active, "selesai": found.ended().count()}

    def address(self, *, without: tuple = (), **changes) -> str:
        """The same list with something changed; always from its first page."""
        query = self.query.copy()
        for name in ("page", "cetak", KEY, *without):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    @property
    def own_address(self) -> str:
        return self.address(without=("lingkup", "pk"))

    @property
    def office_address(self) -> str:
        return self.address(lingkup="kantor")

    @property
    def clear_address(self) -> str:
        return self.address(without=tuple(self.form.fields.keys() - TRAVELLING))

    @property
    def travelling(self) -> list[tuple[str, str]]:
        """Parameters that the search form sends along as hidden fields."""
        return [(name, self.query.get(name, "")) for name in self.query if name not in ("q", "page", KEY, "mirip")]

    def chips(self) -> list[dict]:
        chips = [
            {"label": self.form.in_words(name, value), "url": self.address(without=(name,))}
            for name, value in self.filters.items()
        ]
        if self.term and not self.term_too_short:
            words = "Nama mirip" if self.similar else "Cari"
            chips.insert(0, {"label": f"{words}: {self.term}", "url": self.address(without=("q", "mirip"))})
        return chips

    def tabs(self, counts: dict[str, int]) -> list[dict]:
        without = ("status",)
        return [
            {
                "label": label,
                "jumlah": counts[tab],
                "aktif": tab == self.tab,
                "url": self.address(without=without, tab=tab),
            }
            for tab, label in TABS.items()
        ]

    def _tab_rule(self, tab: str) -> Q:
        rules = {"tindakan": needs_action(self.today), "semua": Q(status=Klien.Status.AKTIF)}
        return rules.get(tab, ~Q(status=Klien.Status.AKTIF))

    def _narrow(self, rows, name, value):
        match name:
            case "usia":
                return rows.filter(kategori_usia=value)
            case "kegiatan":
                return rows.filter(kegiatan_utama=value)
            case "desa":
                return rows.living_in(value)
            case "status":
                return rows.filter(status=value)
            case "pk":
                return rows.filter(pk_pembimbing=value)
            case "tanpa_pk":
                return rows.without_officer()
            case "program":
                return rows.on_ground(value)
            case "kebutuhan":
                return rows.needing(value)
            case "absen":
                return rows.filter(jadwal__absen_beruntun__range=(1, JadwalLapor.ABSENCES_THAT_COUNT - 1))
            case "mendesak":
                return rows.with_urgent_need()
        return rows.filter(jadwal__berikutnya__lt=self.today)


def _clients(user, officer=None, **wanted) -> KlienQuerySet:
    """Clients of one officer, or of the office; those who match what a search asks for."""
    rows = Klien.objects.visible_to(user)
    if officer is not None:
        rows = rows.of_officer(user, officer)
    return rows.matching(**wanted)


def _by_urgency(rows: KlienQuerySet, day) -> KlienQuerySet:
    urgent = Case(When(needs_action(day), then=0), default=1)
    return rows.order_by(urgent, F("jadwal__berikutnya").asc(nulls_first=True), "nama_urut", "pk")


@prepared
def _active(user, day, **asked):
    return _by_urgency(_clients(user, **asked).active().for_list(), day)


@prepared
def _to_act_on(user, day, **asked):
    return _by_urgency(_clients(user, **asked).filter(needs_action(day)).for_list(), day)


@prepared
def _active_counts(user, day, **asked):
    rows = _clients(user, **asked).active().order_by().values("status")
    return rows.annotate(tindakan=Count("pk", filter=needs_action(day)), semua=Count("pk"))


@prepared
def _ended_count(user, **asked):
    return _clients(user, **asked).ended().order_by().values("bapas").annotate(n=Count("pk"))


def _counted(user, day, asked: dict[str, Any]) -> dict[str, int]:
    """`Caseload.counts` of the list without filters."""
    active, ended = _active_counts(user, day=day, **asked), _ended_count(user, **asked)
    return {tab: sum(row[tab] for row in active) for tab in OPEN_TABS} | {"selesai": sum(row["n"] for row in ended)}


_OPEN = {"tindakan": _to_act_on, "semua": _active}
"""Tab of active clients → its statement."""
