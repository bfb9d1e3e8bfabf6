"""The list of ends, handovers and follow-ups: tabs, rows and counts. Page and export read the same list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from apps.akun.roles import Peran, may
from apps.dasar.lists import Column, Listing
from apps.klien.models import Klien, MasaBimbingan, guided_by
from apps.perjalanan.forms import CasesFilter
from apps.perjalanan.models import Langkah, Pelimpahan, PeristiwaAkhir, TindakLanjut, UsulPencabutan
from apps.perjalanan.stages_due import newest_terms
from apps.wilayah.days import today

SOON = timedelta(days=30)
"""The end of a term (HMB) and a follow-up are announced this early."""
COLUMNS = (
    Column("Klien", "nama", cell="perjalanan/daftar.html#klien"),
    Column("Kode", "kode", only="file"),
    Column("Perihal", "perihal"),
    Column("Tanggal", "tanggal"),
    Column("Status", "status", cell="perjalanan/daftar.html#status"),
    Column("PK", lambda case: case.pk or None),
)


@dataclass(frozen=True)
class Case:
    """One line of the list."""

    nama: str
    kode: str
    perihal: str
    tanggal: date
    status: str
    warna: str
    pk: str
    url: str


def ending(user, until: date) -> QuerySet[MasaBimbingan]:
    """Newest terms of active clients that end by the day `until` and without a waiting proposal."""
    waiting = PeristiwaAkhir.objects.filter(
        bapas=OuterRef("bapas"), klien=OuterRef("klien"), status=PeristiwaAkhir.Status.DIUSULKAN
    )
    rows = newest_terms().visible_to(user).filter(klien__status=Klien.Status.AKTIF, selesai__lte=until)
    return (
        rows.filter(~Exists(waiting)).select_related("klien__pk_pembimbing", "jenis_program").order_by("selesai", "pk")
    )


@dataclass
class Cases:
    """One request for the list: the user and the query string."""

    user: Any
    query: QueryDict

    @property
    def everyone(self) -> bool:
        """A PK sees their own clients, everybody else the whole office."""
        return self.user.penugasan.peran != Peran.PK

    @cached_property
    def day(self) -> date:
        return today(self.user)

    @cached_property
    def form(self) -> CasesFilter:
        return CasesFilter(self.query, office=self.user.penugasan.bapas, everyone=self.everyone)

    @cached_property
    def tabs(self) -> dict[str, tuple[str, Callable[[], QuerySet], Callable[..., Case]]]:
        """Key → (label, query, function that makes a line of a row)."""
        found: dict[str, tuple[str, Callable[[], QuerySet], Callable[..., Case]]] = {
            "habis": ("Masa bimbingan habis", lambda: ending(self.user, self.day + SOON), _term),
            "akhir": ("Pengakhiran", self._ends, _end),
            "cabut": ("Pencabutan", self._revocations, _revocation),
            "limpah": ("Pelimpahan", self._transfers, _transfer),
            "tindak": ("Tindak lanjut", self._followups, _followup),
        }
        if not may(self.user, "klien.limpahkan"):
            del found["limpah"]
        return found

    @property
    def tab(self) -> str:
        asked = self.query.get("tab", "")
        return asked if asked in self.tabs else "habis"

    @property
    def all(self) -> bool:
        """True for closed cases too."""
        return bool(self.form.chosen.get("semua"))

    def rows(self, tab: str = "") -> QuerySet:
        rows = self.tabs[tab or self.tab][1]()
        officer = self.form.chosen.get("pk") if self.everyone else self.user
        if self.everyone and self.form.errors:
            return rows.none()
        return rows.filter(guided_by(self.user, officer.pk, "klien")) if officer else rows

    def listing(self) -> Listing:
        """The rows of the open tab, each as a `Case`."""
        return Listing(self.query, COLUMNS, self.rows(), each=self.tabs[self.tab][2])

    def tab_links(self) -> list[dict]:
        return [
            {"label": label, "jumlah": self.rows(key).count(), "aktif": key == self.tab, "url": self._address(key)}
            for key, (label, _, _) in self.tabs.items()
        ]

    def _address(self, tab: str) -> str:
        query = self.query.copy()
        query.pop("page", None)
        query["tab"] = tab
        return f"?{query.urlencode()}"

    def _ends(self) -> QuerySet[PeristiwaAkhir]:
        rows = PeristiwaAkhir.objects.visible_to(self.user).for_list()
        rows = rows if self.all else rows.filter(status=PeristiwaAkhir.Status.DIUSULKAN)
        return rows.order_by("-diusulkan_pada", "-pk")

    def _revocations(self) -> QuerySet[UsulPencabutan]:
        rows = UsulPencabutan.objects.visible_to(self.user).for_list()
        return (rows if self.all else rows.open()).order_by("batas", "pk")

    def _transfers(self) -> QuerySet[Pelimpahan]:
        rows = Pelimpahan.objects.visible_to(self.user).for_list().select_related("klien__pk_pembimbing")
        return (rows if self.all else rows.waiting()).order_by("-diminta_pada", "-pk")

    def _followups(self) -> QuerySet[TindakLanjut]:
        rows = TindakLanjut.objects.visible_to(self.user).select_related("klien__pk_pembimbing")
        if not self.all:
            rows = rows.waiting().filter(jatuh_tempo__lte=self.day + SOON)
        return rows.filter(batal=False).order_by("jatuh_tempo", "pk")


def _case(klien: Klien, perihal: str, day: date, status: str, warna: str, url: str) -> Case:
    return Case(klien.nama, klien.kode, perihal, day, status, warna, klien.pk_pembimbing.nama, url)


def _term(masa: MasaBimbingan) -> Case:
    url = reverse("perjalanan:ways", args=[masa.klien_id])
    return _case(masa.klien, str(masa.jenis_program), masa.selesai, "Belum diusulkan", "kuning", url)


def _end(akhir: PeristiwaAkhir) -> Case:
    url = reverse("perjalanan:end", args=[akhir.pk])
    status = akhir.get_status_display()
    return _case(akhir.klien, akhir.get_jenis_display(), akhir.tanggal, status, akhir.warna, url)


def _revocation(usul: UsulPencabutan) -> Case:
    url, colour = reverse("perjalanan:revocation", args=[usul.pk]), "kuning" if usul.berjalan else "abu"
    return _case(usul.klien, str(usul.dasar), usul.batas, Langkah(usul.status).label, colour, url)


def _transfer(row: Pelimpahan) -> Case:
    url = reverse("perjalanan:transfer", args=[row.pk])
    about = f"{'Dari' if row.masuk else 'Ke'} {row.lawan}"
    officer = row.klien.pk_pembimbing.nama if row.klien else ""
    return Case(
        row.nama_klien, row.kode_klien, about, row.surat_tanggal, row.get_status_display(), row.warna, officer, url
    )


def _followup(row: TindakLanjut) -> Case:
    status, colour = ("Sudah diisi", "hijau") if row.tanggal else ("Belum diisi", "kuning")
    url = reverse("perjalanan:ways", args=[row.klien_id])
    return _case(row.klien, f"Tindak lanjut {row.get_bulan_display()}", row.jatuh_tempo, status, colour, url)
